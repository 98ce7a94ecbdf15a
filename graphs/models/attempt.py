"""One request to one model, whole or streamed: an answer or a failure, no provider's exception."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from typing import cast

from langchain_core.messages import (
    AIMessage,
    AIMessageChunk,
    BaseMessage,
    message_chunk_to_message,
)

from core.clock import Clock
from graphs.models.chained_model import ChainedModel
from graphs.models.classify import failure_of
from graphs.models.failures import CutAnswer, Failure, Unavailable
from graphs.models.time_limits import IdleTimeout, TimeLimits

EMPTY = "its answer was empty"


async def ask(member: ChainedModel, messages: Sequence[BaseMessage]) -> AIMessage | Failure:
    """The whole answer at once: cheap, but nothing shows whether the model is making progress."""
    try:
        message = await member.model.ainvoke(list(messages))
    except Exception as error:  # noqa: BLE001 - whatever a provider raises, the next model may do
        return failure_of(error, model=member.name)
    return finished(message, member.end_marker)


async def stream(
    member: ChainedModel,
    messages: Sequence[BaseMessage],
    *,
    clock: Clock,
    token: Callable[[str], None] | None,
    progressed: Callable[[], None],
) -> AIMessage | Failure:
    """The answer as it is written, within the member's time limits.

    Args:
        member: who is asked.
        messages: the prompt.
        clock: for the time limits.
        token: gets each piece of text. What it raises is the caller's and passes through.
        progressed: called for each chunk of an answer that has begun.
    """
    reading = _Reading(member, token, progressed)
    if member.limits is None:
        return await reading.read(messages, None)
    timeout = IdleTimeout(clock, member.limits.first_token)
    try:
        async with timeout:
            return await reading.read(messages, timeout)
    except TimeoutError as error:
        if not timeout.expired:
            raise
        return _too_slow(member.limits, error, begun=reading.begun)


class _Reading:
    """Collects the chunks of one answer."""

    def __init__(
        self,
        member: ChainedModel,
        token: Callable[[str], None] | None,
        progressed: Callable[[], None],
    ) -> None:
        self._member = member
        self._token = token
        self._progressed = progressed
        self._pieces: list[AIMessage] = []
        self.begun = False

    async def read(
        self, messages: Sequence[BaseMessage], idle: IdleTimeout | None
    ) -> AIMessage | Failure:
        source = cast("AsyncGenerator[AIMessage]", self._member.model.astream(list(messages)))
        async with aclosing(source):
            while True:
                try:
                    piece = await anext(source)
                except StopAsyncIteration:
                    break
                except Exception as error:  # noqa: BLE001 - as above
                    return failure_of(error, model=self._member.name, begun=bool(self._pieces))
                self._take(piece, idle)
        if not self._pieces:
            return CutAnswer(EMPTY)
        return finished(_joined(self._pieces), self._member.end_marker)

    def _take(self, piece: AIMessage, idle: IdleTimeout | None) -> None:
        self._pieces.append(piece)
        # Some servers open the stream before they read the prompt.
        self.begun = self.begun or _has_content(piece)
        if self.begun:
            self._progressed()
            if idle is not None and self._member.limits is not None:
                idle.renew(self._member.limits.idle)
        if self._token and (text := piece.text):
            self._token(text)


def finished(message: AIMessage, end_marker: str | None) -> AIMessage | Failure:
    """The message, unless it was cut: a stream that ends early but cleanly raises nothing.

    Args:
        message: as the model gave it.
        end_marker: the metadata that a complete answer has; None if the provider promises none.
    """
    if end_marker is None:
        has_answer = message.content or message.tool_calls or message.invalid_tool_calls
        return message if has_answer else CutAnswer(EMPTY)
    if message.response_metadata.get(end_marker):
        return message
    return CutAnswer(f"its answer ended without a {end_marker}")


def _has_content(piece: AIMessage) -> bool:
    """Whether it carries text, reasoning or a part of a tool call."""
    calls = piece.tool_call_chunks if isinstance(piece, AIMessageChunk) else piece.tool_calls
    return bool(piece.content or calls or piece.additional_kwargs)


def _too_slow(limits: TimeLimits, error: TimeoutError, *, begun: bool) -> Failure:
    """Not retriable: it has taken its time."""
    if begun:
        reason = f"its answer stalled for {limits.idle:g} s (COPILOT_MODEL_IDLE_SECONDS)"
        return CutAnswer(reason, error, retriable=False)
    reason = f"no token within {limits.first_token:g} s (COPILOT_MODEL_FIRST_TOKEN_SECONDS)"
    return Unavailable(reason, error, retriable=False)


def _joined(pieces: list[AIMessage]) -> AIMessage:
    first, *rest = pieces
    if not isinstance(first, AIMessageChunk):  # a model that can't stream gives its whole message
        return first
    # One merge of all chunks: adding them one by one is quadratic in the answer's length.
    whole = first + cast("list[AIMessageChunk]", rest)
    return cast("AIMessage", message_chunk_to_message(whole))
