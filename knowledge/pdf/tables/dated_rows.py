"""Rows of bank and card statements: each begins with its day, which is then its period."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from knowledge.pdf.tables.calendar import (
    DATE,
    DAY_OF_YEAR,
    MONTHS_A_YEAR,
    date_of,
    day_in,
    month_and_day,
)
from knowledge.pdf.tables.labels import LabelledRow
from knowledge.pdf.tables.month_names import MONTH
from knowledge.pdf.tables.periods import Period
from knowledge.pdf.tables.wording import wording

MIN_ROWS = 2
ENOUGH = 0.34
"""Of the rows, the share that must begin with a day."""
SET_IN = 12.0
"""Points from which a row without a day stands in the column of descriptions."""
LATE = timedelta(days=10)
"""By which a row's day may be later than the statement's own."""
_NUMBERS = re.compile(
    r"(?P<first>\d{1,2})(?:/(?=\d{1,2}\b)|(?P<dot>\.)(?=\d{1,2}\.)|-(?=\d{1,2}-\d))(?P<second>\d{1,2})"
    r"(?:[/.-](?P<year>(?:19|20)?\d\d)|\.)?(?![\d/.,])"
)
"""`3/14`, `03/14/2024`, `14.03.`, `14.03.2024`, `14-03-24`."""
_OPENING = re.compile(
    r"\b(?:opening|beginning|previous|starting)\s+balance|brought\s+forward|anfangssaldo|"
    r"alter\s+(?:konto)?stand|solde\s+(?:initial|pr\xe9c\xe9dent)|saldo\s+(?:inicial|anterior)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\b(?:closing|ending|new)\s+balance|carried\s+forward|endsaldo|neuer\s+(?:konto)?stand|"
    r"(?:nouveau\s+)?solde\s+final|nouveau\s+solde|saldo\s+(?:final|actual)",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(MONTH, re.IGNORECASE)
AMBIGUOUS = "day and month of the row cannot be told apart"


@dataclass(frozen=True)
class Span:
    """The days that a statement is about."""

    first: date | None
    last: date


@dataclass(frozen=True)
class Printed:
    """A day at the start of a label, as far as it is printed."""

    day: date | None = None
    month_day: tuple[int, int] | None = None
    numbers: tuple[int, int, int | None] | None = None
    """Two numbers of which one is the month, and the year."""
    rest: str = ""


def span_of(texts: Iterable[str]) -> Span | None:
    """What lines of a page say: "Statement period: 1 March 2024 to 31 March 2024"."""
    single: date | None = None
    for text in texts:
        said = wording(text)
        if said.since and len(said.days) == 1:
            return Span(said.since, said.days[0])
        if len(said.days) == 1 and single is None:
            single = said.days[0]
    return Span(None, single) if single else None


def days_of(rows: Sequence[LabelledRow]) -> list[Printed | None]:
    """What each row begins with; nothing at all unless enough rows begin with a day."""
    printed = [_printed(row.label) for row in rows]
    count = sum(found is not None for found in printed)
    return printed if count >= max(MIN_ROWS, ENOUGH * len(rows)) else []


def dated(
    rows: Sequence[LabelledRow], printed: Sequence[Printed | None], span: Span | None
) -> Iterator[tuple[LabelledRow, Period | None, tuple[str, ...]]]:
    """Each row without its day in its label, with that day as a period, and what is in doubt."""
    day_first = _is_day_first([found for found in printed if found], span)
    edge = min(row.line.line.left for row, found in zip(rows, printed, strict=True) if found)
    above: tuple[date | None, tuple[str, ...]] = (None, ())
    for row, found in zip(rows, printed, strict=True):
        day: date | None = None
        doubts: tuple[str, ...] = ()
        if found is not None:
            day = _day(found, span, day_first=day_first)
            doubts = (AMBIGUOUS,) if day is None and found.numbers and day_first is None else ()
            above = day, doubts
        else:
            day = day_of_balance(row.label, span)
        if found is None and day is None and row.line.line.left > edge + SET_IN:
            day, doubts = above  # a day is printed once for all that happened on it
        label = found.rest if found and found.rest else row.label
        yield replace(row, label=label, group=()), on(day), doubts


def on(day: date | None) -> Period | None:
    """A single day as a period."""
    return Period(day.isoformat(), None, day) if day else None


def day_of_balance(label: str, span: Span | None) -> date | None:
    """The day of an opening or a closing balance, as its label or the statement's span says."""
    said = wording(label)
    if len(said.days) == 1:
        return said.days[0]
    if span is None or said.is_dated:
        return None
    if _OPENING.search(label):
        return span.first
    return span.last if _CLOSING.search(label) else None


