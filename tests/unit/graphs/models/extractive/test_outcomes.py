"""Expressions over the ids of figures, and the results that came back."""

from decimal import Decimal

import pytest

from graphs.models.extractive.calculation import Calculation, Request
from graphs.models.extractive.formulas import Need
from graphs.models.extractive.look_ups import LookUps, arguments_of
from graphs.models.extractive.outcomes import outcomes_of
from graphs.models.extractive.question import Question
from graphs.models.extractive.turn import Called
from knowledge.query.periods import Period
from tools_registry.evidence import EARLIER

COSTS = Need("costs", Period(2022), is_size=True)
SALES = Need("sales", Period(2022))
SHARE = Calculation("Costs to sales", "2022", (COSTS, " / ", SALES), "ratio")
LINE = (
    "F{number} | item: x | period: FY2022 | value: {value} | printed: {value} | unit: USD | "
    "scale: 1000 | company: {company} | {note}source: a.pdf page 1 [1]"
)


def line(number, value, company="Acme", note=""):
    noted = f"note: {note} | " if note else ""
    return LINE.format(number=number, value=value, company=company, note=noted)


def called(need, *lines):
    return Called("look_up_figures", arguments_of(need), "\n".join(lines), failed=False)


def outcomes(*look_ups, calculation=SHARE, question="What is costs to sales?", calls=()):
    request = Request((calculation,))
    return outcomes_of(request, LookUps(look_ups), Question(question), calls)


def test_expression_names_figures_by_their_ids():
    (outcome,) = outcomes(called(COSTS, line(4, 5)), called(SALES, line(7, 3)))
    assert outcome.expression == "F4 / F7"


def test_outlay_that_is_printed_in_parentheses_counts_by_its_size():
    (outcome,) = outcomes(called(COSTS, line(4, -5)), called(SALES, line(7, -3)))
    assert outcome.expression == "abs(F4) / F7"


@pytest.mark.parametrize(("old", "expected"), [(5, "growth"), (0, "change"), (-5, "change")])
def test_growth_from_nil_or_a_loss_is_a_change(old, expected):
    need = Need("costs", Period(2022))
    calculation = Calculation(
        "Growth of sales", "2022", ("growth(", need, ", ", SALES, ")"), "percent"
    )
    (outcome,) = outcomes(
        called(need, line(1, old)), called(SALES, line(2, 3)), calculation=calculation
    )
    assert outcome.expression == f"{expected}(F1, F2)"
    assert outcome.calculation.title == f"{expected.capitalize()} of sales"


def test_missing_figure_leaves_no_expression():
    (outcome,) = outcomes(called(COSTS, line(1, 5)))
    assert outcome.expression == ""
    assert outcome.missing == [SALES]


def test_each_company_has_an_outcome_of_its_own_figures():
    found = outcomes(
        called(COSTS, line(1, 5), line(2, 6, "Oak")), called(SALES, line(3, 7), line(4, 8, "Oak"))
    )
    assert [(each.company, each.expression) for each in found] == [
        ("Acme", "F1 / F3"),
        ("Oak", "F2 / F4"),
    ]


def test_figure_of_one_company_is_never_combined_with_another_s():
    found = outcomes(called(COSTS, line(1, 5)), called(SALES, line(4, 8, "Oak")))
    assert [each.expression for each in found] == ["", ""]


VERSIONS = (called(COSTS, line(1, 5)), called(SALES, line(2, 3), line(3, 4, note=EARLIER)))


@pytest.mark.parametrize(
    ("question", "expressions"),
    [
        ("What is costs to sales?", ["F1 / F2", "F1 / F3"]),
        ("What is costs to sales as restated?", ["F1 / F2"]),
        ("What was costs to sales as originally reported?", ["F1 / F3"]),
    ],
)
def test_version_that_is_asked_for_is_computed_or_both(question, expressions):
    found = outcomes(*VERSIONS, question=question)
    assert [each.expression for each in found] == expressions


def test_result_is_that_of_the_call_of_its_expression():
    calls = [
        Called("calculate", {"expression": "F9 / F3"}, '{"value": "3"}', failed=False),
        Called(
            "calculate",
            {"expression": "F1 / F2"},
            '{"value": "2", "unit": "USD", "scale": 1000}',
            failed=False,
        ),
    ]
    (outcome,) = outcomes(called(COSTS, line(1, 6)), called(SALES, line(2, 3)), calls=calls)
    assert (outcome.value, outcome.unit, outcome.scale) == (Decimal(2), "USD", 1000)


@pytest.mark.parametrize("result", ['{"value": "2"}', "no JSON", '{"value": "many"}', "[]"])
def test_refused_or_unreadable_call_has_no_value(result):
    failed = result == '{"value": "2"}'
    calls = [Called("calculate", {"expression": "F1 / F2"}, result, failed=failed)]
    (outcome,) = outcomes(called(COSTS, line(1, 6)), called(SALES, line(2, 3)), calls=calls)
    assert outcome.value is None
