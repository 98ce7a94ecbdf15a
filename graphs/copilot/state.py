"""What a thread remembers."""

import operator
from typing import Annotated

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage
from langgraph.graph.message import add_messages
from typing_extensions import TypedDict  # typing's own lacks what pydantic needs below Python 3.12

from knowledge.passages import Passage


class CopilotState(TypedDict, total=False):
    """Channels of the graph; checkpointed per thread."""

    messages: Annotated[list[AnyMessage], add_messages]
    passages: Annotated[list[Passage], operator.add]
    """In the order of their citation numbers."""
    approvals: dict[str, bool]
    """A person's answers, by the id of the tool call they were shown."""


def current_turn(messages: list[AnyMessage]) -> list[AnyMessage]:
    """Everything since the user's last message, that message left out."""
    for index in range(len(messages) - 1, -1, -1):
        if isinstance(messages[index], HumanMessage):
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
    turn = current_turn(messages)
    answers = [message for message in turn if isinstance(message, AIMessage)]
    return Usage(
        steps=len(answers),
        tool_calls=sum(isinstance(message, ToolMessage) for message in turn),
        tokens=sum((answer.usage_metadata or _NO_USAGE)["total_tokens"] for answer in answers),
    )


_NO_USAGE = {"total_tokens": 0}
