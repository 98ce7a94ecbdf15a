from decimal import Decimal

from evals.examples import Category
from evals.figures import amounts, within_half


def signed(amount) -> Decimal:
    value = amount.magnitude * (amount.scale or 1)
    return -value if amount.signs == {-1} else value


def equals(amount, result, sizes) -> bool:
    """To the last digit shown; a percent in percent, money in the filings' scale or millions."""
    if amount.percent:
        return result.unit == "percent" and within_half(
            result.value, signed(amount), amount.quantum
        )
    quantum = amount.quantum * (amount.scale or 1)
    scaled = sizes if amount.scale else (Decimal(1),)
    return any(within_half(result.value * each, signed(amount), quantum) for each in scaled)


async def test_each_reference_calculation_computes_the_gold_answer(asked, results_of, sizes_of):
    n_calculated = 0
    for question in asked:
        sizes = sizes_of(question)
        for result in await results_of(question):
            n_calculated += 1
            assert any(equals(each, result, sizes) for each in amounts(question.answer)), (
                question.id
            )
    assert n_calculated > 150


def test_what_takes_arithmetic_has_a_calculation(asked):
    for question in asked:
        calculates = any(call.tool == "calculate" for call in question.tool_calls)
        assert calculates == ("Numerical reasoning" in question.reasoning)
        if question.category == Category.COMPUTATION:
            assert calculates


async def test_the_calculation_of_a_known_ratio(asked, results_of):
    margin = next(e for e in asked if e.id == "halvorsen_2023_10k.computation.gross_margin")
    (result,) = await results_of(margin)
    assert result.expression == "margin(347396, 959657)"
    assert margin.answer == "36.2%"