def _printed(label: str) -> Printed | None:
    """The day that a label begins with, and what follows; a posting's second day is left out."""
    text = label.strip()
    begins = text[:1].isdigit() or _MONTH_FIRST.match(text)
    if not begins or wording(text).since:  # a range of days is no day
        return None
    if numbers := _NUMBERS.match(text):
        return _of_two_numbers(numbers, _without_day(text[numbers.end() :]))
    if full := DATE.match(text):
        return Printed(day=date_of(full), rest=_without_day(text[full.end() :]))
    part = DAY_OF_YEAR.match(text)
    return part and Printed(month_day=month_and_day(part), rest=_without_day(text[part.end() :]))


def _of_two_numbers(numbers: re.Match[str], rest: str) -> Printed:
    first, second = int(numbers["first"]), int(numbers["second"])
    year = _year(numbers["year"])
    if not numbers["dot"]:
        return Printed(numbers=(first, second, year), rest=rest)
    # With dots, the day comes first.
    day = day_in(year, second, first) if year else None
    return Printed(day=day, month_day=(second, first), rest=rest)


def _without_day(text: str) -> str:
    rest = text.strip(" ,:-\u2013")
    for pattern in (DATE, _NUMBERS, DAY_OF_YEAR):
        if second := pattern.match(rest):
            return rest[second.end() :].strip(" ,:-\u2013")
    return rest


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) + 2000 if len(text) == 2 else int(text)  # noqa: PLR2004


def _is_day_first(printed: Sequence[Printed], span: Span | None) -> bool | None:
    """Whether days go before months where both are numbers; None if nothing tells."""
    pairs = [found.numbers for found in printed if found.numbers]
    if any(first > MONTHS_A_YEAR for first, _, _ in pairs):
        return True
    if any(second > MONTHS_A_YEAR for _, second, _ in pairs):
        return False
    fits = [
        way
        for way in (True, False)
        if span and span.first and all(_fits(pair, span, day_first=way) for pair in pairs)
    ]
    return fits[0] if len(fits) == 1 else None


def _fits(pair: tuple[int, int, int | None], span: Span, *, day_first: bool) -> bool:
    day = _of_numbers(pair, span, day_first=day_first)
    return day is not None and span.first is not None and span.first <= day <= span.last + LATE


def _day(found: Printed, span: Span | None, *, day_first: bool | None) -> date | None:
    if found.day:
        return found.day
    if found.month_day:
        return _in_span(*found.month_day, span)
    if found.numbers and day_first is not None:
        return _of_numbers(found.numbers, span, day_first=day_first)
    return None


def _of_numbers(
    pair: tuple[int, int, int | None], span: Span | None, *, day_first: bool
) -> date | None:
    first, second, year = pair
    month, day = (second, first) if day_first else (first, second)
    if year is not None:
        return day_in(year, month, day)
    return _in_span(month, day, span)


def _in_span(month: int, day: int, span: Span | None) -> date | None:
    """A day without a year: the latest that the statement can hold."""
    if span is None:
        return None
    years = (span.last.year, span.last.year - 1)
    days = (day_in(year, month, day) for year in years)
    return next((found for found in days if found and found <= span.last + LATE), None)
