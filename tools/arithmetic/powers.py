"""Powers and roots: exact where the result is rational and short, else to 80 digits."""

from dataclasses import replace
from fractions import Fraction

from tools.arithmetic.limits import (
    MAX_BITS,
    MAX_EXACT_ROOT,
    MAX_INEXACT_EXPONENT,
    MAX_MAGNITUDE,
    WORKING,
)
from tools.arithmetic.quantity import Quantity, Unit, bounded, to_decimal
from tools.arithmetic.refusal import DomainError


def power(base: Quantity, exponent: Quantity) -> Quantity:
    """Returns a number: units don't survive a power.

    Raises:
        DomainError: not defined (0^0, 0^-1, a fractional power of a negative, a power of an
            amount), or beyond 10^±3000.
    """
    if base.measure or exponent.measure:
        raise DomainError(
            "an amount has no powers and roots: take those of a ratio, as in (F2 / F1)^(1/5)"
        )
    made = _power(base, exponent)
    is_of_figures = base.measure is not None or exponent.measure is not None
    measure = () if is_of_figures else None
    return replace(made, measure=measure, periods=base.periods | exponent.periods)


def _power(base: Quantity, exponent: Quantity) -> Quantity:
    if not base.value and exponent.value <= 0:
        raise DomainError("0 can only be raised to a positive power")
    if base.value < 0 and exponent.value.denominator != 1:
        raise DomainError("a negative number has whole powers only: check the sign of the base")
    value = _exact_power(base.value, exponent.value)
    if value is None:
        return bounded(_rounded_power(base.value, exponent.value), exact=False)
    return bounded(value, exact=base.exact and exponent.exact)


def sqrt(x: Quantity) -> Quantity:
    """The square root, a number."""
    if x.value < 0:
        raise DomainError("a negative number has no square root: check the sign")
    if x.measure or x.value:
        return power(x, Quantity(Fraction(1, 2)))
    return x.measured_in(Unit.NUMBER)


def integer_root(number: int, degree: int) -> int:
    """The floor of the root, by Newton's iteration from above. `number` is not negative."""
    if number <= 1:
        return number
    guess = 1 << -(-number.bit_length() // degree)
    while True:
        below = ((degree - 1) * guess + number // guess ** (degree - 1)) // degree
        if below >= guess:
            return guess
        guess = below


def _exact_power(base: Fraction, exponent: Fraction) -> Fraction | None:
    root = _exact_root(base, exponent.denominator)
    if root is None:
        return None
    if abs(root) <= 1 and root.denominator == 1:
        return root if exponent.numerator % 2 else abs(root)
    bits = max(root.numerator.bit_length(), root.denominator.bit_length())
    return root**exponent.numerator if bits * abs(exponent.numerator) <= MAX_BITS else None


def _exact_root(base: Fraction, degree: int) -> Fraction | None:
    if degree == 1 or base in {0, 1}:
        return base
    if degree > MAX_EXACT_ROOT:
        return None
    root = Fraction(integer_root(base.numerator, degree), integer_root(base.denominator, degree))
    return root if root**degree == base else None


def _rounded_power(base: Fraction, exponent: Fraction) -> Fraction:
    if abs(exponent) > MAX_INEXACT_EXPONENT:
        raise DomainError(f"the exponent is beyond {MAX_INEXACT_EXPONENT}: use a smaller one")
    logarithm = WORKING.log10(to_decimal(abs(base)))
    if abs(WORKING.multiply(logarithm, to_decimal(exponent))) > MAX_MAGNITUDE:
        raise DomainError("the result would have thousands of digits: use a smaller exponent")
    return Fraction(WORKING.power(to_decimal(base), to_decimal(exponent)))
