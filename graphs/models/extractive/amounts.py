"""Amounts as people read them, in the scale and with the digits that a question asks for."""

from decimal import ROUND_HALF_UP, Decimal

from graphs.models.extractive.question import Question
from knowledge.figures.shown import SCALE_WORDS

_POWERS = {"": 0, "thousand": 3, "million": 6, "billion": 9}
_CODE = 3
"""Letters of a currency's code."""


def in_words(value: Decimal, unit: str, scale: int, question: Question) -> str:
    """`USD 2,310 million`, `70.6 %`, `4.37 pence per share`, `-1,404` without a unit.

    Args:
        value: in `unit` and `scale`.
        unit: `USD`, `percent`, `USD/share`; empty where nothing tells.
        scale: what the value is multiplied by.
        question: may ask for another scale, and for digits.
    """
    if is_amount(unit) and question.scale is not None:
        wanted = 10 ** _POWERS[question.scale]
        value, scale = value * scale / wanted, wanted
        value = value.normalize() if question.digits is None else value
    return _with_unit(rounded(value, question.digits), unit, SCALE_WORDS.get(scale, ""))


def is_amount(unit: str) -> bool:
    """Whether a unit is a currency alone, or unknown: what scales apply to."""
    return not unit or (len(unit) == _CODE and unit.isupper())


def rounded(value: Decimal, digits: int | None) -> str:
    """Half away from zero; all digits where none are asked for."""
    if digits is None:
        return f"{value:,f}"
    step = Decimal(1).scaleb(-digits)
    return f"{value.quantize(step, ROUND_HALF_UP):,f}"


def _with_unit(number: str, unit: str, scale: str) -> str:
    """A number with its unit where people expect it."""
    if unit == "percent":
        return f"{number} %"
    name, _, per = unit.partition("/")
    parts = (
        (name, number, scale) if len(name) == _CODE and name.isupper() else (number, scale, name)
    )
    whole = " ".join(filter(None, parts))
    return f"{whole} per {per}" if per else whole
