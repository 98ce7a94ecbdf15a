"""Warnings of figures that don't cover the same stretch of time."""

import re
from collections.abc import Sequence
from typing import Final

from tools.arithmetic.quantity import Quantity

_LENGTHS: Final = {
    "FY": "a year",
    "9M": "nine months",
    "H1": "a half-year",
    "H2": "a half-year",
    **dict.fromkeys(("Q1", "Q2", "Q3", "Q4"), "a quarter"),
}
_LABEL: Final = re.compile(r"(?P<part>FY|9M|H[12]|Q[1-4]) ?(?P<year>\d{4})")

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def warn_of_lengths(quantities: Sequence[Quantity]) -> str | None:
    """A quarter beside a year, whatever is done with them; a balance has no length."""
    periods = sorted({period for each in quantities for period in each.periods})
    lengths = {period: length for period in periods if (length := _length(period))}
    kinds = dict.fromkeys(lengths.values())
    if len(kinds) <= 1:
        return None
    return f"{' beside '.join(kinds)}: the figures cover {', '.join(lengths)}"


def warn_of_years(*quantities: Quantity) -> str | None:
    """Of a margin, both figures are of one period."""
    periods = {period for each in quantities for period in each.periods}
    if len(periods) <= 1:
        return None
    return f"the figures are of different periods: {', '.join(sorted(periods))}"


def warn_of_order(old: Quantity, new: Quantity, *_: Quantity) -> str | None:
    """Growth goes from the older to the newer; only periods of one length are compared."""
    before, after = _order(old), _order(new)
    if before is None or after is None or before[0] != after[0] or before <= after:
        return None
    return (
        f"the first figure is of {min(old.periods)}, later than {min(new.periods)}: the older one"
        " comes first"
    )


def _length(period: str) -> str | None:
    label = _LABEL.fullmatch(period)
    return _LENGTHS[label["part"]] if label else None


def _order(quantity: Quantity) -> tuple[str, str] | None:
    """Length and time of the one period that it came from."""
    if len(quantity.periods) != 1:
        return None
    (period,) = quantity.periods
    label = _LABEL.fullmatch(period)
    if label:
        return _LENGTHS[label["part"]], f"{label['year']} {label['part']}"
    return ("a day", period) if _DAY.fullmatch(period) else None
