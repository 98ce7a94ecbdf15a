"""A value with its unit, and the arithmetic that keeps both honest."""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from tools.arithmetic.limits import MAX_BITS, NOISE, WORKING
from tools.arithmetic.measure import Measure, in_words, is_rate, product
from tools.arithmetic.refusal import DomainError


class Unit(StrEnum):
    """What a value is measured in."""

    NUMBER = "number"
    """An amount or a plain number."""
    PERCENT = "percent"
    """What growth, margin and their like return, and figures that are printed in percent."""
    POINTS = "percentage points"
    """The difference of two figures in percent, and figures in basis points."""
    RATE = "rate"
    """A literal such as 5%: 0.05 beside a number, 5 percentage points beside a percent."""


@dataclass(frozen=True, slots=True)
class Quantity:
    value: Fraction
    """The true size: 0.0694 for 6.94 %, and in single units: 1,404 USD million is 1,404,000,000."""
    unit: Unit = Unit.NUMBER
    exact: bool = True
    """False once anything it came from was rounded (to 80 digits)."""
    measure: Measure | None = None
    """What it is counted in; None if it came from literals alone, which are counted in nothing."""
    scale: int = 1
    """In what it is shown: 10**6 for millions."""
    periods: frozenset[str] = frozenset()
    """Those of the figures that it came from."""

    def __neg__(self) -> "Quantity":
        return replace(self, value=-self.value)

    def __add__(self, other: "Quantity") -> "Quantity":
        return self._sum(other, _unit_of_sum(self, other))

    def __sub__(self, other: "Quantity") -> "Quantity":
        return self._sum(-other, _unit_of_difference(self, other))

    def _sum(self, other: "Quantity", unit: Unit) -> "Quantity":
        measure = common_measure(self, other)
        value, exact = self.value + other.value, self.exact and other.exact
        if not exact and abs(value) < NOISE * max(abs(self.value), abs(other.value)):
            value = Fraction(0)
        return self._with(other, bounded(value, unit, exact=exact), measure)

    def __mul__(self, other: "Quantity") -> "Quantity":
        made = bounded(
            self.value * other.value,
            _unit_of_product(self, other),
            exact=self.exact and other.exact,
        )
        return self._with(other, made, self._combined(other, 1))

    def __truediv__(self, other: "Quantity") -> "Quantity":
        if not other.value:
            raise DomainError("division by zero: check the divisor")
        keeps = is_share(self) and other.unit is Unit.NUMBER
        unit = self.unit if keeps else Unit.NUMBER
        made = bounded(self.value / other.value, unit, exact=self.exact and other.exact)
        return self._with(other, made, self._combined(other, -1))

    def measured_in(self, unit: Unit) -> "Quantity":
        return replace(self, unit=unit)

    def _combined(self, other: "Quantity", sign: int) -> Measure | None:
        if self.measure is None and other.measure is None:
            return None
        return product(self.measure or (), other.measure or (), sign=sign)

    def _with(self, other: "Quantity", made: "Quantity", measure: Measure | None) -> "Quantity":
        is_scaled = measure and not is_rate(measure)
        return replace(
            made,
            measure=measure,
            scale=max(self.scale, other.scale) if is_scaled else 1,
            periods=self.periods | other.periods,
        )


def is_share(quantity: Quantity) -> bool:
    """Whether it is in hundredths of something."""
    return quantity.unit in (Unit.PERCENT, Unit.POINTS)


def common_measure(*quantities: Quantity) -> Measure | None:
    """What all are counted in; literals take on that of the others.

    Raises:
        DomainError: they are counted in different things.
    """
    measures = {each.measure: None for each in quantities if each.measure is not None}
    if len(measures) > 1:
        names = " and ".join(in_words(each) if each else "a ratio" for each in measures)
        raise DomainError(
            f"{names} don't add up or compare: take figures of one unit. No currency is converted"
        )
    return next(iter(measures), None)


def common_unit(*quantities: Quantity) -> Unit:
    """The unit in which all can be added or compared; a RATE takes on the unit of the others.

    Raises:
        DomainError: there are percents and numbers among them.
    """
    common_measure(*quantities)
    units = {quantity.unit for quantity in quantities} - {Unit.RATE}
    if units == {Unit.PERCENT, Unit.POINTS}:
        raise DomainError("a percent and percentage points don't compare: add or subtract them")
    if len(units) > 1:
        raise DomainError(
            "a percent and a number don't mix: write the number as a percent (5% for 5 percentage"
            " points), or turn the percent into a number by / 100%, as in"
            " 1 + growth(100, 110) / 100%"
        )
    return units.pop() if units else Unit.RATE


def _unit_of_sum(one: Quantity, other: Quantity) -> Unit:
    """A percent that is raised by points stays one."""
    if {one.unit, other.unit} == {Unit.PERCENT, Unit.POINTS}:
        return Unit.PERCENT
    return common_unit(one, other)


def _unit_of_difference(one: Quantity, other: Quantity) -> Unit:
    """Of two percents, if a figure is behind one of them, it is counted in points."""
    unit = _unit_of_sum(one, other)
    are_percents = one.unit is other.unit is Unit.PERCENT
    is_of_figures = one.measure is not None or other.measure is not None
    return Unit.POINTS if are_percents and is_of_figures else unit


def _unit_of_product(one: Quantity, other: Quantity) -> Unit:
    """A percent of an amount is an amount; a ratio of figures times 100% is a percent."""
    shares = [each.unit for each in (one, other) if is_share(each)]
    if len(shares) == 1 and not (one.measure or other.measure):
        return shares[0]
    if not shares and any(
        _is_whole(a) and b.measure == () for a, b in ((one, other), (other, one))
    ):
        return Unit.PERCENT
    return Unit.NUMBER


def _is_whole(quantity: Quantity) -> bool:
    return quantity.unit is Unit.RATE and quantity.value == 1


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
