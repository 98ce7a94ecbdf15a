"""The calculator with figures that a conversation has shown: their units travel."""

import asyncio
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import ToolError
from tools.arithmetic.evaluation import evaluate
from tools.arithmetic.operand import Operand
from tools.arithmetic.parser import parse
from tools.calculate import Input, Output, calculate

MILLION = 10**6
FIGURES = {
    "F1": Operand(Decimal(2145), "USD", MILLION, "FY2022"),
    "F2": Operand(Decimal(1404), "USD", MILLION, "FY2021"),
    "F3": Operand(Decimal(500_000), "USD", 1000, "FY2022"),
    "F4": Operand(Decimal(300), "EUR", MILLION, "FY2022"),
    "F5": Operand(Decimal(858), "shares", MILLION, "FY2022"),
    "F6": Operand(Decimal("8.5"), "percent", 1, "FY2022"),
    "F7": Operand(Decimal("7.25"), "percent", 1, "FY2021"),
    "F8": Operand(Decimal(25), "basis points", 1, "FY2022"),
    "F9": Operand(Decimal(600), "USD", MILLION, "Q2 2022"),
    "F10": Operand(Decimal("2.50"), "USD/share", 1, "FY2022"),
    "F11": Operand(Decimal(150), "pence/share", 1, "FY2022"),
    "F12": Operand(Decimal("1.25"), "GBP/share", 1, "FY2022"),
    "F13": Operand(Decimal(900), "USD", MILLION, "2022-12-31"),
    "F14": Operand(Decimal(700), None, MILLION, "FY2022"),
    "F15": Operand(Decimal(350), None, MILLION, "FY2022"),
    "F16": Operand(Decimal(40), "USD", MILLION, "FY2022", ("no column header",)),
    "F17": Operand(Decimal(-12), "USD", MILLION, "FY2022"),
    "F18": Operand(Decimal(21), "INR", 10**7, "FY2022"),
    "F19": Operand(Decimal(0), "USD", MILLION, "FY2022"),
}


def calculated(expression: str, figures: dict[str, Operand] = FIGURES) -> Output:
    return asyncio.run(calculate(Input(expression=expression), figures=figures))


def refused(expression: str, figures: dict[str, Operand] = FIGURES) -> str:
    with pytest.raises(ToolError) as caught:
        calculated(expression, figures)
    return str(caught.value)


@pytest.mark.parametrize(
    ("expression", "display", "unit"),
    [
        ("F1", "USD 2,145 million", "USD"),
        ("f1 - f2", "USD 741 million", "USD"),
        ("-F17", "USD 12 million", "USD"),
        ("F17", "USD -12 million", "USD"),
        ("F1 + F3", "USD 2,645 million", "USD"),
        ("F3 - F1", "USD -1,645 million", "USD"),
        ("F3", "USD 500,000 thousand", "USD"),
        ("sum(F1, F2, F3)", "USD 4,049 million", "USD"),
        ("average(F1, F2)", "USD 1,774.5 million", "USD"),
        ("min(F1, F3)", "USD 500 million", "USD"),
        ("max(F3, 100)", "USD 500,000 thousand", "USD"),
        ("abs(F17)", "USD 12 million", "USD"),
        ("round(F1 / 7, 0)", "USD 306 million", "USD"),
        ("growth(F2, F1)", "52.78 %", "percent"),
        ("margin(F3, F1)", "23.31 %", "percent"),
        ("F3 / F1 * 100%", "23.31 %", "percent"),
        ("F3 / F1", "0.2331", "number"),
        ("ratio(F1, F2)", "1.53", "number"),
        ("F1 / F5", "USD 2.5 per share", "USD/share"),
        ("F10 * F5", "USD 2,145 million", "USD"),
        ("F1 / F10", "858 million shares", "shares"),
        ("F10 - 0.5", "USD 2 per share", "USD/share"),
        ("F11 - F12", "GBP 0.25 per share", "GBP/share"),
        ("F6", "8.5 %", "percent"),
        ("F6 - F7", "1.25 percentage points (125 basis points)", "percentage points"),
        ("change(F7, F6)", "1.25 percentage points (125 basis points)", "percentage points"),
        ("F7 + (F6 - F7)", "8.5 %", "percent"),
        ("F6 + F8", "8.75 %", "percent"),
        ("F6 - F8", "8.25 %", "percent"),
        ("F8 * 2", "0.5 percentage points (50 basis points)", "percentage points"),
        ("F6 + 1%", "9.5 %", "percent"),
        ("margin(F3, F1) - F6", "14.81 percentage points (1,481 basis points)", None),
        ("F1 * F6", "USD 182.33 million", "USD"),
        ("F6 * F1", "USD 182.33 million", "USD"),
        ("F1 * F8", "USD 5.36 million", "USD"),
        ("F1 * 21%", "USD 450.45 million", "USD"),
        ("F1 * margin(69, 1000)", "USD 148.01 million", "USD"),
        ("F1 * (1 + growth(F2, F1) / 100%)", "USD 3,277.08 million", "USD"),
        ("F1 * F2 / F2", "USD 2,145 million", "USD"),
        ("(F1 / F2)^(1/2) - 1", "0.236033", "number"),
        ("cagr(F2, F1, 1)", "52.78 %", "percent"),
        ("F14 / F15", "2", "number"),
        ("F14 - F15", "350 million (unit not stated)", "unstated unit"),
        ("F18 * 2", "INR 42 crore", "INR"),
        ("npv(F6, -100, F1)", "USD 1,876.96 million", "USD"),
        ("F1 - F13 * 2", "USD 345 million", "USD"),
    ],
)
def test_units_travel(expression: str, display: str, unit: str | None) -> None:
    output = calculated(expression)
    assert output.display == display
    assert unit in (output.unit, None)


