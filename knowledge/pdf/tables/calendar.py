"""How a filing names its fiscal years, so that a day or a span becomes `FY2022` or `Q2 2024`."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.pdf.tables.month_names import MONTH, month_number

_YEAR = r"(?:19|20)\d\d"
_DAY = r"\d{1,2}"
DATE = re.compile(
    rf"(?P<month>{MONTH})\s*(?P<day>{_DAY})(?:st|nd|rd|th)?\s*+(?:,\s*+)?(?P<year>{_YEAR})\b|"
    rf"\b(?P<m>{_DAY})/(?P<d>{_DAY})/(?P<y>(?:19|20)?\d\d)\b|"
    rf"\b(?P<day2>{_DAY})(?:st|nd|rd|th|er|[.º])?[\s-]{{0,3}}(?:de\s)?(?P<month2>{MONTH})"
    rf"(?:,?\s{{0,3}}(?:del?\s)?(?P<year2>{_YEAR})|-(?P<year3>(?:19|20)?\d\d)|"
    rf"\s['\u2019]?(?P<year4>\d\d)(?=$|\s[^\W\d])(?!\s{MONTH}))\b|"
    rf"\b(?P<d5>{_DAY})\.\s?(?P<m5>{_DAY})\.\s?(?P<y5>{_YEAR})\b|"
    rf"\b(?P<y6>{_YEAR})-(?P<m6>\d\d)-(?P<d6>\d\d)\b",
    re.IGNORECASE,
)
"""`March 31, 2022`, `31 March 2022`, `31. März 2022`, `31-Mar-22`, `3/31/2022`, `31.03.2022`."""
DAY_OF_YEAR = re.compile(
    rf"(?P<month>{MONTH})\s{{1,3}}(?P<day>{_DAY})\b(?!\d)|"
    rf"\b(?P<day2>{_DAY})(?:st|nd|rd|th|er|[.º])?\s{{0,3}}(?:de\s)?(?P<month2>{MONTH})|"
    rf"(?<![\d.])(?P<d5>{_DAY})\.\s?(?P<m5>{_DAY})\.(?!\d)",
    re.IGNORECASE,
)
"""A day whose year stands elsewhere: `March 31`, `31. März`, `31.12.`."""
SLACK = timedelta(days=12)
"""By which a year of 52 or 53 weeks, or a quarter of 13, ends earlier or later."""
DAYS_A_MONTH = 30.44
MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class FiscalCalendar:
    """When fiscal years end, and what they are called."""

    end_month: int = 12
    end_day: int = 31
    offset: int = 0
    """Name minus the calendar year in which the fiscal year ends: -1 for many retailers."""
    period_end: date | None = None
    """The last day of the period that the filing reports on."""
    year_ends: tuple[date, ...] = ()
    """Last days of fiscal years that the filing prints."""
    is_stated: bool = False
    """Whether the filing says when its years end; else they are taken for calendar years."""

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

    def month_end(self, fiscal_year: int, months: int) -> date | None:
        """The day on which so many months of a fiscal year are over; None where none is stated.

        Of years of 52 or 53 weeks, only the end of the reported period is known.
        """
        if not self.is_stated:
            return None
        end = self.year_end(fiscal_year)
        month = end.year * MONTHS_A_YEAR + end.month - 1 - MONTHS_A_YEAR + months
        day = _day(month // MONTHS_A_YEAR, month % MONTHS_A_YEAR + 1, self._last_of_month)
        printed = (*self.year_ends, *([self.period_end] if self.period_end else []))
        if known := next((known for known in printed if abs(known - day) <= SLACK), None):
            return known
        return day if is_month_end(day) and all(map(is_month_end, printed)) else None

    def quarter(self, day: date) -> int | None:
        """Which quarter ends on a day, if one does."""
        months = self._months_into_year(day)
        quarter = round(months / 3)
        return quarter if abs(months - 3 * quarter) < 0.6 and 1 <= quarter <= 4 else None  # noqa: PLR2004

    def reported_quarter(self) -> int | None:
        """Which quarter a quarterly report is about."""
        if self.period_end is None or not self.is_stated or self.is_year_end(self.period_end):
            return None
        return self.quarter(self.period_end)

    def is_year_end(self, day: date) -> bool:
        return any(abs(day - self._end(day.year + step)) <= SLACK for step in (-1, 0, 1))

    def _months_into_year(self, day: date) -> float:
        end = self._end(day.year)
        while end < day - SLACK:
            end = self._end(end.year + 1)
        while self._end(end.year - 1) >= day - SLACK:
            end = self._end(end.year - 1)
        return 12 - (end - day).days / DAYS_A_MONTH

    @property
    def _last_of_month(self) -> int:
        return 31 if self.end_day >= 28 else self.end_day  # noqa: PLR2004

    def _end(self, year: int) -> date:
        return _day(year, self.end_month, self.end_day)


def is_month_end(day: date) -> bool:
    """Whether a day is its month's last."""
    return day.day == monthrange(day.year, day.month)[1]


def day_in(year: int, month: int, day: int) -> date | None:
    """A day of a year, if that year has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def dates_in(text: str) -> list[date]:
    """Every full date that a text prints."""
    return [day for found in DATE.finditer(text) if (day := date_of(found)) is not None]


def date_of(found: re.Match[str]) -> date | None:
    """The day that a match of `DATE` prints, if there is such a day."""
    parts = {name: text for name, text in found.groupdict().items() if text}
    if "month" in parts:
        return _valid(parts["year"], month_number(parts["month"]), parts["day"])
    if "month2" in parts:
        year = parts.get("year2") or parts.get("year3") or parts["year4"]
        return _valid(year, month_number(parts["month2"]), parts["day2"])
    if "d5" in parts:
        return _valid(parts["y5"], int(parts["m5"]), parts["d5"])
    if "d6" in parts:
        return _valid(parts["y6"], int(parts["m6"]), parts["d6"])
    month, day = int(parts["m"]), int(parts["d"])
    if month > MONTHS_A_YEAR:  # the day comes first
        month, day = day, month
    return _valid(parts["y"], month, str(day))


def day_of_year(text: str) -> tuple[int, int] | None:
    """Month and day of the first day that is printed without its year."""
    found = DAY_OF_YEAR.search(text)
    return month_and_day(found) if found else None


def month_and_day(found: re.Match[str]) -> tuple[int, int] | None:
    """Of a match of `DAY_OF_YEAR`, where there is such a day."""
    month = found["month"] or found["month2"]
    number = month_number(month) if month else int(found["m5"])
    day = int(found["day"] or found["day2"] or found["d5"])
    return (number, day) if 1 <= number <= MONTHS_A_YEAR and 1 <= day <= 31 else None  # noqa: PLR2004


def _valid(year: str, month: int, day: str) -> date | None:
    number = int(year)
    return day_in(number + 2000 if number < 100 else number, month, int(day))  # noqa: PLR2004


def _day(year: int, month: int, day: int) -> date:
    """A date, moved to its month's end if the month is shorter."""
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1
