"""What a thread remembers."""

import operator
from typing import Annotated, TypeGuard, cast
from uuid import uuid4

from langchain_core.messages import AIMessage, AnyMessage
from langgraph.graph.message import Messages, add_messages
from typing_extensions import TypedDict  # typing's own lacks what pydantic needs below Python 3.12

from knowledge.passages import Passage


def append_messages(left: list[AnyMessage], right: Messages) -> list[AnyMessage]:
    """add_messages, with a short way for what nodes write: new messages in a list.

    The library's own looks at the whole thread's types at each write, and at each read after it.
    """
    if _are_written(right):
        for message in right:
            message.id = message.id or str(uuid4())
        if len({each.id for each in (*left, *right)}) == len(left) + len(right):
            return [*left, *right]
    return cast("list[AnyMessage]", add_messages(cast("Messages", left), right))


def _are_written(given: Messages) -> TypeGuard[list[AnyMessage]]:
    return isinstance(given, list) and all(
        getattr(each, "type", "") in ("human", "ai", "tool") for each in given
    )


class CopilotState(TypedDict, total=False):
    """Channels of the graph; checkpointed per thread."""

    messages: Annotated[list[AnyMessage], append_messages]
    passages: Annotated[list[Passage], operator.add]
    """In the order of their citation numbers."""
    approvals: dict[str, bool]
    """A person's answers, by the id of the tool call they were shown."""


def current_turn(messages: list[AnyMessage]) -> list[AnyMessage]:
    """Everything since the user's last message, that message left out."""
    for index in range(len(messages) - 1, -1, -1):
        if messages[index].type == "human":
            return messages[index + 1 :]
    return messages


def last_answer(messages: list[AnyMessage]) -> AIMessage:
    """The model's newest message."""
    return next(message for message in reversed(messages) if isinstance(message, AIMessage))


class Usage(TypedDict):
    """What a run has spent so far."""

    steps: int
    tool_calls: int
    tokens: int


def usage(messages: list[AnyMessage]) -> Usage:
    """Counted from the messages, so that it can't disagree with them after a resume."""
    spent = Usage(steps=0, tool_calls=0, tokens=0)
    for message in current_turn(messages):
        if isinstance(message, AIMessage):
            spent["steps"] += 1
            spent["tokens"] += (message.usage_metadata or _NO_USAGE)["total_tokens"]
        elif message.type == "tool":
            spent["tool_calls"] += 1
    return spent


_NO_USAGE = {"total_tokens": 0}