def test_the_result_names_its_operands_unit_and_scale() -> None:
    output = calculated("growth(F2, F1) / growth(F2, F1) * (F3 + F1)")
    assert output.operands == ("F2", "F1", "F3")
    difference = calculated("F1 - f2")
    assert difference == Output(
        expression="F1 - F2",
        value=Decimal(741),
        unit="USD",
        display="USD 741 million",
        exact=True,
        scale=MILLION,
        operands=("F1", "F2"),
    )


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("F1 + F4", "Column 4: USD and EUR don't add up"),
        ("growth(F4, F1)", "USD and EUR don't add up"),
        ("max(F1, F5)", "USD and shares don't"),
        ("ratio(F1, F5)", "USD and shares don't"),
        ("F1 + F14", "USD and unstated unit don't"),
        ("F1 + F3 / F2", "USD and a ratio don't"),
        ("F1 + F6", "a percent and a number don't mix|USD and a ratio"),
        ("F1 + 5%", r"F1 \* \(1 \+ 5%\)"),
        ("F6 + 1", "a percent and a number don't mix"),
        ("F1 * F2", "USD times USD, in which nothing is counted"),
        ("1 / F1", "1 per USD, in which nothing is counted"),
        ("F1^2", "an amount has no powers"),
        ("2^F1", "an amount has no powers"),
        ("sqrt(F1)", "an amount has no powers"),
        ("sqrt(F19)", "an amount has no powers"),
        ("sum(F1, F3) + max(F2, F3, 7)", "different scales"),
        ("cagr(F2, F1, F5)", "positive number of years"),
        ("round(F1, F5)", "digits is a whole number"),
        ("npv(F1, 1, 2)", "the rate is a percent"),
        ("F1 / F19", "division by zero"),
        ("max(F6, F8)", "a percent and percentage points don't compare"),
        ("F1%", "unexpected '%'"),
        ("F1 F2", "an operator such as"),
        ("F1(2)", "there is no function 'f1'"),
    ],
)
def test_what_has_no_meaning_is_refused(expression: str, said: str) -> None:
    with pytest.raises(ToolError, match=said):
        calculated(expression)


def test_a_figure_that_was_not_shown_is_refused_with_what_was() -> None:
    assert refused("growth(F1, F99)") == (
        "Column 12: F99 was not shown in this conversation; look it up first with look_up_figures."
        " Shown: F1 to F19"
    )
    some = {name: FIGURES[name] for name in ("F1", "F2", "F4", "F10")}
    assert refused("F3", some).endswith("Shown: F1 to F2, F4, F10")
    assert refused("F3", {}).endswith("No figure was shown yet")
    assert refused("F0", some).startswith("Column 1: 'f0' is not a number")


@pytest.mark.parametrize(
    ("expression", "warning"),
    [
        ("F9 / F1", "a year beside a quarter: the figures cover FY2022, Q2 2022"),
        ("growth(F9, F1)", "a year beside a quarter"),
        ("F1 - F9", "a year beside a quarter"),
        ("(F1 - F2) / F9 * 2", "a year beside a quarter"),
        ("margin(F3, F2)", "different periods: FY2021, FY2022"),
        ("growth(F1, F2)", "the first figure is of FY2022, later than FY2021"),
        ("growth(F7, F6)", "growth of a percent: change(old, new)"),
        ("F1 / F4", "figures in EUR and USD: no currency was converted"),
        ("F16 * 2", "F16 may have been misread: no column header"),
        ("F1 + 100", "plain numbers beside figures were taken as USD million"),
        ("growth(1404, F1)", "plain numbers beside figures were taken as USD million"),
    ],
)
def test_likely_mistakes_are_warned_of(expression: str, warning: str) -> None:
    assert warning in "; ".join(calculated(expression).warnings)


