"""Bodies of LangServe's routes, checked before it reads them: of a batch it makes a 500."""

import json
from collections.abc import Sequence
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, ValidationError, model_validator

from graphs.copilot.question import Question

MAX_BATCH = 100
THREADS_DIFFER = "input.thread_id and config.configurable.thread_id differ: send one of them"


class Configurable(BaseModel):
    """What a client may configure; anything else that it sends is ignored."""

    thread_id: UUID | Literal[""] | None = None
    """The conversation to continue. LangServe's playground sends an empty string for none."""


class ClientConfig(BaseModel):
    """A client's `config`, as LangChain calls it."""

    configurable: Configurable = Configurable()


def _in_thread(question: Question, config: ClientConfig) -> Question:
    """Raises: ValueError: input and config name different conversations."""
    thread_id = config.configurable.thread_id or question.thread_id
    if question.thread_id not in (None, thread_id):
        raise ValueError(THREADS_DIFFER)
    return question.model_copy(update={"thread_id": thread_id})


class One(BaseModel):
    """The body of invoke, stream, stream_events and stream_log."""

    input: Question
    config: ClientConfig = ClientConfig()

    @model_validator(mode="after")
    def _agree(self) -> Self:
        self.questions()
        return self

    def questions(self) -> list[Question]:
        return [_in_thread(self.input, self.config)]


class Batch(BaseModel):
    """The body of batch."""

    inputs: Annotated[Sequence[Question], Field(max_length=MAX_BATCH)]
    config: Sequence[ClientConfig] | ClientConfig = ClientConfig()
    """One for all questions, or one for each."""

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if isinstance(self.config, Sequence) and len(self.config) != len(self.inputs):
            raise ValueError(
                f"config holds {len(self.config)} entries for {len(self.inputs)} inputs: "
                "send one for each input, or a single object for all"
            )
        self.questions()
        return self

    def questions(self) -> list[Question]:
        one = self.config
        configs = [one] * len(self.inputs) if isinstance(one, ClientConfig) else one
        return [_in_thread(*pair) for pair in zip(self.inputs, configs, strict=True)]


BODIES: dict[str, type[One | Batch]] = {
    "invoke": One,
    "batch": Batch,
    "stream": One,
    "stream_events": One,
    "stream_log": One,
}
"""By the last part of the path; other routes take no question."""


async def questions(request: Request) -> list[Question]:
    """The questions that the body asks, each in the conversation that the client named.

    Raises:
        RequestValidationError: it isn't JSON, or doesn't hold what the route answers.
    """
    body = BODIES.get(request.url.path.rsplit("/", 1)[-1])
    if body is None or request.method != "POST":
        return []
    try:
        return body.model_validate(await _json(request)).questions()
    except ValidationError as error:
        raise RequestValidationError(error.errors(include_input=False)) from error


async def _json(request: Request) -> Any:  # noqa: ANN401  # whatever a client sends
    try:
        return await request.json()  # kept by the request: LangServe's own reading costs nothing
    except json.JSONDecodeError as error:
        raise RequestValidationError([f"not JSON: {error}"]) from error
