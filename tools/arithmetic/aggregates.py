"""Functions of a list of figures, or of one."""

from dataclasses import replace
from fractions import Fraction
from functools import reduce
from operator import add
from typing import Final

from tools.arithmetic.quantity import Quantity, Unit, bounded, common_measure, common_unit, is_share
from tools.arithmetic.refusal import DomainError

MAX_ROUND_DIGITS: Final = 30


def total(*values: Quantity) -> Quantity:
    """The sum, in the unit of the figures."""
    return reduce(add, values)


def average(*values: Quantity) -> Quantity:
    """The arithmetic mean, in the unit of the figures."""
    return (total(*values) / Quantity(Fraction(len(values)))).measured_in(common_unit(*values))


def least(*values: Quantity) -> Quantity:
    """The smallest, in the unit of the figures."""
    return _one_of(min(values, key=_size), values)


def greatest(*values: Quantity) -> Quantity:
    """The largest, in the unit of the figures."""
    return _one_of(max(values, key=_size), values)


def absolute(x: Quantity) -> Quantity:
    """Without its sign."""
    return -x if x.value < 0 else x


def rounded(x: Quantity, digits: Quantity) -> Quantity:
    """To so many decimals, half away from zero as a spreadsheet does.

    A percent is rounded in its points, and a figure in the scale that it is printed in.
    """
    places = digits.value
    is_count = digits.unit is Unit.NUMBER and not digits.measure
    if places.denominator != 1 or abs(places) > MAX_ROUND_DIGITS or not is_count:
        raise DomainError(
            f"digits is a whole number from -{MAX_ROUND_DIGITS} to {MAX_ROUND_DIGITS}, as in"
            " round(2.345, 2)"
        )
    scale = Fraction(10) ** (int(places) + (2 if is_share(x) else 0)) / x.scale
    made = bounded(half_away(x.value * scale) / scale, x.unit, exact=x.exact)
    return replace(x, value=made.value, exact=made.exact)


def half_away(value: Fraction) -> Fraction:
    """The nearest whole number, a half going away from zero."""
    whole = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return Fraction(whole if value >= 0 else -whole)


def _one_of(chosen: Quantity, values: tuple[Quantity, ...]) -> Quantity:
    """A literal among figures is counted as they are."""
    return replace(
        chosen,
        unit=common_unit(*values),
        measure=common_measure(*values),
        scale=max(each.scale for each in values),
    )


def _size(quantity: Quantity) -> Fraction:
    return quantity.value