@pytest.mark.parametrize(
    "expression",
    ["F1 / F13", "growth(F2, F1)", "F1 * 2", "F1 / 4", "max(F1, 0)", "margin(F3, F1)", "F6 - F7"],
)
def test_what_is_usual_is_not_warned_of(expression: str) -> None:
    assert calculated(expression).warnings == ()


@pytest.mark.parametrize(
    "expression",
    ["1 + 2", "growth(100, 110)", "5%", "sqrt(0)", "growth(margin(1, 3), margin(2, 3))"],
)
def test_literals_alone_have_no_operands_and_no_scale(expression: str) -> None:
    output = calculated(expression)
    assert (output.operands, output.scale, output.warnings) == ((), 1, ())
    assert output == calculated(expression, {})


def test_a_plain_number_counts_in_the_scale_of_the_figure() -> None:
    assert calculated("growth(1404, F1)").value == calculated("growth(F2, F1)").value
    assert calculated("F1 + 100").display == "USD 2,245 million"
    assert calculated("100 - F1").display == "USD -2,045 million"


amounts = st.decimals("-1e6", "1e6", places=2)
scales = st.sampled_from([1, 1000, 10**5, MILLION, 10**7, 10**9])
quickly = settings(max_examples=80, deadline=None)


def value_of(expression: str, **figures: Operand) -> Fraction:
    return evaluate(parse(expression), figures).value


@quickly
@given(amounts, amounts, scales, scales)
def test_scales_never_change_a_sum(one: Decimal, other: Decimal, scale: int, larger: int) -> None:
    figures = {"F1": Operand(one, "USD", scale), "F2": Operand(other, "USD", larger)}
    exact = Fraction(one) * scale + Fraction(other) * larger
    assert value_of("F1 + F2", **figures) == value_of("sum(F2, F1)", **figures) == exact
    output = calculated("F1 + F2", figures)
    assert Fraction(output.value) * output.scale == exact
    assert output.exact


@quickly
@given(amounts.filter(bool), amounts, scales, scales)
def test_a_ratio_is_the_same_in_every_scale(
    one: Decimal, other: Decimal, scale: int, finer: int
) -> None:
    printed = {"F1": Operand(one, "USD", scale), "F2": Operand(other, "USD", scale)}
    finely = {
        name: replace(each, scale=1, value=each.value * finer) for name, each in printed.items()
    }
    assert value_of("F2 / F1", **printed) == value_of("F2 / F1", **finely)


@quickly
@given(amounts, amounts, scales)
def test_a_plain_number_equals_a_figure_of_the_same_scale(
    one: Decimal, other: Decimal, scale: int
) -> None:
    figures = {"F1": Operand(one, "USD", scale), "F2": Operand(other, "USD", scale)}
    assert value_of(f"F1 - ({other})", **figures) == value_of("F1 - F2", **figures)
    assert value_of(f"min({other}, F1)", **figures) == value_of("min(F2, F1)", **figures)


@quickly
@given(st.decimals("-100", "100", places=3), st.decimals("-100", "100", places=3))
def test_points_added_back_give_the_percent(one: Decimal, other: Decimal) -> None:
    figures = {"F1": Operand(one, "percent"), "F2": Operand(other, "percent")}
    assert calculated("F2 + (F1 - F2)", figures).value == one
    points = calculated("F1 - F2", figures)
    assert (points.unit, points.value) == ("percentage points", one - other)
    bps = {"F1": figures["F2"], "F2": Operand((one - other) * 100, "basis points")}
    assert calculated("F1 + F2", bps).value == one


@quickly
@given(amounts, st.decimals("0.01", "1e6", places=2), scales, scales)
def test_per_share_times_shares_is_the_amount(
    amount: Decimal, shares: Decimal, scale: int, of_shares: int
) -> None:
    figures = {"F1": Operand(amount, "USD", scale), "F2": Operand(shares, "shares", of_shares)}
    assert value_of("F1 / F2 * F2", **figures) == Fraction(amount) * scale
    assert calculated("F1 / F2", figures).unit == "USD/share"
