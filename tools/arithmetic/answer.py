"""A quantity to the decimal that is stored and the text that people read."""

from decimal import ROUND_HALF_EVEN, Context, Decimal, Inexact
from fractions import Fraction

from tools.arithmetic.aggregates import half_away
from tools.arithmetic.limits import EXACT_DIGITS, SHOWN_DIGITS
from tools.arithmetic.quantity import Quantity, Unit, to_decimal

_LARGE = Fraction(10) ** 15
_TINY = Fraction(1, 10**6)
_SMALL_PERCENT = Fraction(1, 100)


def decimal_value(quantity: Quantity) -> tuple[Decimal, bool]:
    """The value in its unit (6.94 for 6.94 %), and whether it is the true one to the last digit.

    What has no decimal of at most 1,000 digits, or came from a root, is rounded half to even to 28
    significant digits.
    """
    value = _in_unit(quantity)
    full = _divided(value, EXACT_DIGITS)
    if quantity.exact and full is not None:
        return full, True
    context = Context(prec=SHOWN_DIGITS, rounding=ROUND_HALF_EVEN)
    return context.divide(Decimal(value.numerator), Decimal(value.denominator)), False


def display(quantity: Quantity) -> str:
    """Two decimals, or six of a small value, half away from zero: "12,392", "0.0694", "6.94 %"."""
    value = _in_unit(quantity)
    suffix = " %" if quantity.unit is Unit.PERCENT else ""
    if value and not _TINY <= abs(value) < _LARGE:
        short = Context(prec=6).divide(Decimal(value.numerator), Decimal(value.denominator))
        return f"{short.normalize():e}{suffix}"
    places = 2 if abs(value) >= (_SMALL_PERCENT if suffix else 1) else 6
    rounded = half_away(value * 10**places) / 10**places
    return f"{_plain(rounded, places)}{suffix}"


def _plain(value: Fraction, places: int) -> str:
    text = f"{to_decimal(value):,.{places}f}"
    return text.rstrip("0").rstrip(".")


def _in_unit(quantity: Quantity) -> Fraction:
    return quantity.value * 100 if quantity.unit is Unit.PERCENT else quantity.value


def _divided(value: Fraction, digits: int) -> Decimal | None:
    context = Context(prec=digits, traps=[])
    quotient = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    return None if context.flags[Inexact] else quotient
