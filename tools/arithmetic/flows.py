"""Streams of money: net present value and internal rate of return."""

from collections.abc import Sequence
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

from tools.arithmetic.limits import WORKING
from tools.arithmetic.quantity import Quantity, Unit, bounded, common_unit, to_decimal
from tools.arithmetic.refusal import DomainError

_ONE = Quantity(Fraction(1))
_SHORT = Context(prec=12)
_HALF = Decimal("0.5")
_WIDTH = Decimal("1e-78")
"""Of the last bracket, relative: 280 halvings away, some 20 of them on the exponent."""


def npv(rate: Quantity, *flows: Quantity) -> Quantity:
    """The sum of cf_t / (1 + rate)^t for t = 0, 1, 2, ...: the first flow is today's.

    A spreadsheet's NPV(rate, ...) takes its first value at t = 1, so this is the spreadsheet's
    cf0 + NPV(rate, cf1, ...). Source: Brealey, Myers, Allen, "Principles of Corporate Finance",
    ch. 2.

    Raises:
        DomainError: the rate is -100 % or less, or a bare number of 1 or more (8 for 8%).
    """
    discount = _ONE / (_ONE + _checked_rate(rate))
    unit = common_unit(*flows)
    total = flows[-1].measured_in(unit)
    for flow in reversed(flows[:-1]):
        total = flow.measured_in(unit) + (total * discount).measured_in(unit)
    return total


def irr(*flows: Quantity) -> Quantity:
    """The rate at which npv is zero, a percent per period.

    With x = 1 / (1 + rate), npv is a polynomial in x. Flows that change sign once have exactly one
    positive root (Descartes' rule of signs), which Cauchy's bounds bracket and bisection finds.
    Flows that change sign more often may have several rates, none of which is "the" return, and are
    refused.
    Source: Brealey, Myers, Allen, "Principles of Corporate Finance", ch. 5.
    """
    common_unit(*flows)
    _check_signs([flow.value for flow in flows if flow.value])
    root = _positive_root(_trimmed([to_decimal(flow.value) for flow in flows]))
    rate = _ONE / bounded(Fraction(root), exact=False) - _ONE
    short = Quantity(Fraction(_SHORT.plus(to_decimal(rate.value))), Unit.PERCENT)
    if short.value > -1 and _is_exact_zero(npv(short, *flows)):
        return short
    return rate.measured_in(Unit.PERCENT)


def _checked_rate(rate: Quantity) -> Quantity:
    if rate.measure or (rate.unit is Unit.NUMBER and rate.value >= 1):
        raise DomainError("the rate is a percent or a fraction: write 8% or 0.08, not 8")
    if rate.value <= -1:
        raise DomainError("the rate must be above -100 %")
    return rate.measured_in(Unit.NUMBER)


def _check_signs(values: Sequence[Fraction]) -> None:
    changes = sum((before > 0) != (after > 0) for before, after in pairwise(values))
    if not changes:
        raise DomainError(
            "irr needs flows of both signs: write what is paid as a negative, as in irr(-100, 110)"
        )
    if changes > 1:
        raise DomainError(
            f"the flows change sign {changes} times, so several rates may exist: compare"
            " npv(rate, ...) at your cost of capital instead"
        )


def _trimmed(flows: list[Decimal]) -> list[Decimal]:
    """Without zeros at either end, which move no root."""
    places = [place for place, flow in enumerate(flows) if flow]
    return flows[places[0] : places[-1] + 1]


def _positive_root(coefficients: list[Decimal]) -> Decimal:
    """Of the polynomial with the constant first, whose signs change once."""
    with localcontext(WORKING):
        largest = max(map(abs, coefficients))
        low = 1 / (1 + largest / abs(coefficients[0]))
        high = 1 + largest / abs(coefficients[-1])
        while high - low > high * _WIDTH:
            middle = (low + high) * _HALF if high < 2 * low else (low * high).sqrt()
            if (_polynomial(coefficients, middle) > 0) == (coefficients[0] > 0):
                low = middle
            else:
                high = middle
        return high


def _polynomial(coefficients: list[Decimal], x: Decimal) -> Decimal:
    total = Decimal(0)
    for coefficient in reversed(coefficients):
        total = total * x + coefficient
    return total


def _is_exact_zero(quantity: Quantity) -> bool:
    return quantity.exact and not quantity.value
