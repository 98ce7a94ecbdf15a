"""A model's arguments that can't be stored go back to the model; its run goes on."""

import pytest

from graphs.copilot.answer import Answer
from graphs.copilot.question import Question


def _deep(levels: int) -> dict[str, object]:
    value: dict[str, object] = {}
    for _ in range(levels):
        value = {"a": value}
    return value


HOSTILE = {
    "NUL": "a\x00b",
    "NaN": float("nan"),
    "infinity": float("inf"),
    "depth": _deep(300),
    "half a surrogate": "\ud800",
    "digits": 10**5000,
}


@pytest.mark.parametrize("what", HOSTILE)
@pytest.mark.parametrize(
    "tool", ["search_documents", "look_up_figures", "calculate", "send_webhook"]
)
async def test_run_goes_on_after_hostile_arguments(bench, script, principal, tool, what):
    await bench.register(principal)
    value = HOSTILE[what]
    arguments = {
        "search_documents": {"query": value},
        "look_up_figures": {"item": value, "periods": [value]},
        "calculate": {"expression": value},
        "send_webhook": {"endpoint": "ops", "event_type": "a.b", "payload": {"a": value}},
    }
    copilot = bench.copilot(script([(tool, arguments[tool])], "Done.").chain)
    question = Question(question="What was revenue?")
    *_, streamed = [event async for event in copilot.stream(principal, question)]
    assert isinstance(streamed, Answer)
    assert streamed.answer == "Done."
    asked = await bench.copilot(script([(tool, arguments[tool])], "Done.").chain).ask(
        principal, question
    )
    assert asked.answer == "Done."
    assert bench.sent == []
