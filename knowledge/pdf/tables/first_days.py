"""On which day a span begins that ends on a given day."""

from collections.abc import Iterable
from datetime import date, timedelta

from knowledge.pdf.tables.calendar import is_month_end

WEEKS_A_MONTH = {3: 13, 6: 26, 9: 39, 12: 52}
_SHORTEST_YEAR, _LONGEST_YEAR = timedelta(days=363), timedelta(days=372)


def first_day(last: date, months: int, weeks: int | None) -> date | None:
    """The first day of a span of months, or of the weeks that are printed.

    A span that ends within a month is one of weeks; that a year had 53 of them is told by the
    year before it only (see `day_after_year_before`): without that, it has 52.
    """
    if weeks is None and is_month_end(last):
        month = last.year * 12 + last.month - months  # of the first month, from 0
        return date(month // 12, month % 12 + 1, 1)
    count = weeks or WEEKS_A_MONTH.get(months)
    return last - timedelta(weeks=count, days=-1) if count else None


def day_after_year_before(last: date, others: Iterable[date]) -> date | None:
    """The first day of a year whose predecessor ends on one of the other columns' last days."""
    ends = (day for day in others if _SHORTEST_YEAR <= last - day <= _LONGEST_YEAR)
    return next((day + timedelta(days=1) for day in ends), None)
