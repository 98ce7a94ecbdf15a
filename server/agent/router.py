"""LangServe's routes at /agent: invoke, batch, stream, events, log, schemas, playground."""

from typing import Any

from fastapi import Depends, FastAPI, Request
from langserve import add_routes

from server.agent.inputs import check_body
from server.agent.runnable import PRINCIPAL_KEY, agent_runnable
from server.agent.stream_end import StreamEnd
from server.identity.dependencies import READER


def serve_agent(app: FastAPI) -> None:
    """Mount the copilot. A client's config is ignored: it could name a thread or a principal."""
    add_routes(
        app,
        agent_runnable(lambda: app.state.runtime.copilot),
        path="/agent",
        # A batch drops what isn't named here; below it is overwritten, whatever a client sent.
        config_keys=("configurable",),
        per_req_config_modifier=_ours,
        dependencies=[READER, Depends(check_body)],
    )
    app.add_middleware(StreamEnd)


def _ours(_config: dict[str, Any], request: Request) -> dict[str, Any]:
    return {"configurable": {PRINCIPAL_KEY: request.state.caller.principal}}
