"""What a thread remembers."""

import operator
from typing import Annotated, Any

from langchain_core.messages import AIMessage, AnyMessage
from langgraph.graph.message import add_messages
from typing_extensions import TypedDict  # typing's own lacks what pydantic needs below Python 3.12

from graphs.copilot.history import Summary
from knowledge.figures.shown import ShownFigure
from knowledge.passages import Passage


class CopilotState(TypedDict, total=False):
    """Channels of the graph; checkpointed per thread."""

    messages: Annotated[list[AnyMessage], add_messages]
    passages: Annotated[list[Passage], operator.add]
    """In the order of their citation numbers."""
    figures: Annotated[list[ShownFigure], operator.add]
    """In the order of their ids: F1 is the first."""
    summary: Summary
    """Of the oldest turns, once they are too long to be shown to a model."""
    proposals: list[dict[str, Any]]
    """What calls of the model's newest message would carry out (ApprovalRequest), undecided."""
    approvals: dict[str, Any]
    """What was said of them, by the call's id: true, false, Edited or Refused."""


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


def usage(state: CopilotState) -> Usage:
    """Counted from the messages, so that it can't disagree with them after a resume."""
    spent = Usage(steps=0, tool_calls=0, tokens=_summarizing(state))
    for message in current_turn(state["messages"]):
        if isinstance(message, AIMessage):
            spent["steps"] += 1
            spent["tokens"] += (message.usage_metadata or _NO_USAGE)["total_tokens"]
        elif message.type == "tool":
            spent["tool_calls"] += 1
    return spent


def _summarizing(state: CopilotState) -> int:
    """Tokens that telling earlier turns in brief took in this one."""
    summary = state.get("summary")
    if summary is None:
        return 0
    asked = next((each.id for each in reversed(state["messages"]) if each.type == "human"), None)
    return summary["tokens"] if asked == summary["asked"] else 0


_NO_USAGE = {"total_tokens": 0}
