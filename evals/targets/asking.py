"""The whole copilot, asked over all documents and listened to while it answers."""

import json
import time
from collections.abc import Sequence
from typing import Any

from langchain_core.messages import AIMessage, AnyMessage, ToolMessage
from pydantic import BaseModel, ConfigDict

from core.errors import CopilotError
from evals.examples import Example, PageRef
from evals.store import Store
from evals.suite import Outcome
from graphs.checkpointer import ORGANIZATION_KEY
from graphs.copilot.answer import Answer
from graphs.copilot.question import Question
from graphs.copilot.state import current_turn
from knowledge.passages import Passage


class Shown(BaseModel):
    """A passage that the model was shown."""

    model_config = ConfigDict(frozen=True)

    document: str
    page: int
    text: str

    @property
    def place(self) -> PageRef:
        return PageRef(self.document, self.page)


class Cited(Shown):
    """One that the answer names."""

    number: int
    statements: tuple[str, ...]
    """The lines of the answer that carry its number."""


class ToolStep(BaseModel):
    """A tool call that came back."""

    model_config = ConfigDict(frozen=True)

    tool: str
    arguments: dict[str, Any]
    result: str
    succeeded: bool


class Run(Outcome):
    """A question put to the copilot, and what it did to answer it."""

    answer: str = ""
    model: str | None = None
    status: str = "failed"
    citations: tuple[Cited, ...] = ()
    passages: tuple[Shown, ...] = ()
    """All that were shown, cited or not."""
    tool_steps: tuple[ToolStep, ...] = ()
    model_calls: int = 0
    tool_calls: int = 0
    is_within_limits: bool = False
    """Whether the model ended by itself: neither stopped nor told to wrap up."""
    streamed: str = ""
    """The tokens of the answer as a listener heard them."""
    restarts: int = 0
    """How often an attempt was given up for the next model's."""
    seconds_to_first_token: float | None = None

    @property
    def cited_pages(self) -> list[PageRef]:
        return [each.place for each in self.citations]

    def used(self, *tools: str) -> bool:
        """Whether a call of one of the tools succeeded."""
        return any(step.tool in tools and step.succeeded for step in self.tool_steps)

    def calculated(self) -> list[str]:
        """The values that the calculator returned, as decimal strings."""
        values = (
            value_of(step.result)
            for step in self.tool_steps
            if step.tool == "calculate" and step.succeeded
        )
        return [value for value in values if value]


async def ask(store: Store, example: Example) -> Run:
    """A failure is part of the result: one outage must not lose an hour of an eval run."""
    start = time.perf_counter()
    heard = _Heard(start)
    question = Question(question=example.question, document_ids=store.scope)
    try:
        async for item in store.runtime.copilot.stream(store.principal, question):
            if isinstance(item, Answer):
                seconds = time.perf_counter() - start
                return await _run(store, item, heard, seconds)
            heard.listen(item["type"], item.get("text", ""))
        failure = "The run was cancelled."
    except CopilotError as error:
        failure = error.detail
    return Run(seconds=time.perf_counter() - start, failure=failure, restarts=heard.restarts)


class _Heard:
    """What a listener makes of a run's events."""

    def __init__(self, start: float) -> None:
        self._start = start
        self.text = ""
        self.restarts = 0
        self.first_token: float | None = None

    def listen(self, kind: str, text: object) -> None:
        if kind == "token":
            self.first_token = self.first_token or time.perf_counter() - self._start
            self.text += str(text)
        else:  # what was said before a tool step or a restart is no part of the answer
            self.text = ""
            self.restarts += kind == "restart"


async def _run(store: Store, answer: Answer, heard: _Heard, seconds: float) -> Run:
    limits, usage = store.settings, answer.usage
    return Run(
        seconds=round(seconds, 4),
        tokens=usage["tokens"],
        answer=answer.answer,
        model=answer.model,
        status=answer.status,
        citations=tuple(
            Cited(number=each.number, statements=each.statements, **_shown(each.passage))
            for each in answer.citations
        ),
        passages=tuple(Shown(**_shown(each)) for each in answer.passages),
        tool_steps=await _steps_of(store, answer),
        model_calls=usage["steps"],
        tool_calls=usage["tool_calls"],
        is_within_limits=answer.status == "answered"
        and usage["steps"] < limits.max_steps
        and usage["tool_calls"] < limits.max_tool_calls,
        streamed=heard.text,
        restarts=heard.restarts,
        seconds_to_first_token=heard.first_token and round(heard.first_token, 4),
    )


def _shown(passage: Passage) -> dict[str, Any]:
    return {"document": passage.document, "page": passage.page, "text": passage.text}


async def _steps_of(store: Store, answer: Answer) -> tuple[ToolStep, ...]:
    """From the last checkpoint: an answer tells how many calls there were, not which."""
    snapshot = await store.runtime.copilot.turns.graph.aget_state(
        {
            "configurable": {
                "thread_id": str(answer.thread_id),
                ORGANIZATION_KEY: str(store.principal.organization_id),
            }
        }
    )
    return tool_steps(current_turn(snapshot.values["messages"]))


def tool_steps(messages: Sequence[AnyMessage]) -> tuple[ToolStep, ...]:
    """The tool results of a turn, in order, with the call that each answers."""
    calls = {
        call["id"]: call for m in messages if isinstance(m, AIMessage) for call in m.tool_calls
    }
    return tuple(
        ToolStep(
            tool=call["name"] if call else message.name or "",
            arguments=call["args"] if call else {},
            result=message.text,
            succeeded=message.status == "success",
        )
        for message in messages
        if isinstance(message, ToolMessage)
        for call in [calls.get(message.tool_call_id)]
    )


def value_of(result: str) -> str | None:
    try:
        return str(json.loads(result)["value"])
    except (ValueError, KeyError, TypeError):
        return None
