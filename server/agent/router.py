"""LangServe's routes at /agent: invoke, batch, stream, events, log, schemas, playground."""

from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request
from langserve import add_routes

from graphs.copilot.question import Question
from server.agent.inputs import questions
from server.agent.playground import playground_router
from server.agent.runnable import PRINCIPAL_KEY, RUNS_AT_ONCE, THREAD_KEY, agent_runnable
from server.agent.stream_end import StreamEnd
from server.agent.user_agent import WithoutUserAgent
from server.dependencies import RuntimeDep
from server.identity.dependencies import Reader
from server.limits.dependencies import limits_of

CONFIG_KEYS = ("configurable",)
"""A batch drops what isn't named here; `_server_config` overwrites it, whatever a client sent."""
OFF = ("config_hashes", "playground", "token_feedback")
"""Hashes are LZString, which unpacks 60 KB to gigabytes; the playground takes one too, and is
served by a route of ours. Feedback goes to /runs/{run_id}/feedback, not to LangSmith."""


def serve_agent(app: FastAPI) -> None:
    """Mount the copilot. Of a client's config, the conversation's id counts and nothing else."""
    runnable = agent_runnable(lambda: app.state.runtime.copilot)
    add_routes(
        app,
        runnable,
        path="/agent",
        config_keys=CONFIG_KEYS,
        per_req_config_modifier=_server_config,
        dependencies=[Depends(_accepted)],
        disabled_endpoints=OFF,  # type: ignore[arg-type]  # its annotation forgets token_feedback
        enable_feedback_endpoint=False,
        enable_public_trace_link_endpoint=False,
    )
    playground = playground_router(runnable, CONFIG_KEYS)
    app.include_router(playground, prefix="/agent", dependencies=[Depends(_accepted)])
    app.add_middleware(StreamEnd)
    app.add_middleware(WithoutUserAgent)


async def _accepted(
    request: Request,
    principal: Reader,
    asked: Annotated[list[Question], Depends(questions)],
    runtime: RuntimeDep,
) -> None:
    """Refuse here what can be refused, since a stream that has begun is a 200."""
    if not asked:
        return
    at_once = min(len(asked), RUNS_AT_ONCE)
    await limits_of(request).run(request, principal, runs=len(asked), at_once=at_once)
    for question in asked:
        await runtime.copilot.check(principal, question)


def _server_config(config: dict[str, Any], request: Request) -> dict[str, Any]:
    thread_id = (config.get("configurable") or {}).get(THREAD_KEY)
    principal = request.state.caller.principal
    return {"configurable": {PRINCIPAL_KEY: principal, THREAD_KEY: thread_id}}
