import pytest

from evals.examples import Category, Example, KeyFact, PageRef, ReferenceCall
from evals.suites.answers import ANSWERS
from evals.suites.cost import COST
from evals.suites.trajectory import TRAJECTORY
from evals.targets.asking import Cited, Run, ToolStep

EXAMPLE = Example(
    "q1",
    "What was growth?",
    "7.2%",
    "ACME.pdf",
    frozenset({PageRef("ACME.pdf", 3)}),
    reasoning="Numerical reasoning",
    tool_calls=(
        ReferenceCall("search_documents", {"query": "Acme 2023"}),
        ReferenceCall("calculate", {"expression": "growth(895410, 959657)"}),
    ),
)
SEARCH = ToolStep(
    tool="search_documents",
    arguments={"query": "ACME net revenue 2023, 2022"},
    result="No passage matches.",
    succeeded=True,
)
CALCULATION = ToolStep(
    tool="calculate",
    arguments={"expression": "(959.657 - 895.410) / 895.410"},
    result='{"value": "7.175", "unit": "percent"}',
    succeeded=True,
)


def run(*steps: ToolStep, **fields) -> Run:
    answer = {"answer": "Growth was 7.2%.", "status": "answered", "model": "extractive"}
    return Run(**{"seconds": 0.1, "tool_steps": steps} | answer | fields)


def score(suite, name, found, example=EXAMPLE):
    scored = suite.sections["all_documents"][name].evaluator(example, found)
    return getattr(scored, "value", scored)


def test_only_successful_calculations_have_a_value():
    failed = CALCULATION.model_copy(update={"succeeded": False})
    odd = CALCULATION.model_copy(update={"result": "no JSON"})
    assert run(SEARCH, failed, odd, CALCULATION).calculated() == ["7.175"]


def test_a_calculation_supports_the_figure_of_an_answer():
    assert score(ANSWERS, "citation_support", run(SEARCH, CALCULATION)) == 1.0
    assert score(ANSWERS, "citation_support", run(SEARCH)) == 0.0


@pytest.mark.parametrize(
    ("steps", "searched"),
    [((SEARCH, CALCULATION), 1.0), ((CALCULATION, SEARCH), 0.0), ((), 0.0)],
)
def test_the_search_comes_first(steps, searched):
    assert score(TRAJECTORY, "searched_first", run(*steps)) == searched


@pytest.mark.parametrize(
    ("steps", "tools", "arguments", "no_needless"),
    [
        ((SEARCH, CALCULATION), 1.0, 1.0, 1.0),
        ((SEARCH, SEARCH, CALCULATION), 1.0, 1.0, 0.0),
        ((SEARCH,), 0.0, 0.0, 1.0),
        (
            (SEARCH, CALCULATION.model_copy(update={"arguments": {"expression": "1 +"}})),
            1.0,
            0.0,
            1.0,
        ),
    ],
)
def test_calls_are_held_against_those_of_a_good_run(steps, tools, arguments, no_needless):
    found = run(*steps)
    assert score(TRAJECTORY, "right_tools", found) == tools
    assert score(TRAJECTORY, "right_arguments", found) == arguments
    assert score(TRAJECTORY, "no_needless_calls", found) == no_needless


def test_a_calculation_more_is_needless_only_when_it_is_made_twice():
    scaled = CALCULATION.model_copy(update={"arguments": {"expression": "959657 / 1000"}})
    assert score(TRAJECTORY, "no_needless_calls", run(SEARCH, CALCULATION, scaled)) == 1.0
    assert score(TRAJECTORY, "no_needless_calls", run(SEARCH, CALCULATION, CALCULATION)) == 0.0


def test_a_run_that_failed_counts_as_wrong_and_unanswered():
    failed = Run(seconds=0.1, failure="no model could answer")
    assert score(ANSWERS, "answered", failed) == 0.0
    assert score(ANSWERS, "figure_correct", failed) == 0.0
    assert score(ANSWERS, "citation_support", failed) is None
    assert score(ANSWERS, "streamed_whole", failed) is None
    assert score(TRAJECTORY, "searched_first", failed) == 0.0
    assert score(TRAJECTORY, "within_limits", failed) == 0.0
    assert score(COST, "tokens", failed) == 0.0


def test_question_that_no_page_answers_is_scored_by_its_refusal_and_wrong_figures_alone():
    example = Example("q2", "And in 2031?", "Not told.", "", frozenset(), is_answerable=False)
    applied = {
        name
        for name in ANSWERS.sections["all_documents"]
        if score(ANSWERS, name, run(answer="No filing tells."), example) is not None
    }
    assert applied == {"refused", "wrong_figure", "streamed_whole"}


def test_wrong_figure_counts_what_was_stated_and_a_failed_run_stated_nothing():
    assert score(ANSWERS, "wrong_figure", run(SEARCH, CALCULATION)) == 0.0
    assert score(ANSWERS, "wrong_figure", run(answer="Growth was 8.2%.")) == 1.0
    assert score(ANSWERS, "wrong_figure", Run(seconds=0.1, failure="no model could answer")) == 0.0


def test_an_ambiguous_question_is_scored_by_its_facts_not_by_all_figures_of_the_gold():
    facts = (KeyFact("Acme had $5 million", ("$5 million",)), KeyFact("Beta", ("$7 million",)))
    example = Example(
        "q3",
        "What was revenue?",
        "Acme $5 million, Beta $7 million",
        "",
        frozenset({PageRef("ACME.pdf", 3)}),
        category=Category.AMBIGUOUS,
        key_facts=facts,
    )
    found = run(answer="Acme: $5.0 million [1]")
    assert score(ANSWERS, "figure_correct", found, example) is None
    assert score(ANSWERS, "key_facts", found, example) == 0.5


def test_what_a_listener_heard_is_the_answer():
    assert score(ANSWERS, "streamed_whole", run(streamed="Growth was 7.2%.")) == 1.0
    assert score(ANSWERS, "streamed_whole", run(streamed="Growth was")) == 0.0


def test_citations_are_scored_by_their_own_lines():
    said = "It was 1,404 [1]"
    cited = Cited(document="ACME.pdf", page=3, text="Revenue 1,404", number=1, statements=(said,))
    found = run(answer=said, citations=(cited,))
    assert score(ANSWERS, "citation_recall", found) == 1.0
    assert score(ANSWERS, "citation_precision", found) == 1.0
    assert score(ANSWERS, "cited_page_hit", found) == 1.0
