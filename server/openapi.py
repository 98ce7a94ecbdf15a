"""The OpenAPI document, with the errors that each operation can answer with."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict

from server.problems import MEDIA_TYPE

OPEN_TAGS = frozenset({"health"})
LIMITED = ("/ask", "/upload-pdf", "/agent/", "/threads/")
SHARED = (
    *("/webhooks", "/documents", "/threads", "/runs/", "/approvals/"),
    *("/upload-pdf", "/ask", "/agent/", "/users/", "/jobs"),
)
"""Whose state a request may not fit."""
STREAMS = ("stream", "stream_log", "stream_events")
REFERENCE = {"$ref": "#/components/schemas/Problem"}


class Problem(BaseModel):
    """What is wrong and what to change (RFC 9457)."""

    model_config = ConfigDict(extra="allow")

    type: str
    """Stable: `urn:copilot:problem:` and a kind."""
    title: str
    status: int
    detail: str
    request_id: str
    """Stands in the log too."""


def describe_problems(app: FastAPI) -> None:
    """Make the app's document name each status that a client has to expect."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            _add_problems(generate())
        return app.openapi_schema or {}

    app.openapi = openapi  # type: ignore[method-assign]  # as FastAPI's documentation has it


def _add_problems(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    schemas["Problem"] = Problem.model_json_schema()
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for path, operations in document["paths"].items():
        for operation in operations.values():
            if path.rpartition("/")[2] in STREAMS:  # LangServe says that they are JSON
                operation["responses"]["200"]["content"] = {"text/event-stream": {}}
            for status in _statuses(path, operation):
                operation["responses"][str(status.value)] = {
                    "description": status.phrase,
                    "content": {MEDIA_TYPE: {"schema": REFERENCE}},
                }


def _statuses(path: str, operation: dict[str, Any]) -> Iterator[HTTPStatus]:
    if OPEN_TAGS.intersection(operation.get("tags", ())):
        yield HTTPStatus.SERVICE_UNAVAILABLE
        return
    yield from (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
    yield from (HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY)
    yield HTTPStatus.SERVICE_UNAVAILABLE
    if "requestBody" in operation:
        yield from (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if path.startswith(SHARED):
        yield HTTPStatus.CONFLICT
    if path.startswith(LIMITED):
        yield HTTPStatus.TOO_MANY_REQUESTS
