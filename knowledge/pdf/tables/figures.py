"""What a printed figure says: its value, and the unit that is printed with it."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from knowledge.pdf.tables.currencies import currency_of
from knowledge.pdf.tables.figure_patterns import (
    FIGURES,
    LOOKS_LIKE_ONE,
    NIL,
    OF_TEXT,
    PLACEHOLDER,
    YEAR,
    ZEROS,
)
from knowledge.pdf.tables.number_styles import US_STYLE, NumberStyle

MAX_DIGITS = 30
MAX_LOOKED_AT = 100
UNCLEAR_FORMAT = "number format unclear"
MARK_DIGITS = 3
GROUP = 3
"""Digits behind a separator that may part thousands."""
CREDIT, DEBIT = "CR", "DR"
UNITS = {
    "%": "percent",
    "x": "times",
    "pt": "points",
    "pts": "points",
    "bps": "basis points",
    "p": "pence",
    "c": "cents",
}
"""By what is printed right behind a figure."""
SCALES = {"k": 1000, "K": 1000, "m": 10**6, "M": 10**6, "mn": 10**6, "bn": 10**9, "B": 10**9}


@dataclass(frozen=True, slots=True)
class Figure:
    """A token that reads as a number."""

    value: Decimal
    unit: str | None
    """`EUR`, `percent`, `points`... where printed; `$`, `¥` and `kr` are several countries'."""
    is_year: bool = False
    is_nil: bool = False
    is_plain: bool = False
    """Only digits: no sign, separator, decimals or unit."""
    scale: int | None = None
    """Where printed with it: 10**6 for "12.3 million"."""
    doubt: str | None = None
    side: str | None = None
    """`CR` or `DR`, where printed."""
    marks: int = 0
    """Characters of footnote marks at its end."""


@lru_cache(maxsize=4096)
def parse_figure(text: str, style: NumberStyle = US_STYLE) -> Figure | None:
    """The figure that a token prints in full, or None."""
    if not text or len(text) > MAX_DIGITS or text.isalpha():
        return None
    if found := FIGURES[style.decimal].fullmatch(text):
        return _figure(text, found, style)
    if found := NIL.fullmatch(text):
        unit = "percent" if found["unit"] == "%" else _currency(found["currency"] or found["unit"])
        return Figure(Decimal(0), unit, is_nil=True)
    return None


def is_placeholder(text: str) -> bool:
    """Whether a token stands in a figure's place: "NM", "N/A", "*"."""
    return PLACEHOLDER.fullmatch(text) is not None


def is_unreadable(text: str) -> bool:
    """Whether a token that is no figure was meant to be one: "1,23,45.6.7"."""
    if not any(map(str.isdigit, text[:4])) or not LOOKS_LIKE_ONE.fullmatch(text):
        return False
    return len(text) > MAX_LOOKED_AT or OF_TEXT.fullmatch(text) is None


def _figure(text: str, found: re.Match[str], style: NumberStyle) -> Figure | None:
    number, suffix = found["number"], found["unit"] or found["late"]
    if ZEROS.fullmatch(number) or not _may_stand(found, suffix):
        return None
    value, is_guess = _value(number, style)
    side = suffix if suffix in (CREDIT, DEBIT) else None
    minus = f"{found['sign']}{found['inner'] or ''}{found['behind'] or ''}".replace("+", "")
    return Figure(
        -value if minus or side == DEBIT else value,
        UNITS.get((suffix or "").rstrip(".")) or _currency(found["currency"] or suffix),
        is_year=YEAR.fullmatch(text) is not None,
        is_plain=text.isdigit(),
        scale=SCALES.get(suffix or ""),
        doubt=UNCLEAR_FORMAT if is_guess else None,
        side=side,
        marks=len(found["marks"]),
    )


def _may_stand(found: re.Match[str], suffix: str | None) -> bool:
    """Not "10-", a word's first half, nor "12m" and "7c", which are no amounts."""
    number = found["number"]
    if found["behind"] and number.isdigit():
        return False
    if found["marks"] and found["sign"] == "(" and number.isdigit() and len(number) < MARK_DIGITS:
        return False  # "(2)(3)" are marks alone
    if suffix in SCALES:
        return found["currency"] is not None
    return suffix != "c" or not number.isdigit()


def _value(number: str, style: NumberStyle) -> tuple[Decimal, bool]:
    """A number's value, and whether its separator could have meant something else."""
    plain = number.replace("'", "").replace("\u2019", "")
    last = max(plain.rfind("."), plain.rfind(","))
    if last < 0:
        return Decimal(plain), False
    mark = plain[last]
    other = "," if mark == "." else "."
    is_group = plain.count(mark) > 1 or not (
        other in plain or mark == style.decimal or plain != number
    )
    if is_group:
        return Decimal(plain.replace(mark, "")), False
    value = Decimal(plain.replace(other, "").replace(mark, "."))
    may_group = other not in plain and plain == number and len(plain) - last - 1 == GROUP
    return value, may_group and not style.is_sure and 0 < last <= GROUP and plain[0] != "0"


def _currency(sign: str | None) -> str | None:
    return currency_of(sign) if sign else None
