"""Every error as a problem document (RFC 9457): what is wrong and what to change, no internals."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from core.errors import CopilotError, UnavailableError
from server.request_id import current_request_id
from storage.database import OUT_OF_REACH

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:copilot:problem:"
UNREADABLE = "Send plain JSON in UTF-8, not too deep."
_HTTP_KINDS = {
    400: ("bad-request", "The request can't be read"),
    404: ("not-found", "There is no such thing"),
    405: ("method-not-allowed", "The path doesn't take this method"),
    408: ("timeout", "The request took too long to arrive"),
    413: ("too-large", "The request is too large"),
    415: ("unsupported-media-type", "The content type is not supported"),
    421: ("misdirected", "The request is for another host"),
    422: ("invalid-input", "The input is not valid"),
    431: ("headers-too-large", "The request's headers are too large"),
    503: ("unavailable", "A part of the service is out of reach"),
}
_DETAILS = {
    "Not Found": "There is nothing at this path. GET /openapi.json lists what there is.",
    "Method Not Allowed": "The header `allow` lists the methods that this path takes.",
    "There was an error parsing the body": UNREADABLE,
}
"""What to change, where Starlette's and FastAPI's own words don't say it."""
MAX_PROBLEMS = 20
RETRY_SECONDS = 2
"""So long a Postgres takes to start again."""


def problem(error: CopilotError) -> dict[str, Any]:
    """The document for an error of ours."""
    return {**error.extensions, **_document(error.status, error.type, error.title(), error.detail)}


def http_problem(status: int, detail: str) -> dict[str, Any]:
    """The document for a status code that has no error class of ours."""
    return _document(status, *_HTTP_KINDS.get(status, ("http", "The request was refused")), detail)


def no_database() -> UnavailableError:
    """What to tell while Postgres is away."""
    return UnavailableError(
        "The database is out of reach. Try again soon.", retry_after_seconds=RETRY_SECONDS
    )


def problem_of(error: Exception) -> dict[str, Any]:
    """The document for any error."""
    if isinstance(error, OUT_OF_REACH):
        logger.error("the database failed: %s", type(error).__name__)
        return problem(no_database())
    return problem(error) if isinstance(error, CopilotError) else unexpected(error)


def unexpected(error: Exception) -> dict[str, Any]:
    """The document for a bug: it is logged, and the caller learns the request id only."""
    logger.error("unexpected error", exc_info=error)
    return _document(500, "internal", "Something broke", "Report the request id; it is in the log.")


def install(app: FastAPI) -> None:
    """Make the app answer every error with a problem document."""

    @app.exception_handler(CopilotError)
    async def _ours(_request: Request, error: CopilotError) -> JSONResponse:
        return _response(problem(error), headers_of(error))

    @app.exception_handler(RequestValidationError)
    async def _invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        return _response(_validation_problem(error.errors()))

    @app.exception_handler(HTTPException)
    async def _http(_request: Request, error: HTTPException) -> JSONResponse:
        detail = _DETAILS.get(str(error.detail), str(error.detail))
        return _response(http_problem(error.status_code, detail), error.headers)

    @app.exception_handler(ClientDisconnect)  # nobody reads this; it isn't a bug either
    @app.exception_handler(UnicodeDecodeError)
    @app.exception_handler(RecursionError)
    async def _unreadable(_request: Request, _error: Exception) -> JSONResponse:
        # LangServe reads bodies itself and lets these through.
        return _response(_document(400, *_HTTP_KINDS[400], UNREADABLE))

    async def _no_database(_request: Request, error: Exception) -> JSONResponse:
        return _response(problem_of(error), headers_of(no_database()))

    for kind in OUT_OF_REACH:
        app.exception_handler(kind)(_no_database)

    @app.exception_handler(Exception)
    async def _bug(_request: Request, error: Exception) -> JSONResponse:
        return _response(unexpected(error))


def headers_of(error: CopilotError) -> dict[str, str]:
    """What HTTP wants to be told beside the document."""
    headers = {}
    if error.status == HTTPStatus.UNAUTHORIZED:
        headers["www-authenticate"] = "Bearer"
    if error.retry_after_seconds is not None:
        headers["retry-after"] = str(error.retry_after_seconds)
    return headers


def _validation_problem(errors: Any) -> dict[str, Any]:  # noqa: ANN401  # pydantic's list of dicts
    problems = [_one_problem(entry) for entry in errors[:MAX_PROBLEMS]]
    detail = "; ".join(f"{each['where']}: {each['what']}" for each in problems)
    return {**_document(422, *_HTTP_KINDS[422], detail), "problems": problems}


def _one_problem(entry: Any) -> dict[str, str]:  # noqa: ANN401  # pydantic's dict, LangServe's string
    if isinstance(entry, str):
        return {"where": "body", "what": entry}
    return {"where": ".".join(map(str, entry.get("loc", ()))), "what": entry.get("msg", "")}


def _document(status: int, kind: str, title: str, detail: str) -> dict[str, Any]:
    return {
        "type": f"{TYPE_PREFIX}{kind}",
        "title": title,
        "status": status,
        "detail": detail,
        "request_id": current_request_id(),
    }


def _response(document: dict[str, Any], headers: Mapping[str, str] | None = None) -> JSONResponse:
    return JSONResponse(
        document, status_code=document["status"], headers=headers, media_type=MEDIA_TYPE
    )
