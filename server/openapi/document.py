"""Puts the OpenAPI document together."""

import re
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from server.openapi.examples import add_examples
from server.openapi.problems import add_problems
from server.openapi.security import add_security
from server.openapi.streams import add_streams

DESCRIPTION = """
Ask questions about your own filings, reports and statements. Every statement of an answer cites its
document, page and passage.

Sign in with the one-time link that `copilot up` or `copilot sign-in` prints, or send an API key
(`copilot keys add`) as `X-API-Key`. Errors are problem documents (RFC 9457): `detail` says what to
change.
"""

AGENT = """
The copilot for LangServe's clients (RemoteRunnable). To continue a conversation of yours, send
`config={"configurable": {"thread_id": ...}}`. An answer whose status is `awaiting_approval` lists
`approvals`: POST the decision to the `path` of each, then listen to `/runs/{run_id}/events`.
"""


def operation_id(route: APIRoute) -> str:
    """The handler's name, so that a generated client has `ask` and not `ask_ask_post`."""
    return re.sub(r"\W+", "_", route.name)


def complete_openapi(app: FastAPI) -> None:
    """Make the app's document name errors, events of streams, and examples."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = generate()
            document["info"]["description"] = DESCRIPTION.strip()
            document["tags"] = [{"name": "agent", "description": AGENT.strip()}]
            add_security(app, document)
            add_problems(document)
            add_streams(document)
            add_examples(document)
        return app.openapi_schema or {}

    app.openapi = openapi  # type: ignore[method-assign]  # as FastAPI's documentation has it
