"""LangServe's routes at /agent: invoke, batch, stream, events, log, schemas, playground."""

from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request
from langserve import add_routes

from graphs.copilot.question import Question
from server.agent.inputs import questions
from server.agent.runnable import PRINCIPAL_KEY, RUNS_AT_ONCE, THREAD_KEY, agent_runnable
from server.agent.stream_end import StreamEnd
from server.dependencies import RuntimeDep
from server.identity.dependencies import Reader
from server.limits.dependencies import limits_of


def serve_agent(app: FastAPI) -> None:
    """Mount the copilot. Of a client's config, the conversation's id counts and nothing else."""
    add_routes(
        app,
        agent_runnable(lambda: app.state.runtime.copilot),
        path="/agent",
        # A batch drops what isn't named here; below it is overwritten, whatever a client sent.
        config_keys=("configurable",),
        per_req_config_modifier=_server_config,
        dependencies=[Depends(_accepted)],
    )
    app.add_middleware(StreamEnd)


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
