"""A value with its unit, and the arithmetic that keeps both honest."""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from tools.arithmetic.limits import MAX_BITS, NOISE, WORKING
from tools.arithmetic.refusal import DomainError


class Unit(StrEnum):
    """What a value is measured in."""

    NUMBER = "number"
    """An amount or a plain number."""
    PERCENT = "percent"
    """What growth, margin and their like return."""
    RATE = "rate"
    """A literal such as 5%: 0.05 beside a number, 5 percentage points beside a percent."""


@dataclass(frozen=True, slots=True)
class Quantity:
    value: Fraction
    """The true size: 0.0694 for 6.94 %."""
    unit: Unit = Unit.NUMBER
    exact: bool = True
    """False once anything it came from was rounded (to 80 digits)."""

    def __neg__(self) -> "Quantity":
        return replace(self, value=-self.value)

    def __add__(self, other: "Quantity") -> "Quantity":
        unit = common_unit(self, other)
        value, exact = self.value + other.value, self.exact and other.exact
        if not exact and abs(value) < NOISE * max(abs(self.value), abs(other.value)):
            value = Fraction(0)
        return bounded(value, unit, exact=exact)

    def __sub__(self, other: "Quantity") -> "Quantity":
        return self + -other

    def __mul__(self, other: "Quantity") -> "Quantity":
        percents = (self.unit, other.unit).count(Unit.PERCENT)
        unit = Unit.PERCENT if percents == 1 else Unit.NUMBER
        return bounded(self.value * other.value, unit, exact=self.exact and other.exact)

    def __truediv__(self, other: "Quantity") -> "Quantity":
        if not other.value:
            raise DomainError("division by zero: check the divisor")
        keeps = self.unit is Unit.PERCENT and other.unit is Unit.NUMBER
        unit = Unit.PERCENT if keeps else Unit.NUMBER
        return bounded(self.value / other.value, unit, exact=self.exact and other.exact)

    def measured_in(self, unit: Unit) -> "Quantity":
        return replace(self, unit=unit)


def common_unit(*quantities: Quantity) -> Unit:
    """The unit in which all can be added or compared; a RATE takes on the unit of the others.

    Raises:
        DomainError: there are percents and numbers among them.
    """
    units = {quantity.unit for quantity in quantities} - {Unit.RATE}
    if len(units) > 1:
        raise DomainError(
            "a percent and a number don't mix: write the number as a percent (5% for 5 percentage"
            " points), or turn the percent into a number by / 100%, as in"
            " 1 + growth(100, 110) / 100%"
        )
    return units.pop() if units else Unit.RATE


def bounded(value: Fraction, unit: Unit = Unit.NUMBER, *, exact: bool = True) -> Quantity:
    """Rounds to 80 digits what would take more than some 3,000, so that no chain of steps explodes.

    Raises:
        DomainError: the value itself, not its fraction alone, has thousands of digits.
    """
    if max(value.numerator.bit_length(), value.denominator.bit_length()) <= MAX_BITS:
        return Quantity(value, unit, exact)
    if abs(value.numerator.bit_length() - value.denominator.bit_length()) > MAX_BITS:
        raise DomainError("the result would have thousands of digits: scale the figures down")
    return Quantity(Fraction(to_decimal(value)), unit, exact=False)


def to_decimal(value: Fraction) -> Decimal:
    """Rounded half to even to 80 significant digits."""
    return WORKING.divide(Decimal(value.numerator), Decimal(value.denominator))
