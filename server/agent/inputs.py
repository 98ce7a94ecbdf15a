"""Bodies of LangServe's routes, checked before it reads them: of a batch it makes a 500."""

import json
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, ValidationError

from graphs.copilot.question import Question

MAX_BATCH = 100


class One(BaseModel):
    """The body of invoke, stream, stream_events and stream_log."""

    input: Question


class Batch(BaseModel):
    """The body of batch."""

    inputs: Annotated[Sequence[Question], Field(max_length=MAX_BATCH)]


BODIES: dict[str, type[BaseModel]] = {
    "invoke": One,
    "batch": Batch,
    "stream": One,
    "stream_events": One,
    "stream_log": One,
}
"""By the last part of the path; other routes take no question."""


async def questions(request: Request) -> int:
    """How many questions the body asks.

    Raises:
        RequestValidationError: it isn't JSON, or doesn't hold what the route answers.
    """
    body = BODIES.get(request.url.path.rsplit("/", 1)[-1])
    if body is None or request.method != "POST":
        return 0
    try:
        asked = body.model_validate(await _json(request))
    except ValidationError as error:
        raise RequestValidationError(error.errors(include_input=False)) from error
    return len(asked.inputs) if isinstance(asked, Batch) else 1


async def _json(request: Request) -> Any:  # noqa: ANN401  # whatever a client sends
    try:
        return await request.json()  # kept by the request: LangServe's own reading costs nothing
    except json.JSONDecodeError as error:
        raise RequestValidationError([f"not JSON: {error}"]) from error
