"""From what a header prints to the period that it means."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.pdf.tables.calendar import (
    DAYS_A_MONTH,
    FiscalCalendar,
    day_in,
    is_month_end,
)
from knowledge.pdf.tables.first_days import day_after_year_before, first_day
from knowledge.pdf.tables.span_words import (
    HALF_MONTHS,
    NINE_MONTHS,
    QUARTER_MONTHS,
    YEAR_MONTHS,
)
from knowledge.pdf.tables.wording import Wording, wording

SLACK_MONTHS = 0.5


@dataclass(frozen=True)
class Period:
    """A day, or a span of days."""

    name: str | None
    """`FY2022`, `Q2 2024`, `H1 2024`, `9M 2024`, the day of a balance, or None for other spans."""
    starts_on: date | None = None
    """None for a day, and where nothing says on which day a span begins."""
    ends_on: date | None = None


@dataclass(frozen=True)
class Context:
    """What is known around a column: from the table's stub header and caption."""

    calendar: FiscalCalendar
    stub: Wording
    caption: Wording
    is_balance: bool
    """Whether the caption names balances: a year alone then means its last day."""


def column_periods(headers: Sequence[str], context: Context) -> list[Period | None]:
    """The period of each column; a year begins on the day after another column's year ends."""
    found = [column_period(header, context) for header in headers]
    ends = [period.ends_on for period in found if period and period.ends_on]
    ends += context.calendar.year_ends
    return [_from_year_before(period, ends) for period in found]


def _from_year_before(period: Period | None, ends: Sequence[date]) -> Period | None:
    if period is None or not period.name or not period.name.startswith("FY"):
        return period
    if period.ends_on is None or is_month_end(period.ends_on):
        return period
    first = day_after_year_before(period.ends_on, ends)
    return replace(period, starts_on=first) if first else period


def column_period(header: str, context: Context) -> Period | None:
    """The period of one column, or None where it has none (a comparison, a name)."""
    said = wording(header)
    if said.is_comparison or len(said.days) > 1 or len(set(said.years)) > 1:
        return None
    return period_of(_of_own_year(said, context.calendar), context)


def _of_own_year(said: Wording, calendar: FiscalCalendar) -> Wording:
    """A column's own year goes before that of the day above several: "June 30, 2023   2022"."""
    if not said.days or not said.years or said.since:
        return said
    day, year = said.days[0], said.years[0]
    if year in (day.year, calendar.fiscal_year(day)):
        return said
    own = day_in(year, day.month, day.day)
    return replace(said, days=(own,) if own else ())


def period_of(said: Wording, context: Context) -> Period | None:
    """A wording's own period, filled up from its context."""
    if not (said.is_dated or said.quarter):
        return None
    if said.since and said.days:
        return _range(said.since, said.days[0], context.calendar)
    months = said.months
    if months is None and not said.is_instant:
        months = context.stub.months or (None if said.days else context.caption.months)
        if months is None and said.days and not context.is_balance and not context.stub.is_instant:
            months = context.caption.months
    day = said.days[0] if said.days else _day_of(said, context)
    if day is not None:
        weeks = said.weeks or context.stub.weeks or context.caption.weeks
        return day_period(day, months, said.quarter, context.calendar, weeks=weeks)
    return _year_period(said, months, context)


def day_period(
    day: date,
    months: int | None,
    quarter: int | None,
    calendar: FiscalCalendar,
    *,
    weeks: int | None = None,
) -> Period | None:
    """The span of so many months that ends on a day, or the day itself."""
    if months is None:
        return Period(day.isoformat(), None, day)
    name = _span_name(day, months, quarter, calendar)
    return Period(name, first_day(day, months, weeks), day) if name else None


def _span_name(day: date, months: int, quarter: int | None, calendar: FiscalCalendar) -> str | None:
    year = calendar.fiscal_year(day)
    if months == YEAR_MONTHS:
        return f"FY{year}" if calendar.is_year_end(day) else None
    found = calendar.quarter(day) or quarter
    if months == QUARTER_MONTHS:
        return f"Q{found} {year}" if found else None
    if months == HALF_MONTHS:
        # A year-to-date column may end after nine months too.
        names = {2: f"H1 {year}", 4: f"H2 {year}", 3: f"9M {year}"}
        return names.get(found or 0, f"H1 {year}")
    return f"9M {year}"


def _range(first: date, last: date, calendar: FiscalCalendar) -> Period:
    months = ((last - first).days + 1) / DAYS_A_MONTH
    spans = (QUARTER_MONTHS, HALF_MONTHS, NINE_MONTHS, YEAR_MONTHS)
    span = next((span for span in spans if abs(months - span) < SLACK_MONTHS), None)
    name = _span_name(last, span, None, calendar) if span else None
    return Period(name, first, last)


def _day_of(said: Wording, context: Context) -> date | None:
    """A day whose month is printed in one line and whose year in another."""
    if not said.years:
        return None
    for day in (*context.stub.days, *context.caption.days):
        if context.is_balance and context.calendar.fiscal_year(day) == said.years[0]:
            return day
    month_day = said.month_day or context.stub.month_day
    if not month_day and (context.is_balance or context.caption.is_instant):
        month_day = context.caption.month_day
    if not month_day and context.is_balance and not context.calendar.is_stated:
        month_day = _only_month_day((*context.stub.days, *context.caption.days))
    return day_in(said.years[0], *month_day) if month_day else None


def _only_month_day(days: Sequence[date]) -> tuple[int, int] | None:
    """The day of the year on which all of these days are."""
    found = {(day.month, day.day) for day in days}
    return found.pop() if len(found) == 1 else None


def _year_period(said: Wording, months: int | None, context: Context) -> Period | None:
    year = said.years[0] if said.years else _caption_year(context)
    if year is None:
        return None
    calendar = context.calendar
    if months is None and (context.is_balance or said.is_instant or context.stub.is_instant):
        day = calendar.year_end(year)
        return Period(day.isoformat(), None, day)
    quarter = said.quarter or context.caption.quarter or context.stub.quarter
    if not quarter and months == QUARTER_MONTHS:
        quarter = calendar.reported_quarter()
    if said.quarter or months == QUARTER_MONTHS:
        return _of_year(f"Q{quarter} {year}", year, 3 * quarter, 3, calendar) if quarter else None
    if months == HALF_MONTHS:
        half = said.half or 1
        return _of_year(f"H{half} {year}", year, 6 * half, 6, calendar)
    if months == NINE_MONTHS:
        return _of_year(f"9M {year}", year, 9, 9, calendar)
    return _of_year(f"FY{year}", year, 12, 12, calendar)


def _of_year(name: str, year: int, end: int, months: int, calendar: FiscalCalendar) -> Period:
    """A part of a fiscal year: `months` long, ending so many months after the year began."""
    day = calendar.month_end(year, end)
    return Period(name, first_day(day, months, None) if day else None, day)


def _caption_year(context: Context) -> int | None:
    if len(context.caption.years) == 1:
        return context.caption.years[0]
    if len(context.caption.days) == 1:
        return context.calendar.fiscal_year(context.caption.days[0])
    return None
