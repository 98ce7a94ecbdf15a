"""What a run tells while it goes on, as items of LangGraph's stream mode `custom`."""

from collections.abc import Callable
from typing import Any, Literal

from langchain_core.messages import ToolCall, ToolMessage
from typing_extensions import TypedDict  # pydantic reads it


class Token(TypedDict):
    """More text of the answer."""

    type: Literal["token"]
    text: str


class Restart(TypedDict):
    """All tokens since the last tool step are void: another attempt begins."""

    type: Literal["restart"]
    failed: str
    next: str
    reason: str


class ToolStarted(TypedDict):
    """A tool call begins."""

    type: Literal["tool_started"]
    call_id: str
    tool: str
    arguments: dict[str, Any]


class ToolFinished(TypedDict):
    """A tool call has ended."""

    type: Literal["tool_finished"]
    call_id: str
    tool: str
    status: Literal["success", "error"]


RunEvent = Token | Restart | ToolStarted | ToolFinished
Write = Callable[[RunEvent], None]


class StreamListener:
    """Passes on what the model chain tells (graphs.models.listener.AnswerListener)."""

    __slots__ = ("_write",)

    def __init__(self, write: Write) -> None:
        self._write = write

    def token(self, text: str) -> None:
        self._write(Token(type="token", text=text))

    def restart(self, *, failed: str, next: str, reason: str) -> None:  # noqa: A002  # the protocol's name
        self._write(Restart(type="restart", failed=failed, next=next, reason=reason))


def tool_started(call: ToolCall) -> ToolStarted:
    return ToolStarted(
        type="tool_started", call_id=call["id"] or "", tool=call["name"], arguments=call["args"]
    )


def tool_finished(message: ToolMessage) -> ToolFinished:
    return ToolFinished(
        type="tool_finished",
        call_id=message.tool_call_id,
        tool=message.name or "",
        status=message.status,
    )
