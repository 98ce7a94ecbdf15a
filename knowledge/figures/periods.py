"""Whether a figure is of the period that is asked for."""

from datetime import date, timedelta
from functools import lru_cache

from knowledge.pdf.tables.calendar import FiscalCalendar, dates_in
from knowledge.query.periods import MONTHS_A_YEAR, Period
from storage.figures.figure import Figure
from storage.filings import FilingFacts

QUARTER, HALF, NINE = 3, 6, 9
LAST_QUARTER = 4
DAYS_A_MONTH = 30.44
SLACK_DAYS = 12
_LENGTHS = {"Q": QUARTER, "H": HALF, "9": NINE, "F": MONTHS_A_YEAR}
"""Months of a fiscal label by its first letter."""


@lru_cache(maxsize=1024)
def calendar_of(facts: FilingFacts) -> FiscalCalendar:
    """When the fiscal years of a filing's company end; December where nothing tells."""
    if facts.period_end is None:
        return FiscalCalendar()
    quarters_left = LAST_QUARTER - (facts.fiscal_quarter or LAST_QUARTER)
    end = facts.period_end + timedelta(days=round(quarters_left * QUARTER * DAYS_A_MONTH))
    offset = (facts.fiscal_year or end.year) - end.year
    return FiscalCalendar(end.month, end.day, offset, facts.period_end)


def own_period(facts: FilingFacts) -> Period | None:
    """The period that a filing reports on."""
    if facts.fiscal_year is None:
        return None
    return Period(facts.fiscal_year, facts.fiscal_quarter)


def is_of_period(asked: Period, figure: Figure, facts: FilingFacts) -> bool:
    """Whether a figure is of exactly the period that is asked for.

    A balance is of a year if it is struck at the year's end.
    """
    if figure.period is None and figure.ends_on is None:
        return False
    day = balance_day(figure)
    if asked.opening:
        return day is not None and _is_year_end_before(asked, day, facts)
    if asked.month:
        return _fits_date(asked, figure, day)
    if day is not None:
        return _fits_balance(asked, day, calendar_of(facts))
    return figure.period == label_of(asked)


def label_of(asked: Period) -> str:
    """The fiscal label of a flow: `FY2023`, `Q3 2023`, `H1 2023`, `9M 2023`."""
    if asked.quarter:
        return f"Q{asked.quarter} {asked.year}"
    if asked.months == QUARTER:
        return f"Q1 {asked.year}"
    if asked.months in (HALF, NINE):
        return f"{'H1' if asked.months == HALF else '9M'} {asked.year}"
    return f"FY{asked.year}"


def balance_day(figure: Figure) -> date | None:
    """The day of a balance; None for a flow."""
    period = figure.period or ""
    if period[4:5] == "-":
        return date.fromisoformat(period)
    return figure.ends_on if not period and figure.starts_on is None else None


def months_of(figure: Figure) -> int | None:
    """How long the period of a flow is; None for a balance."""
    return _LENGTHS.get((figure.period or " ")[0]) if balance_day(figure) is None else None


def _fits_balance(asked: Period, day: date, calendar: FiscalCalendar) -> bool:
    if calendar.fiscal_year(day) != asked.year:
        return False
    quarter = asked.quarter or (asked.months or MONTHS_A_YEAR) // QUARTER
    if quarter == LAST_QUARTER:
        return calendar.is_year_end(day)
    return not calendar.is_year_end(day) and calendar.quarter(day) == quarter


def _fits_date(asked: Period, figure: Figure, day: date | None) -> bool:
    end = day or end_of(figure)
    if end is None or not _is_near(asked, end):
        return False
    if day is not None:
        return asked.months is None
    return asked.months in (None, months_of(figure)) and (
        asked.months is not None or months_of(figure) == MONTHS_A_YEAR
    )


def end_of(figure: Figure) -> date | None:
    """The last day of a flow, from its cell or from the header that prints it."""
    printed = dates_in(figure.column)
    return figure.ends_on or (printed[-1] if printed else None)


def _is_near(asked: Period, end: date) -> bool:
    if asked.day is None:
        return (end.year, end.month) == (asked.year, asked.month)
    return end == date(asked.year, asked.month or 1, asked.day)


def _is_year_end_before(asked: Period, day: date, facts: FilingFacts) -> bool:
    now = date(asked.year, asked.month or MONTHS_A_YEAR, asked.day or 28)
    return calendar_of(facts).is_year_end(day) and timedelta() < now - day <= timedelta(days=366)
