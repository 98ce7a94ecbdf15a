"""What a printed figure says: its value, and the unit that is printed with it."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

MAX_DIGITS = 30
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+"
_CURRENCY = r"(?:US|C|CA|A|NZ|HK|NT|R|S)?[$€£¥]"
_FIGURE = re.compile(
    rf"(?P<sign>[(\u2212\u2013-]*+)(?:(?P<currency>{_CURRENCY})(?P<inner>[(\u2212\u2013-]*+))?"
    rf"(?P<number>{_NUMBER})(?P<unit>%|x|pts?\.?|bps)?\)?(?P<late>%|x|pts?\.?|bps)?\)?[*†‡]*"
)
_NIL = re.compile(
    rf"\(?(?P<currency>{_CURRENCY})?\(?[\u2014\u2013\u2012\u2212-]{{1,3}}\)?(?P<unit>%)?\)?"
)
_PLACEHOLDER = re.compile(
    r"(?:N/?A|N/?M|NMF?|n/?[am]|nmf?|\*{1,3}|[†‡]|Flat|nil|None|NR|\+|\(NM\)|[bu]nch\.?)", re.ASCII
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
UNIT_WORDS = {
    "pts": "points",
    "pt": "points",
    "points": "points",
    "bps": "basis points",
    "x": "times",
    "years": "years",
    "year": "years",
    "months": "months",
    "days": "days",
    "percent": "percent",
    "million": "million",
    "billion": "billion",
    "thousand": "thousand",
}
"""Words that may stand behind a figure within its cell."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A token that reads as a number."""

    value: Decimal
    unit: str | None
    """`USD`, `percent`, `points`... where printed."""
    is_year: bool
    is_nil: bool
    is_plain: bool
    """Only digits: no sign, separator, decimals or unit."""


@lru_cache(maxsize=4096)
def parse_figure(text: str) -> Figure | None:
    """The figure that a token prints in full, or None."""
    if not text or len(text) > MAX_DIGITS or text.isalpha():
        return None
    if found := _FIGURE.fullmatch(text):
        return _number(text, found)
    if found := _NIL.fullmatch(text):
        unit = _unit(found["currency"], found["unit"])
        return Figure(Decimal(0), unit, is_year=False, is_nil=True, is_plain=False)
    return None


def is_placeholder(text: str) -> bool:
    """Whether a token stands in a figure's place: "NM", "N/A", "*"."""
    return _PLACEHOLDER.fullmatch(text) is not None


def _number(text: str, found: re.Match[str]) -> Figure:
    value = Decimal(found["number"].replace(",", ""))
    if found["sign"] or found["inner"]:
        value = -value
    return Figure(
        value,
        _unit(found["currency"], found["unit"] or found["late"]),
        is_year=_YEAR.fullmatch(text) is not None,
        is_nil=False,
        is_plain=text.isdigit(),
    )


def _unit(currency: str | None, suffix: str | None) -> str | None:
    if suffix == "%":
        return "percent"
    if suffix:
        return UNIT_WORDS.get(suffix.rstrip("."))
    return _CURRENCIES[currency[-1]] if currency else None
