"""The current turn as its messages tell it: the question, what was called, what came back."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage

from graphs.models.extractive.formulas import is_term
from graphs.models.extractive.passages import Passage, parse_passages
from graphs.models.extractive.question import YEAR, Question

_FOLLOWS = re.compile(r"^(?:and|what about|how about|also|same|then)\b", re.IGNORECASE)
_SHORT = 8


@dataclass(frozen=True)
class Called:
    """A tool call of this turn; `result` is None while it has no tool message."""

    name: str
    args: dict[str, Any]
    result: str | None
    failed: bool

    @property
    def value(self) -> dict[str, Any]:
        """The result as a JSON object, empty where it is none."""
        try:
            value = json.loads(self.result or "")
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}


@dataclass(frozen=True)
class Turn:
    question: Question
    called: tuple[Called, ...] = ()
    first_call: int = 0
    """How many calls the thread holds already: call ids count on."""
    passages: tuple[Passage, ...] = field(default=())

    def of(self, name: str) -> list[Called]:
        return [call for call in self.called if call.name == name]


def read_turn(messages: Sequence[BaseMessage]) -> Turn:
    humans = [at for at, message in enumerate(messages) if isinstance(message, HumanMessage)]
    if not humans:
        return Turn(Question(""))
    texts = [str(messages[at].text) for at in humans]
    called = _calls(messages[humans[-1] :])
    earlier = sum(len(m.tool_calls) for m in messages if isinstance(m, AIMessage))
    passages: dict[int, Passage] = {}
    for call in called:
        if call.name == "search_documents" and call.result and not call.failed:
            for passage in parse_passages(call.result):
                passages.setdefault(passage.id, passage)
    return Turn(_in_thread(texts), called, earlier, tuple(passages.values()))


def _calls(messages: Sequence[BaseMessage]) -> tuple[Called, ...]:
    results = {m.tool_call_id: m for m in messages if isinstance(m, ToolMessage)}
    called = []
    for message in messages:
        for call in message.tool_calls if isinstance(message, AIMessage) else ():
            result = results.get(call["id"] or "")
            text = str(result.text) if result else None
            failed = result is not None and result.status == "error"
            called.append(Called(call["name"], call["args"], text, failed))
    return tuple(called)


def _in_thread(texts: list[str]) -> Question:
    """A follow-up takes metric, company and years from the question before where it has none."""
    now = Question(texts[-1])
    earlier = next((q for q in map(Question, reversed(texts[:-1])) if _asks_figure(q)), None)
    if earlier is None:
        return now
    brief = _FOLLOWS.search(now.text) or len(now.text.split()) <= _SHORT
    if brief and not _asks_figure(now) and (now.years or now.names):
        kept = YEAR.sub(" ", earlier.text) if now.years else earlier.text
        for name in earlier.names if now.names else ():
            kept = kept.replace(name, " ")
        return Question(f"{kept} {texts[-1]}")
    if brief and _asks_figure(now) and not now.names:
        years = "" if now.years else " ".join(f" FY{year}" for year in earlier.years)
        names = "".join(f" for {name}" for name in earlier.names[:1])
        return Question(f"{texts[-1]}{names}{years}")
    return now


def _asks_figure(question: Question) -> bool:
    return is_term(question.lower)
