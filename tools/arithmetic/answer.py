"""A quantity to the decimal that is stored and the text that people read."""

from decimal import ROUND_HALF_EVEN, Context, Decimal, Inexact
from fractions import Fraction

from tools.arithmetic.aggregates import half_away
from tools.arithmetic.limits import EXACT_DIGITS, SHOWN_DIGITS
from tools.arithmetic.measure import UNSTATED, render
from tools.arithmetic.quantity import Quantity, Unit, is_share, to_decimal

_LARGE = Fraction(10) ** 15
_TINY = Fraction(1, 10**6)
_SMALL_PERCENT = Fraction(1, 100)
_SCALES = {
    10**3: "thousand",
    10**5: "lakh",
    10**6: "million",
    10**7: "crore",
    10**9: "billion",
    10**12: "trillion",
}


def decimal_value(quantity: Quantity) -> tuple[Decimal, bool]:
    """The value in its unit and scale, and whether it is the true one to the last digit.

    It is 6.94 for 6.94 %, and 2145 for USD 2,145 million.

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
    """Two decimals, or six of a small value, half away from zero: "12,392", "0.0694", "6.94 %".

    Figures show what they are counted in: "USD 2,145 million", "120 million shares",
    "1.5 percentage points (150 basis points)".

    Raises:
        DomainError: nothing is counted in the quantity's measure.
    """
    value = _in_unit(quantity)
    if quantity.unit is Unit.PERCENT:
        return f"{_rounded(value, _SMALL_PERCENT)} %"
    if quantity.unit is Unit.POINTS:
        basis_points = _rounded(value * 100, Fraction(1))
        return f"{_rounded(value, _SMALL_PERCENT)} percentage points ({basis_points} basis points)"
    number = f"{_rounded(value, Fraction(1))}{scale_in_words(quantity.scale, ' ')}"
    if not quantity.measure:
        return number
    above, *below = render(quantity.measure).split("/")
    if above == UNSTATED:
        above = "(unit not stated)"
    counted = f"{above} {number}" if above.isupper() else f"{number} {above}"
    return " per ".join([counted, *below])


def scale_in_words(scale: int, before: str = "") -> str:
    """Args: before: what goes before the word, if there is one: " million"."""
    word = _SCALES.get(scale, "" if scale == 1 else f"times {scale:,}")
    return f"{before}{word}" if word else ""


def unit_in_words(quantity: Quantity) -> str:
    """`number`, `percent`, `percentage points`, `USD`, `USD/share`, `shares`.

    Raises:
        DomainError: nothing is counted in the quantity's measure.
    """
    if quantity.measure and quantity.unit is Unit.NUMBER:
        return render(quantity.measure)
    return Unit.NUMBER.value if quantity.unit is Unit.RATE else quantity.unit.value


def _rounded(value: Fraction, two_decimals_from: Fraction) -> str:
    if value and not _TINY <= abs(value) < _LARGE:
        short = Context(prec=6).divide(Decimal(value.numerator), Decimal(value.denominator))
        return f"{short.normalize():e}"
    places = 2 if abs(value) >= two_decimals_from else 6
    return _plain(half_away(value * 10**places) / 10**places, places)


def _plain(value: Fraction, places: int) -> str:
    text = f"{to_decimal(value):,.{places}f}"
    return text.rstrip("0").rstrip(".")


def _in_unit(quantity: Quantity) -> Fraction:
    return quantity.value * 100 if is_share(quantity) else quantity.value / quantity.scale


def _divided(value: Fraction, digits: int) -> Decimal | None:
    context = Context(prec=digits, traps=[])
    quotient = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    return None if context.flags[Inexact] else quotient
