"""Figures are brought to one scale; those of different units are never computed with."""

import pytest

from graphs.models.extractive.calculation import Calculation, Request
from graphs.models.extractive.formulas import Need
from graphs.models.extractive.look_ups import LookUps, arguments_of
from graphs.models.extractive.outcomes import outcomes_of
from graphs.models.extractive.question import Question
from graphs.models.extractive.turn import Called
from knowledge.query.periods import Period

COSTS, SALES = Need("costs", Period(2022)), Need("sales", Period(2022))
SHARE = Calculation("Costs to sales", "2022", (COSTS, " / ", SALES), "ratio")
LINE = (
    "F1 | item: {item} | period: FY2022 | value: {value} | printed: {value} | unit: {unit} | "
    "scale: {scale} | company: Acme | source: a.pdf page {page} [{page}]"
)


def called(need, value, unit="USD", scale=1000, page=1):
    text = LINE.format(
        item=need.item, value=value, unit=unit or "not stated", scale=scale, page=page
    )
    return Called("look_up_figures", arguments_of(need), text, failed=False)


def expression(*look_ups, question="What is costs to sales?"):
    (outcome,) = outcomes_of(Request((SHARE,)), LookUps(look_ups), Question(question), ())
    return outcome.expression


def test_figures_of_one_scale_stand_as_printed():
    assert expression(called(COSTS, "1.50"), called(SALES, 3)) == "1.50 / 3"


def test_smaller_scale_is_divided():
    look_ups = called(COSTS, 1500, scale=1000), called(SALES, 3, scale=10**6)
    assert expression(*look_ups) == "(1500 / 1000) / 3"


def test_crore_and_lakh_are_scales_too():
    look_ups = called(COSTS, 15, "INR", 10**5), called(SALES, 3, "INR", 10**7)
    assert expression(*look_ups) == "(15 / 100) / 3"


def test_negative_figure_stands_in_brackets():
    assert expression(called(COSTS, -5), called(SALES, 3)) == "(-5) / 3"


def test_figure_per_share_has_no_scale():
    look_ups = called(COSTS, "1.50", "USD/share", 1), called(SALES, 3, scale=1000)
    assert expression(*look_ups) == "1.50 / 3"


@pytest.mark.parametrize(
    ("one", "other"), [("USD", "EUR"), ("percent", "USD"), ("GBP", "USD"), ("percent", "EUR")]
)
def test_two_units_are_not_computed_with(one, other):
    assert expression(called(COSTS, 5, one), called(SALES, 3, other)) == ""


def test_unit_that_nothing_tells_goes_with_others_of_its_page_alone():
    assert expression(called(COSTS, 5, ""), called(SALES, 3, "USD")) == "5 / 3"
    assert expression(called(COSTS, 5, ""), called(SALES, 3, "USD", page=2)) == ""


def test_rounding_that_is_asked_for_is_part_of_the_expression():
    look_ups = called(COSTS, 5), called(SALES, 3)
    asked = "What is costs to sales, to two decimal places?"
    assert expression(*look_ups, question=asked) == "round(5 / 3, 2)"


def test_missing_figure_leaves_no_expression():
    (outcome,) = outcomes_of(
        Request((SHARE,)), LookUps([called(COSTS, 5)]), Question("Costs to sales?"), ()
    )
    assert outcome.expression == ""
    assert outcome.missing == [SALES]


def test_result_is_the_call_of_its_expression():
    look_ups = LookUps([called(COSTS, 6), called(SALES, 3)])
    calls = [
        Called("calculate", {"expression": "9 / 3"}, '{"value": "3"}', failed=False),
        Called("calculate", {"expression": "6 / 3"}, '{"value": "2"}', failed=False),
    ]
    (outcome,) = outcomes_of(Request((SHARE,)), look_ups, Question("Costs to sales?"), calls)
    assert outcome.value == 2


def test_refused_call_has_no_value():
    look_ups = LookUps([called(COSTS, 6), called(SALES, 3)])
    calls = [Called("calculate", {"expression": "6 / 3"}, '{"value": "2"}', failed=True)]
    (outcome,) = outcomes_of(Request((SHARE,)), look_ups, Question("Costs to sales?"), calls)
    assert outcome.value is None
