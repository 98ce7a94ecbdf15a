"""One request to one model, whole or streamed: an answer or a failure, no provider's exception."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from typing import cast

from langchain_core.language_models import LanguageModelInput
from langchain_core.messages import (
    AIMessage,
    AIMessageChunk,
    BaseMessage,
    message_chunk_to_message,
)
from langchain_core.runnables import Runnable

from graphs.models.classify import failure_of
from graphs.models.failures import CutAnswer, Failure

Model = Runnable[LanguageModelInput, AIMessage]


async def ask(model: Model, messages: Sequence[BaseMessage], *, name: str) -> AIMessage | Failure:
    """The whole answer at once: the cheap way when nobody listens."""
    try:
        message = await model.ainvoke(list(messages))
    except Exception as error:  # noqa: BLE001 - whatever a provider raises, the next model may do
        return failure_of(error, model=name)
    return finished(message)


async def stream(
    model: Model, messages: Sequence[BaseMessage], *, name: str, token: Callable[[str], None]
) -> AIMessage | Failure:
    """The answer as it is written. What `token` raises is the caller's and passes through."""
    pieces: list[AIMessage] = []
    source = cast("AsyncGenerator[AIMessage]", model.astream(list(messages)))
    async with aclosing(source):
        while True:
            try:
                piece = await anext(source)
            except StopAsyncIteration:
                break
            except Exception as error:  # noqa: BLE001 - as above
                return failure_of(error, model=name, begun=bool(pieces))
            pieces.append(piece)
            if text := piece.text:
                token(text)
    return finished(_joined(pieces)) if pieces else CutAnswer("its answer was empty")


def finished(message: AIMessage) -> AIMessage | Failure:
    """The message, if it has a finish_reason: a stream that ends early but cleanly won't raise."""
    if message.response_metadata.get("finish_reason"):
        return message
    return CutAnswer("its answer ended without a finish_reason")


def _joined(pieces: list[AIMessage]) -> AIMessage:
    first, *rest = pieces
    if not isinstance(first, AIMessageChunk):  # a model that can't stream gives its whole message
        return first
    # One merge of all chunks: adding them one by one is quadratic in the answer's length.
    whole = first + cast("list[AIMessageChunk]", rest)
    return cast("AIMessage", message_chunk_to_message(whole))
