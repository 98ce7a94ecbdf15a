"""From what a header prints to the period that it means."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from knowledge.pdf.tables.calendar import DATE, MONTH, FiscalCalendar, dates_in

QUARTER_MONTHS, HALF_MONTHS, NINE_MONTHS, YEAR_MONTHS = 3, 6, 9, 12
_ORDINALS = {
    name: number
    for number, names in enumerate(("first 1st", "second 2nd", "third 3rd", "fourth 4th"), start=1)
    for name in names.split()
}
_SPANS = {
    QUARTER_MONTHS: re.compile(
        r"\b(?:three|3)[\s-]+months?\b|\b(?:12|13|14|twelve|thirteen|fourteen)[\s-]+weeks?\b",
        re.IGNORECASE,
    ),
    HALF_MONTHS: re.compile(
        r"\b(?:six|6)[\s-]+months?\b|\b(?:24|26|27|28|twenty[\s-]six)[\s-]+weeks?\b|"
        r"\bhalf[\s-]year|year[\s-]to[\s-]date",
        re.IGNORECASE,
    ),
    NINE_MONTHS: re.compile(
        r"\b(?:nine|9)[\s-]+months?\b|\b(?:36|39|40|thirty[\s-]nine)[\s-]+weeks?\b",
        re.IGNORECASE,
    ),
    YEAR_MONTHS: re.compile(
        r"\b(?:twelve|12)[\s-]+months?\b|\b(?:52|53|fifty[\s-](?:two|three))[\s-]+weeks?\b",
        re.IGNORECASE,
    ),
}
_QUARTER_WORD = re.compile(r"\bquarters?\s+end(?:ed|ing)|\bthree-month\b", re.IGNORECASE)
_YEAR_WORD = re.compile(
    r"\b(?:fiscal|calendar|financial)?\s*years?[\s-]+end(?:ed|ing)?\b|"
    r"\bfor the years?\b|\bfiscal\b",
    re.IGNORECASE,
)
_NAMED_QUARTER = re.compile(
    r"\b(?:(?P<word>first|second|third|fourth|1st|2nd|3rd|4th)\s+(?:fiscal\s+)?quarter|"
    r"q(?P<q>[1-4])|(?P<q2>[1-4])q|quarter\s+(?P<q3>[1-4]))\b",
    re.IGNORECASE,
)
_HALF = re.compile(r"\b(?:first\s+half|h1|1h)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d,.$/])(?:19|20)\d\d(?![\d,.%/]\d|%)")
_SHORT_YEAR = re.compile(
    r"\b(?:FY|fiscal|Q[1-4]|[1-4]Q)\s?['\u2019]?(?P<year>\d\d)\b(?!\d)", re.IGNORECASE
)
_COMPARISON = re.compile(
    r"\bvs\.?\b|\bversus\b|\bchange\b|\bincrease\b|\bdecrease\b|\bvariance\b|\bcompared\b|"
    r"\bover\b|\bgrowth\b|\bthereafter\b|\bbeyond\b|\bdue\b|\bmatur",
    re.IGNORECASE,
)
_DAY_WITHOUT_YEAR = re.compile(rf"({MONTH})\s+(\d{{1,2}})\b(?!\d)", re.IGNORECASE)
_INSTANT = re.compile(r"\b(?:as\s+of|at)\b|\bbalance", re.IGNORECASE)


@dataclass(frozen=True)
class Wording:
    """What a stretch of header says about time."""

    days: tuple[date, ...]
    years: tuple[int, ...]
    months: int | None
    """Of the span: 3, 6, 9 or 12."""
    quarter: int | None
    month_day: str
    """`December 31`, where no year stands beside it."""
    is_instant: bool
    is_comparison: bool


@lru_cache(maxsize=1024)
def wording(text: str) -> Wording:
    """Reads what a header, a caption or a label says about time."""
    days = tuple(dates_in(text))
    rest = DATE.sub(" ", text)
    years = [int(year) for year in _YEAR.findall(rest)]
    years += [2000 + int(found["year"]) for found in _SHORT_YEAR.finditer(rest)]
    quarter = _quarter(text)
    months = _months(text)
    bare = _DAY_WITHOUT_YEAR.search(rest)
    return Wording(
        days,
        tuple(dict.fromkeys(years)),
        QUARTER_MONTHS if quarter and months is None else months,
        quarter,
        f"{bare[1]} {bare[2]}" if bare else "",
        is_instant=_INSTANT.search(text) is not None,
        is_comparison=_COMPARISON.search(text) is not None,
    )


def _quarter(text: str) -> int | None:
    found = _NAMED_QUARTER.search(text)
    if not found:
        return None
    digit = found["q"] or found["q2"] or found["q3"]
    return int(digit) if digit else _ORDINALS[found["word"].lower()]


def _months(text: str) -> int | None:
    for months, pattern in _SPANS.items():
        if pattern.search(text):
            return months
    if _HALF.search(text):
        return HALF_MONTHS
    if _QUARTER_WORD.search(text):
        return QUARTER_MONTHS
    return YEAR_MONTHS if _YEAR_WORD.search(text) else None


@dataclass(frozen=True)
class Context:
    """What is known around a column: from the table's stub header and caption."""

    calendar: FiscalCalendar
    stub: Wording
    caption: Wording
    is_balance: bool
    """Whether the caption names balances: a year alone then means its last day."""


def column_period(header: str, context: Context) -> str | None:
    """The period of one column, or None where it has none (a comparison, a name)."""
    said = wording(header)
    if said.is_comparison or len(said.days) > 1 or len(set(said.years)) > 1:
        return None
    return period_of(said, context)


def period_of(said: Wording, context: Context) -> str | None:
    """A wording's own period, filled up from its context."""
    if not (said.days or said.years or said.quarter):
        return None
    months = said.months
    if months is None and not said.is_instant:
        months = context.stub.months or (None if said.days else context.caption.months)
        if months is None and said.days and not context.is_balance and not context.stub.is_instant:
            months = context.caption.months
    day = said.days[0] if said.days else _day_of(said, context)
    if day is not None:
        return day_period(day, months, said.quarter, context.calendar)
    return _year_period(said, months, context)


def day_period(
    day: date, months: int | None, quarter: int | None, calendar: FiscalCalendar
) -> str | None:
    """The span of so many months that ends on a day, or the day itself."""
    if months is None:
        return day.isoformat()
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
    if not month_day:
        return None
    days = dates_in(f"{month_day}, {said.years[0]}")
    return days[0] if days else None


def _year_period(said: Wording, months: int | None, context: Context) -> str | None:
    year = said.years[0] if said.years else _caption_year(context)
    if year is None:
        return None
    if months is None and (context.is_balance or said.is_instant or context.stub.is_instant):
        return context.calendar.year_end(year).isoformat()
    quarter = said.quarter or context.caption.quarter or context.stub.quarter
    if said.quarter or months == QUARTER_MONTHS:
        return f"Q{quarter} {year}" if quarter else None
    names = {HALF_MONTHS: f"H1 {year}", NINE_MONTHS: f"9M {year}"}
    return names.get(months or 0, f"FY{year}")


def _caption_year(context: Context) -> int | None:
    if len(context.caption.years) == 1:
        return context.caption.years[0]
    if len(context.caption.days) == 1:
        return context.calendar.fiscal_year(context.caption.days[0])
    return None
