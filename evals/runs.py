"""One question put to the copilot, and what it did to answer it."""

import json
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from langchain_core.messages import AIMessage, AnyMessage, ToolMessage
from rich.console import Console

from core.errors import CopilotError
from evals.datasets import Dataset
from evals.examples import Example, PageRef
from evals.progress import watched
from evals.store import Store
from graphs.checkpointer import ORGANIZATION_KEY
from graphs.copilot.answer import Answer
from graphs.copilot.question import Question
from graphs.copilot.state import current_turn


@dataclass(frozen=True)
class ToolStep:
    """A tool call that came back."""

    tool: str
    result: str
    succeeded: bool


@dataclass(frozen=True)
class Run:
    """`answer` is None where the copilot raised, as when no model answers; `failure` says why."""

    example: Example
    seconds: float
    answer: Answer | None = None
    tool_steps: tuple[ToolStep, ...] = ()
    failure: str | None = None

    @property
    def text(self) -> str:
        return self.answer.answer if self.answer else ""

    @property
    def status(self) -> str:
        return self.answer.status if self.answer else "failed"

    @property
    def cited(self) -> list[PageRef]:
        citations = self.answer.citations if self.answer else ()
        return [PageRef(each.passage.document, each.passage.page) for each in citations]

    def used(self, tool: str) -> bool:
        return any(step.tool == tool and step.succeeded for step in self.tool_steps)

    def calculated(self) -> list[str]:
        """The values that the calculator returned, as decimal strings."""
        values = (
            _value(s.result) for s in self.tool_steps if s.tool == "calculate" and s.succeeded
        )
        return [value for value in values if value]


async def run_all(store: Store, dataset: Dataset, console: Console) -> AsyncIterator[Run]:
    """Each example in a thread of its own, over all documents."""
    for example in watched(dataset.examples, "Asking", console):
        yield await ask(store, example)


async def ask(store: Store, example: Example) -> Run:
    """A failure is part of the result: one outage must not lose an hour of an eval run."""
    start = time.perf_counter()
    question = Question(question=example.question, document_ids=store.scope)
    try:
        answer = await store.runtime.copilot.ask(store.principal, question)
    except CopilotError as error:
        return Run(example, time.perf_counter() - start, failure=error.detail)
    seconds = time.perf_counter() - start
    return Run(example, seconds, answer, await _tool_steps(store, answer))


async def _tool_steps(store: Store, answer: Answer) -> tuple[ToolStep, ...]:
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
    """The tool results of a turn, in order, with the tool that each answers."""
    calls = [call for m in messages if isinstance(m, AIMessage) for call in m.tool_calls]
    names = {call["id"]: call["name"] for call in calls}
    return tuple(
        ToolStep(names.get(m.tool_call_id, m.name or ""), m.text, m.status == "success")
        for m in messages
        if isinstance(m, ToolMessage)
    )


def _value(result: str) -> str | None:
    try:
        return str(json.loads(result)["value"])
    except (ValueError, KeyError, TypeError):
        return None
