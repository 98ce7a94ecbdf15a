"""Periods of figures whose column names none: those of their row, their group or their table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from knowledge.pdf.tables.calendar import DAYS_A_MONTH
from knowledge.pdf.tables.labels import LabelledRow
from knowledge.pdf.tables.periods import Context, Period, day_period, period_of
from knowledge.pdf.tables.wording import Wording, wording

SPANS = (3, 6, 9, 12)
SLACK_MONTHS = 0.5
MIN_SCHEDULE_YEARS = 3
_BALANCE = re.compile(r"\bbalances?\b|\bas\s+of\b|^at\b|\boutstanding\b", re.IGNORECASE)
_LATER = re.compile(r"\bthereafter\b|\blater years\b", re.IGNORECASE)
_BARE_YEAR = re.compile(r"(?:fiscal\s+|years?\s+)?(?:19|20)\d\d\b", re.IGNORECASE)


class RowPeriod(NamedTuple):
    """What a row says about time."""

    own: Period | None
    """In its label: `Balance at December 31, 2022`. It goes before its column's."""
    other: Period | None
    """Of its group, the balances around or the whole table, for columns without one."""


def row_periods(rows: Sequence[LabelledRow], context: Context) -> list[RowPeriod]:
    """The period of each row, for columns without one."""
    if is_schedule(rows):
        # What falls due in the years to come is due as of the balance's day.
        day = context.calendar.period_end
        return [RowPeriod(None, _instant(day))] * len(rows)
    days = [_balance_day(row) for row in rows]
    whole = _of_table(context)
    return [
        RowPeriod(
            _instant(day) or _range(row, context), _group_period(row, context) or span or whole
        )
        for row, day, span in zip(rows, days, _spans(days, context), strict=True)
    ]


def _instant(day: date | None) -> Period | None:
    return Period(day.isoformat(), None, day) if day else None


def _of_table(context: Context) -> Period | None:
    """That of the labels' header, "Year ended December 31, 2022", or else of the caption."""
    stub, caption = context.stub, context.caption
    if _is_of_one_time(stub) and not stub.is_comparison and (found := period_of(stub, context)):
        return found
    if not _is_of_one_time(caption):
        return None
    return period_of(caption, replace(context, stub=wording("")))


def _is_of_one_time(said: Wording) -> bool:
    return len(said.days) <= 1 and len(said.years) <= 1


def is_schedule(rows: Sequence[LabelledRow]) -> bool:
    """Whether rows are the years to come: maturities, commitments, expected payments."""
    years = sum(_BARE_YEAR.match(row.label) is not None for row in rows)
    return years >= MIN_SCHEDULE_YEARS and any(_LATER.search(row.label) for row in rows)


def _balance_day(row: LabelledRow) -> date | None:
    if not _BALANCE.search(row.label):
        return None
    said = wording(row.label)
    return said.days[0] if len(said.days) == 1 and not said.since else None


def _range(row: LabelledRow, context: Context) -> Period | None:
    """That of "Average shares from June 1, 2020 through May 31, 2023"."""
    said = wording(row.label)
    return period_of(said, context) if said.since and len(said.days) == 1 else None


def _spans(days: Sequence[date | None], context: Context) -> Iterator[Period | None]:
    """Between two balances, the time from the one to the other."""
    before: date | None = None
    for at, day in enumerate(days):
        if day is not None:
            before = day
            yield None
            continue
        after = next((later for later in days[at:] if later), None)
        yield _span(before, after, context) if before and after else None


def _span(before: date, after: date, context: Context) -> Period | None:
    months = (after - before).days / DAYS_A_MONTH
    found = next((span for span in SPANS if abs(months - span) < SLACK_MONTHS), None)
    return day_period(after, found, None, context.calendar) if found else None


def _group_period(row: LabelledRow, context: Context) -> Period | None:
    for heading in reversed(row.group):
        said = wording(heading)
        if (said.days or said.years) and not said.is_comparison:
            return period_of(said, context)
    return None
