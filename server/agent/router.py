"""LangServe's routes at /agent: invoke, batch, stream, events, log, schemas, playground."""

from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request
from langserve import add_routes

from server.agent.inputs import questions
from server.agent.runnable import PRINCIPAL_KEY, RUNS_AT_ONCE, agent_runnable
from server.agent.stream_end import StreamEnd
from server.identity.dependencies import Reader
from server.limits.dependencies import limits_of


def serve_agent(app: FastAPI) -> None:
    """Mount the copilot. A client's config is ignored: it could name a thread or a principal."""
    add_routes(
        app,
        agent_runnable(lambda: app.state.runtime.copilot),
        path="/agent",
        # A batch drops what isn't named here; below it is overwritten, whatever a client sent.
        config_keys=("configurable",),
        per_req_config_modifier=_ours,
        dependencies=[Depends(_counted)],
    )
    app.add_middleware(StreamEnd)


async def _counted(
    request: Request, principal: Reader, asked: Annotated[int, Depends(questions)]
) -> None:
    if asked:
        at_once = min(asked, RUNS_AT_ONCE)
        await limits_of(request).run(request, principal, runs=asked, at_once=at_once)


def _ours(_config: dict[str, Any], request: Request) -> dict[str, Any]:
    return {"configurable": {PRINCIPAL_KEY: request.state.caller.principal}}
