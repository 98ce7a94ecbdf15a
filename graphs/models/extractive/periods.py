"""Periods as questions name them, and whether the column of a table is one."""

import re
from dataclasses import dataclass, replace

from graphs.models.extractive.headers import Column
from graphs.models.extractive.passages import Passage

_MONTHS = "january february march april may june july august september october november december"
_MONTH_NAMES = _MONTHS.split()
_ASKED = re.compile(
    r"(?:\b(?P<span>three|six|nine|twelve|3|6|9|12) months ended |"
    r"\b(?P<span_name>year|years|quarter) ended )?"
    rf"\b(?P<month>{'|'.join(_MONTH_NAMES)}) \d{{1,2}},? (?P<of>(?:19|20)\d\d)"
)
_SPANS = {"three": 3, "six": 6, "nine": 9, "twelve": 12, "3": 3, "6": 6, "9": 9, "12": 12}
_SPANS |= {"quarter": 3, "year": 12, "years": 12}
_QUARTER, _YEAR = 3, 12
_DECEMBER = 12
_WORDS = {3: "three", 6: "six", 9: "nine", 12: "twelve"}


@dataclass(frozen=True)
class Period:
    """`month` is set where a date was asked for: then `year` is the calendar's, not the fiscal."""

    year: int
    quarter: int | None = None
    months: int | None = None
    month: int | None = None
    opening: bool = False
    """The end of the fiscal year before the date."""

    @property
    def name(self) -> str:
        if self.opening:
            return f"the fiscal year end before {replace(self, opening=False).name}"
        if self.month:
            span = f"{_WORDS[self.months]} months ended " if self.months else ""
            return f"{span}{_MONTH_NAMES[self.month - 1].capitalize()} {self.year}"
        if self.months:
            return f"first {_WORDS[self.months]} months of {self.year}"
        return f"Q{self.quarter} {self.year}" if self.quarter else str(self.year)

    @property
    def is_annual(self) -> bool:
        return not self.quarter and self.months in (None, _YEAR)

    def is_dated_in(self, text: str) -> bool:
        """Whether a text names the date, whatever the day."""
        if not self.month:
            return False
        month = _MONTH_NAMES[self.month - 1]
        return bool(re.search(rf"\b{month} \d{{1,2}}, {self.year}\b", text, re.IGNORECASE))

    def back(self, years: int = 1) -> "Period":
        return replace(self, year=self.year - years)


def dated_periods(text: str) -> list[Period]:
    """The dates of a question (lower case): `six months ended June 30, 2024`, `at May 31, 2020`.

    A date that `and` joins to another ends a span as long: `six months ended June 30, 2024 and
    December 31, 2023`.
    """
    found: list[Period] = []
    end = 0
    for match in _ASKED.finditer(text):
        months = _SPANS.get(match["span"] or match["span_name"])
        if months is None and found and text[end : match.start()] == " and ":
            months = found[-1].months
        month = _MONTH_NAMES.index(match["month"]) + 1
        found.append(Period(int(match["of"]), None, months, month))
        end = match.end()
    return list(dict.fromkeys(found))


def fits(
    period: Period, column: Column, columns: tuple[Column, ...], passage: Passage, *, instant: bool
) -> bool:
    """Whether a column holds a period; `instant` for the rows of a balance sheet."""
    if period.opening:
        now = replace(period, opening=False)
        beside = any(_fits_date(now, each, instant=instant) for each in columns)
        return instant and beside and _is_year_end(column, columns)
    if period.month:
        return _fits_date(period, column, instant=instant)
    if column.year != period.year:
        return False
    if period.quarter:
        return _fits_quarter(period, column, columns, passage, instant=instant)
    return _fits_year(period, column, columns, passage, instant=instant)


def _fits_year(
    period: Period, column: Column, columns: tuple[Column, ...], passage: Passage, *, instant: bool
) -> bool:
    """A whole year, or as many months from its start."""
    if period.months not in (None, _YEAR):
        return column.months == period.months
    if passage.quarter in (1, 2, 3):
        return column.months == _YEAR or (instant and _is_year_end(column, columns))
    return column.months in (None, _YEAR)


def _fits_date(period: Period, column: Column, *, instant: bool) -> bool:
    if column.month is None and period.months == _YEAR and period.month == _DECEMBER:
        return column.year == period.year and column.months in (None, _YEAR)
    if (column.month, column.printed) != (period.month, period.year):
        return False
    if period.months is None:
        return column.months is None or (not instant and column.months == _YEAR)
    return instant or column.months == period.months


def _fits_quarter(
    period: Period,
    column: Column,
    columns: tuple[Column, ...],
    passage: Passage,
    *,
    instant: bool,
) -> bool:
    if passage.quarter != period.quarter:
        return False
    if instant and column.months is None:
        return not _is_year_end(column, columns)
    return column.months == _QUARTER


def _is_year_end(column: Column, columns: tuple[Column, ...]) -> bool:
    """A quarterly balance sheet compares its own date with the end of the last year."""
    newest = max(columns, key=lambda c: (c.printed, c.month or 0))
    return column.months is None and column.month is not None and column.month != newest.month
