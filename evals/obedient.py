"""A model on Groq's protocol that does what its prompt tells it, and nothing else.

The extractive model answers by itself and never reads its prompt, so that an eval with it can't see
a prompt that broke. This one has the extractive model's wits and the prompt's will: it searches,
computes and cites only where the prompt (as it came over the wire) asks for it and the tool is
offered. It is served by `ScriptedGroq`, so that the client library, streaming, tool-call parsing
and the chain are inside of the eval; and its first model fails now and then, as Groq's do, so
that retries, fallbacks and restarts are as well.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from langchain_core.messages import (
    AIMessage,
    BaseMessage,
    HumanMessage,
    SystemMessage,
    convert_to_messages,
)

from graphs.models.extractive import ExtractiveChatModel
from graphs.models.failures import ToolUseFailed
from graphs.models.scripted_groq import ScriptedGroq
from graphs.models.scripted_replies import (
    Answer,
    Call,
    Cut,
    Outcome,
    ScriptedRequest,
    broken_off,
    throttled,
    tool_use_failed,
    unavailable,
)

SCRIPTED = "scripted"
MODELS = ("scripted-large", "scripted-medium", "scripted-small")
"""The first one fails now and then."""
FAULTY = 5
"""One turn in so many."""
FOR_GOOD = 3
"""Of eight faults: no retry helps, and the next model is asked."""
FAULTS: tuple[Callable[[Answer], Outcome], ...] = (
    lambda _: unavailable(),
    lambda _: throttled(0),
    lambda answer: Cut(answer, after=3),
    lambda _: broken_off("The filings say", after=2),
    lambda _: tool_use_failed(),
)
_MARKER = re.compile(r"\s?\[\d{1,4}\]")
_FENCE = re.compile(r"(</?passage)-[0-9a-f]{8}")
REPAIR = str(ToolUseFailed("").repair().text).partition(":")[0]
ASKS_TO_SEARCH = "`search_documents`"
ASKS_TO_COMPUTE = "Call `calculate`"
ASKS_TO_CITE = "number in brackets"


@contextmanager
def obedient_groq() -> Iterator[ScriptedGroq]:
    """Serves the model on loopback while the block runs."""
    large, medium, small = MODELS
    with ScriptedGroq({large: _Failing(), medium: obey, small: obey}) as server:
        yield server


def obey(request: ScriptedRequest) -> Answer:
    """What the prompt asks for."""
    prompt = _prompt(request)
    offered = [
        tool
        for tool in request.tools
        if (tool["function"]["name"] != "search_documents" or ASKS_TO_SEARCH in prompt)
        and (tool["function"]["name"] != "calculate" or ASKS_TO_COMPUTE in prompt)
    ]
    model = ExtractiveChatModel().bind(tools=offered)
    said = model.invoke([m for m in convert_to_messages(request.messages) if not _is_repair(m)])
    text = said.text if ASKS_TO_CITE in prompt else _MARKER.sub("", said.text)
    return Answer(text, _calls(said), usage=_usage(said))


class _Failing:
    """Fails at some turns: once at most of them, so that a retry helps, and for good at others.

    Which turn fails how depends on the conversation alone, so that a run can be repeated.
    """

    def __init__(self) -> None:
        self._failed: set[int] = set()

    def __call__(self, request: ScriptedRequest) -> Outcome:
        chance = _chance(request)
        kind = chance % (FAULTY * (len(FAULTS) + FOR_GOOD))
        if len(FAULTS) <= kind < len(FAULTS) + FOR_GOOD:
            return unavailable()
        if kind < len(FAULTS) and chance not in self._failed:
            self._failed.add(chance)
            return FAULTS[kind](obey(request))
        return obey(request)


def _chance(request: ScriptedRequest) -> int:
    """Of the conversation so far, but for ids and fences, which are new each time."""
    told = [
        _FENCE.sub(r"\1", str(m.get("content"))) for m in request.messages if m["role"] != "system"
    ]
    return int.from_bytes(hashlib.sha256("\x00".join(told).encode()).digest()[:4])


def _prompt(request: ScriptedRequest) -> str:
    messages = convert_to_messages(request.messages)
    return "\n".join(str(m.text) for m in messages if isinstance(m, SystemMessage))


def _is_repair(message: BaseMessage) -> bool:
    """It asks for the same again, and is no question."""
    return isinstance(message, HumanMessage) and message.text.startswith(REPAIR)


def _calls(said: AIMessage) -> tuple[Call, ...]:
    return tuple(Call(call["name"], call["args"], call["id"]) for call in said.tool_calls)


def _usage(said: AIMessage) -> tuple[int, int]:
    usage = said.usage_metadata
    return (usage["input_tokens"], usage["output_tokens"]) if usage else (0, 0)
