"""LangServe's routes at /agent: invoke, batch, stream, events, log, schemas, playground."""

from typing import Any

from fastapi import FastAPI, Request
from langserve import add_routes

from server.agent.runnable import PRINCIPAL_KEY, agent_runnable
from server.identity.dependencies import READER


def serve_agent(app: FastAPI) -> None:
    """Mount the copilot. A client's config is ignored: it could name a thread or a principal."""
    add_routes(
        app,
        agent_runnable(lambda: app.state.runtime.copilot),
        path="/agent",
        config_keys=(),
        per_req_config_modifier=_with_principal,
        dependencies=[READER],
    )


def _with_principal(config: dict[str, Any], request: Request) -> dict[str, Any]:
    return {**config, "configurable": {PRINCIPAL_KEY: request.state.principal}}
