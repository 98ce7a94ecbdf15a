"""The calculator as the model calls it."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from core.errors import ToolError
from tools.calculate import Input, Output, calculate


async def result(expression: str) -> Output:
    return await calculate(Input(expression=expression))


async def test_growth_is_a_percent_rounded_for_people() -> None:
    output = await result("GROWTH( 11588,12392 )")
    assert output == Output(
        expression="growth(11588, 12392)",
        value=Decimal("6.938211943389713496720745599"),
        unit="percent",
        display="6.94 %",
        exact=False,
    )


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("0.1 + 0.2", "0.3"),
        ("1,234.5 + 2", "1236.5"),
        ("(1,234,567)", "1234567"),
        ("$1,200 + $300.50", "1500.50"),
        ("growth($100, $110)", "10"),
        ("3 × 4 − 1 ÷ 2", "11.5"),  # noqa: RUF001 - the signs of a typeset filing
        ("1\u00a0+\u202f2", "3"),
        ("-2^2", "-4"),
        ("2**3**2", "512"),
        ("2^-2", "0.25"),
        ("10 - 4 - 3", "3"),
        ("8 / 4 / 2", "1"),
        ("--5 + +1", "6"),
        ("(250)", "250"),
        ("5%", "0.05"),
        ("5 %^2", "0.0025"),
        ("1.5e-3", "0.0015"),
        (".5 + 5.", "5.5"),
        ("average(1, 2, 6)", "3"),
        ("sum(1, 2, 3)", "6"),
        ("min(3, -1, 2)", "-1"),
        ("max(3, -1, 2)", "3"),
        ("abs(-3)", "3"),
        ("round(2.345, 2)", "2.35"),
        ("round(-2.5, 0)", "-3"),
        ("round(1250, -2)", "1300"),
        ("sqrt(6.25)", "2.5"),
        ("27^(1/3)", "3"),
        ("0^0.001234", "0"),
        ("ratio(300, 120)", "2.5"),
        ("change(120, 100)", "-20"),
        ("npv(10%, -100, 55, 60.5)", "0"),
        ("npv(0, 1, 2, 3)", "6"),
    ],
)
async def test_exact_values(expression: str, value: str) -> None:
    output = await result(expression)
    assert (output.value, output.exact) == (Decimal(value), True)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("margin(1577, 12616)", "12.5"),
        ("percent(1, 8)", "12.5"),
        ("cagr(1, 32, 5)", "100"),
        ("cagr(100, 0, 3)", "-100"),
        ("irr(-100, 110)", "10"),
        ("irr(0, -100, 0, 121, 0)", "10"),
        ("growth(100, 110) - 5%", "5"),
        ("growth(100, 110) + growth(100, 105)", "15"),
        ("2 * growth(100, 110)", "20"),
        ("growth(100, 110) / 4", "2.5"),
        ("change(margin(10, 100), margin(15, 100))", "5"),
        ("average(margin(10, 100), 20%)", "15"),
        ("round(growth(3, 4), 1)", "33.3"),
        ("growth(5%, margin(6, 100))", "20"),
    ],
)
async def test_percents(expression: str, value: str) -> None:
    output = await result(expression)
    assert (output.value, output.unit, output.exact) == (Decimal(value), "percent", True)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("growth(100, 110) / growth(100, 105)", "2"),
        ("growth(100, 110) / 100%", "0.1"),
        ("growth(100, 110) * growth(100, 110)", "0.01"),
        ("2000 * margin(69, 1000) / 100%", "138"),
        ("1 + growth(100, 110) / 100%", "1.1"),
        ("5% + 3%", "0.08"),
        ("100 + 5%", "100.05"),
        ("ratio(margin(10, 100), margin(20, 100))", "0.5"),
        ("npv(irr(-100, 110), -100, 110)", "0"),
    ],
)
async def test_numbers_made_of_percents(expression: str, value: str) -> None:
    output = await result(expression)
    assert (output.value, output.unit) == (Decimal(value), "number")


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("1 / 3", "0.3333333333333333333333333333"),
        ("2 / 3", "0.6666666666666666666666666667"),
        ("sqrt(2)", "1.414213562373095048801688724"),
        ("(1 + 5% / 365)^3650", "1.648664813765471830213999421"),
        ("sqrt(2)^2 - 2", "0"),
        ("2^-5000", "7.079811261048172892385615159E-1506"),
    ],
)
async def test_what_has_no_short_decimal_is_rounded_and_says_so(
    expression: str, value: str
) -> None:
    output = await result(expression)
    assert (output.value, output.exact) == (Decimal(value), False)


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("12392", "12,392"),
        ("-1234.565", "-1,234.57"),
        ("0.0694", "0.0694"),
        ("1e15", "1e+15"),
        ("1 / 3e9", "3.33333e-10"),
        ("percent(-1, 8)", "-12.5 %"),
        ("percent(1, 100000)", "0.001 %"),
        ("0 * growth(1, 2)", "0 %"),
    ],
)
async def test_display(expression: str, shown: str) -> None:
    assert (await result(expression)).display == shown


@pytest.mark.parametrize(
    ("expression", "column", "hint"),
    [
        ("1 / (2 - 2)", 3, "division by zero"),
        ("growth(0, 5)", 1, "report change(old, new)"),
        ("growth(-5, 5)", 1, "report change(old, new)"),
        ("cagr(-1, 2, 3)", 1, "positive begin"),
        ("cagr(1, -2, 3)", 1, "not negative"),
        ("cagr(1, 2, 0)", 1, "positive number of years"),
        ("margin(1, -2)", 1, "positive revenue"),
        ("1 + sqrt(-1)", 5, "no square root"),
        ("(-8)^(1/3)", 5, "whole powers"),
        ("0^0", 2, "positive power"),
        ("gowth(1, 2)", 1, "did you mean growth(old, new)?"),
        ("zzz(1)", 1, "use one of growth,"),
        ("growth(1)", 1, "too few arguments, 1: write growth(old, new)"),
        ("sum()", 1, "too few arguments"),
        ("sqrt(1, 2)", 1, "2 arguments, more than 1: write sqrt(x)"),
        ("revenue * 2", 1, "write the figure itself"),
        ("NaN", 1, "is not a number"),
        ("-Infinity", 2, "is not a number"),
        ("1 2", 3, "an operator"),
        ("5M", 2, "write e6"),
        ("1)", 2, "no ( for this )"),
        ("2 * (1 + 3", 5, "add the missing )"),
        ("(1 2)", 4, "an operator"),
        ("1 +", 4, "breaks off"),
        ("1 + * 2", 5, "belongs here"),
        ("(1 + 2)%", 8, "percent(part, whole)"),
        ("1.234,56", 6, "a comma separates"),
        ("sum(1,234)", 5, "write 1234, or put a blank"),
        ("1\x002", 2, "can't stand here"),
        ("= 1 + 2", 1, "without an equals sign"),
        ("$5 + €3", 6, "one currency"),
        ("5$", 2, "right before a number"),
        ("growth(1, 2) + 1", 14, "/ 100%"),
        ("max(growth(1, 2), 1)", 1, "don't mix"),
        ("npv(8, -1, 2)", 1, "write 8% or 0.08"),
        ("npv(-100%, -1, 2)", 1, "above -100 %"),
        ("irr(1, 2)", 1, "both signs"),
        ("irr(0, 0)", 1, "both signs"),
        ("irr(-1, 3, -2)", 1, "several rates may exist"),
        ("round(1, 0.5)", 1, "whole number"),
        ("\u0661 + 1", 1, "can't stand here"),
        ("__import__('os')", 12, "can't stand here"),
    ],
)
async def test_a_refusal_says_where_and_what_to_write(
    expression: str, column: int, hint: str
) -> None:
    with pytest.raises(ToolError) as refused:
        await result(expression)
    assert hint in refused.value.detail
    assert refused.value.detail.startswith(f"Column {column}: ")
    assert refused.value.extensions == {"column": column}


@pytest.mark.parametrize("expression", ["", "  \u00a0"])
async def test_nothing_to_calculate(expression: str) -> None:
    with pytest.raises(ToolError, match="empty"):
        await result(expression)


async def test_input_takes_nothing_else() -> None:
    with pytest.raises(ValidationError):
        Input.model_validate({"expression": "1", "principal": "someone"})
