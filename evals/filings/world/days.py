"""The days of a period, by the fiscal year of the document that names it."""

import re
from datetime import date, timedelta
from typing import NamedTuple

_FISCAL = re.compile(r"(?:FY|Q(?P<quarter>[1-4]) |H(?P<half>[12]) )(?P<year>\d{4})")
MONTHS_A_YEAR = 12


class Days(NamedTuple):
    """`starts_on` is None of a balance; both are where the period names no day."""

    starts_on: date | None
    ends_on: date | None


def days(period: str | None, year_end: tuple[int, int]) -> Days:
    """Args: year_end: month and day on which a fiscal year ends."""
    if period is None:
        return Days(None, None)
    found = _FISCAL.fullmatch(period)
    if not found:
        return Days(None, date.fromisoformat(period))
    last = date(int(found["year"]), *year_end)
    months = 3 if found["quarter"] else 6 if found["half"] else MONTHS_A_YEAR
    at = int(found["quarter"] or found["half"] or 1)
    ends_on = _months_before(last, MONTHS_A_YEAR - at * months)
    return Days(_months_before(ends_on, months) + timedelta(days=1), ends_on)


def _months_before(last: date, months: int) -> date:
    """The end of the month so many before one that ends on `last`."""
    years, month = divmod(last.month - months - 1, MONTHS_A_YEAR)
    after = date(last.year + years + (month + 1) // MONTHS_A_YEAR, (month + 1) % 12 + 1, 1)
    return after - timedelta(days=1)
