"""From a thread's state to the answer that a person or a program gets."""

import re
from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from langchain_core.messages import AIMessage
from pydantic import BaseModel, ConfigDict

from graphs.copilot.approvals import ApprovalRequest
from graphs.copilot.prompt import SYSTEM_VERSION
from graphs.copilot.state import CopilotState, Usage, current_turn, last_answer, usage
from knowledge.passages import Passage
from tools_registry.evidence import shown_numbers

MARKER = re.compile(r"\[(\d{1,4})\]")
_STATEMENT = re.compile(r"[^\n]+")


class Citation(BaseModel):
    """Where a statement of the answer comes from."""

    model_config = ConfigDict(frozen=True)

    number: int
    """The [n] in the answer."""
    passage: Passage
    statements: tuple[str, ...]
    """The lines of the answer that carry this number."""


class Answer(BaseModel):
    """The outcome of a run."""

    model_config = ConfigDict(frozen=True)

    answer: str
    model: str
    """Who wrote it, as the model chain names it; `extractive` means that nobody did: it quotes."""
    status: Literal["answered", "awaiting_approval", "stopped"]
    thread_id: UUID
    run_id: UUID
    citations: tuple[Citation, ...]
    passages: tuple[Passage, ...]
    """All that the model was shown in this turn, cited or not."""
    approvals: tuple[ApprovalRequest, ...] = ()
    """What waits for a person, if the status says so."""
    prompt_version: str = SYSTEM_VERSION
    usage: Usage


def to_answer(
    state: CopilotState, thread_id: UUID, run_id: UUID, approvals: Sequence[ApprovalRequest] = ()
) -> Answer:
    """Args: state: after a run ended or paused; whose; approvals: what it waits for."""
    message = last_answer(state["messages"])
    text = message.text
    passages = state.get("passages", [])
    return Answer(
        answer=text,
        model=str(message.response_metadata.get("model", "none")),
        status="awaiting_approval" if approvals else _status(message),
        thread_id=thread_id,
        run_id=run_id,
        citations=cite(text, passages),
        passages=_shown(state),
        approvals=tuple(approvals),
        prompt_version=str(message.response_metadata.get("prompt_version", SYSTEM_VERSION)),
        usage=usage(state),
    )


def cite(text: str, passages: Sequence[Passage]) -> tuple[Citation, ...]:
    """The passages that an answer refers to, by number; a number that no passage has is ignored."""
    statements: dict[int, list[str]] = {}
    for line in _STATEMENT.findall(text):
        for number in dict.fromkeys(map(int, MARKER.findall(line))):
            statements.setdefault(number, []).append(line.strip())
    return tuple(
        Citation(number=number, passage=passages[number - 1], statements=tuple(lines))
        for number, lines in sorted(statements.items())
        if 1 <= number <= len(passages)
    )


def _status(message: AIMessage) -> Literal["answered", "stopped"]:
    return "stopped" if message.response_metadata.get("finish_reason") == "limit" else "answered"


def _shown(state: CopilotState) -> tuple[Passage, ...]:
    passages = state.get("passages", [])
    results = (m for m in current_turn(state["messages"]) if m.type == "tool")
    numbers = dict.fromkeys(n for result in results for n in shown_numbers(result.text))
    return tuple(passages[number - 1] for number in numbers if 1 <= number <= len(passages))
