"""How a filing names its fiscal years, so that a day or a span becomes `FY2022` or `Q2 2024`."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may may", "jun june",
            "jul july", "aug august", "sep sept september", "oct october", "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
)
DATE = re.compile(
    rf"(?P<month>{MONTH})\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*+(?:,\s*+)?(?P<year>(?:19|20)\d\d)\b|"
    r"\b(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>(?:19|20)?\d\d)\b|"
    rf"\b(?P<day2>\d{{1,2}})\s+(?P<month2>{MONTH})\s*+(?:,\s*+)?(?P<year2>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
SLACK = timedelta(days=12)
"""By which a year of 52 or 53 weeks, or a quarter of 13, ends earlier or later."""
DAYS_A_MONTH = 30.44


@dataclass(frozen=True)
class FiscalCalendar:
    """When fiscal years end, and what they are called."""

    end_month: int = 12
    end_day: int = 31
    offset: int = 0
    """Name minus the calendar year in which the fiscal year ends: -1 for many retailers."""
    period_end: date | None = None
    """The last day of the period that the filing reports on."""

    def fiscal_year(self, day: date) -> int:
        """The name of the fiscal year that holds a day; a year's own end may slip some days."""
        end = self._end(day.year)
        if day > end + SLACK:
            end = self._end(day.year + 1)
        elif day <= self._end(day.year - 1) + SLACK:
            end = self._end(day.year - 1)
        return end.year + self.offset

    def year_end(self, fiscal_year: int) -> date:
        """The last day of a fiscal year, near enough."""
        return self._end(fiscal_year - self.offset)

    def quarter(self, day: date) -> int | None:
        """Which quarter ends on a day, if one does."""
        months = self._months_into_year(day)
        quarter = round(months / 3)
        return quarter if abs(months - 3 * quarter) < 0.6 and 1 <= quarter <= 4 else None  # noqa: PLR2004

    def is_year_end(self, day: date) -> bool:
        return any(abs(day - self._end(day.year + step)) <= SLACK for step in (-1, 0, 1))

    def _months_into_year(self, day: date) -> float:
        end = self._end(day.year)
        while end < day - SLACK:
            end = self._end(end.year + 1)
        while self._end(end.year - 1) >= day - SLACK:
            end = self._end(end.year - 1)
        return 12 - (end - day).days / DAYS_A_MONTH

    def _end(self, year: int) -> date:
        return _day(year, self.end_month, self.end_day)


def dates_in(text: str) -> list[date]:
    """Every full date that a text prints."""
    return [day for found in DATE.finditer(text) if (day := _date(found.groupdict())) is not None]


def _date(parts: dict[str, str | None]) -> date | None:
    try:
        if parts["month"]:
            return date(int(parts["year"] or 0), _month(parts["month"]), int(parts["day"] or 0))
        if parts["month2"]:
            return date(int(parts["year2"] or 0), _month(parts["month2"]), int(parts["day2"] or 0))
        year = int(parts["y"] or 0)
        return date(year + 2000 if year < 100 else year, int(parts["m"] or 0), int(parts["d"] or 0))  # noqa: PLR2004
    except ValueError:
        return None


def _month(name: str) -> int:
    return MONTHS[name.lower().rstrip(".")]


def _day(year: int, month: int, day: int) -> date:
    """A date, moved to its month's end if the month is shorter."""
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1
