from uuid import UUID

import pytest
from langchain_core.messages import AIMessage, ToolMessage

from core.settings import Settings
from evals.examples import Example, PageRef
from evals.runs import Run, ToolStep, tool_steps
from evals.suites.answers import score
from evals.suites.trajectory import is_within_limits, searched_first
from graphs.copilot.answer import Answer
from graphs.copilot.state import Usage

EXAMPLE = Example("q1", "What was growth?", "7.2%", "ACME.pdf", frozenset({PageRef("ACME.pdf", 3)}))
SEARCH = ToolStep("search_documents", "No passage matches.", succeeded=True)
CALCULATION = ToolStep("calculate", '{"value": "7.175", "unit": "percent"}', succeeded=True)


def run(*steps: ToolStep, spent: tuple[int, int] = (3, 2), status: str = "answered") -> Run:
    answer = Answer(
        answer="Growth was 7.2%.",
        model="extractive",
        status=status,
        thread_id=UUID(int=1),
        run_id=UUID(int=2),
        citations=(),
        passages=(),
        usage=Usage(steps=spent[0], tool_calls=spent[1], tokens=10),
    )
    return Run(EXAMPLE, 0.1, answer, steps)


def test_results_are_matched_with_the_calls_they_answer():
    calls = [
        {"name": "search_documents", "args": {}, "id": "a"},
        {"name": "calculate", "args": {}, "id": "b"},
    ]
    messages = [
        AIMessage("", tool_calls=calls),
        ToolMessage("refused", tool_call_id="b", status="error"),
        ToolMessage("passages", tool_call_id="a"),
        AIMessage("Done."),
    ]
    assert tool_steps(messages) == (
        ToolStep("calculate", "refused", succeeded=False),
        ToolStep("search_documents", "passages", succeeded=True),
    )


def test_only_successful_calculations_have_a_value():
    failed = ToolStep("calculate", '{"value": "1"}', succeeded=False)
    odd = ToolStep("calculate", "no JSON", succeeded=True)
    assert run(SEARCH, failed, odd, CALCULATION).calculated() == ["7.175"]


def test_a_calculation_supports_the_figure_of_an_answer():
    assert score(run(SEARCH, CALCULATION)).citation_support == 1.0
    assert score(run(SEARCH)).citation_support == 0.0


@pytest.mark.parametrize(
    ("steps", "searched"),
    [((SEARCH, CALCULATION), True), ((CALCULATION, SEARCH), False), ((), False)],
)
def test_the_search_comes_first(steps, searched):
    assert searched_first(run(*steps)) is searched


@pytest.mark.parametrize(
    ("spent", "status", "within"),
    [
        ((3, 2), "answered", True),
        ((12, 2), "answered", False),
        ((3, 16), "answered", False),
        ((3, 2), "stopped", False),
    ],
)
def test_a_run_that_was_told_to_wrap_up_is_not_within_limits(spent, status, within):
    settings = Settings(max_steps=12, max_tool_calls=16)
    assert is_within_limits(run(spent=spent, status=status), settings) is within


def test_a_run_that_failed_counts_as_wrong_and_unanswered():
    failed = Run(EXAMPLE, 0.1, failure="no model could answer")
    scores = score(failed)
    assert (scores.answered, scores.figure_correct, scores.citation_support) == (0.0, 0.0, None)
    assert not searched_first(failed)
