"""Errors in the OpenAPI document: which each operation can answer with."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, ConfigDict

from server.problems import MEDIA_TYPE

OPEN_TAGS = frozenset({"health"})
SHARED = (
    *("/webhooks", "/documents", "/threads", "/runs/", "/approvals/"),
    *("/upload-pdf", "/ask", "/agent/", "/users/", "/jobs"),
)
"""Whose state a request may not fit."""
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


def add_problems(document: dict[str, Any]) -> None:
    """Name each status that a client of an operation has to expect."""
    schemas = document["components"]["schemas"]
    schemas["Problem"] = Problem.model_json_schema()
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for path, operations in document["paths"].items():
        for operation in operations.values():
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
    yield from (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
    if "requestBody" in operation:
        yield from (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if path.startswith(SHARED):
        yield HTTPStatus.CONFLICT
