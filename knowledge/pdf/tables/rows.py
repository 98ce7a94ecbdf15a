"""Puts a table's rows together: labels, cells with their periods, and what is in doubt."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.pages import Cell, Row
from knowledge.pdf.layout import PageLayout
from knowledge.pdf.tables.calendar import FiscalCalendar
from knowledge.pdf.tables.captions import Caption
from knowledge.pdf.tables.cells import (
    ColumnFacts,
    TableFacts,
    cells_of,
    is_per_share,
    mixed_columns,
    percent_columns,
    printed_currency,
)
from knowledge.pdf.tables.checks import Placed, checked
from knowledge.pdf.tables.columns import FigureColumn, column_at
from knowledge.pdf.tables.dated_rows import Printed, Span, dated, day_of_balance, on
from knowledge.pdf.tables.headers import Header
from knowledge.pdf.tables.labels import LabelledRow
from knowledge.pdf.tables.money import Money
from knowledge.pdf.tables.percents import told_apart
from knowledge.pdf.tables.periods import Context, Period, column_periods
from knowledge.pdf.tables.regions import Region
from knowledge.pdf.tables.row_periods import RowPeriod, row_periods
from knowledge.pdf.tables.units import UnitNote
from knowledge.pdf.tables.wording import Wording, wording

NO_SCALE = "no scale is stated, unlike in other tables"
_BALANCES = re.compile(
    r"\bbalance\s+sheets?|financial\s+(?:position|condition)|bilanz\b|\bbilan\b|"
    r"\bbalance\s+(?:de\s+situaci\xf3n|consolidado)|assets\s+and\s+liabilities",
    re.IGNORECASE,
)
_CASH_FLOWS = re.compile(r"\bcash\s+flows?\b", re.IGNORECASE)

Days = tuple[Sequence[Printed | None], Span | None]
"""With which days the rows of a statement begin, and of which span it is."""


@dataclass(frozen=True)
class Document:
    """What is known about the document: when its years end, and its currencies."""

    calendar: FiscalCalendar
    money: Money


@dataclass(frozen=True)
class Parts:
    """What a table is made of, besides its rows."""

    region: Region
    header: Header
    caption: Caption
    note: UnitNote
    notes: FigureColumn | None
    """Where references to notes stand."""
    doubts: tuple[str, ...] = ()
    """About all figures of the table."""


@dataclass(frozen=True)
class _DatedRow:
    row: LabelledRow
    period: RowPeriod
    doubts: tuple[str, ...]


def rows_of(
    rows: Sequence[LabelledRow],
    parts: Parts,
    page: PageLayout,
    document: Document,
    days: Days,
) -> Iterator[Row]:
    """The rows with their cells, checked."""
    context = Context(
        document.calendar,
        wording(parts.header.stub),
        _time_of_caption(parts),
        is_balance=_BALANCES.search(parts.caption.text) is not None,
    )
    facts = _facts(rows, parts, context, document.money)
    placed = []
    for each in _with_periods(rows, facts, context, days):
        cells = cells_of(each.row, facts, each.period, page)
        cells = tuple(_doubted(cell, parts.doubts + each.doubts) for cell in cells)
        segments = sorted(each.row.cells, key=lambda segment: segment.start)
        columns = tuple(column_at(segment, parts.region.columns) for segment in segments)
        row = each.row
        placed.append(Placed(Row(row.start, row.end, row.label, row.group, cells), columns))
    return checked(placed, facts.columns)


def _doubted(cell: Cell, doubts: Sequence[str]) -> Cell:
    """A cell with the doubts of its table that concern it: only amounts have a scale."""
    is_amount = cell.scale == 1 and cell.unit is not None and cell.unit.isupper()
    words = [each for each in doubts if each != NO_SCALE or is_amount]
    return replace(cell, doubts=(*cell.doubts, *words)) if words else cell


def _with_periods(
    rows: Sequence[LabelledRow], facts: TableFacts, context: Context, days: Days
) -> Iterator[_DatedRow]:
    printed, span = days
    if not printed or any(column.period for column in facts.columns):
        said = context.caption
        about = Span(said.since, said.days[0]) if said.since and said.days else None
        for row, period in zip(rows, row_periods(rows, context), strict=True):
            balance = on(day_of_balance(row.label, about)) if about else None
            yield _DatedRow(row, period._replace(own=period.own or balance), ())
        return
    whole = Period(None, span.first, span.last) if span and span.first else None
    for row, day, doubts in dated(rows, printed, span):
        yield _DatedRow(row, RowPeriod(day, None if doubts else whole), doubts)


def _time_of_caption(parts: Parts) -> Wording:
    """What the caption says about time; of several times, the one nearest to the table."""
    whole = wording(parts.caption.text)
    if len(whole.days) + len(whole.years) <= 1:
        return whole
    lines = (wording(line.line.text) for line in reversed(parts.header.caption))
    near = next((said for said in lines if said.is_dated), whole)
    if len(near.days) + len(near.years) > 1:
        return whole
    return replace(whole, days=near.days, years=near.years, since=near.since)


def _facts(rows: Sequence[LabelledRow], parts: Parts, context: Context, money: Money) -> TableFacts:
    headers, extents = parts.header.columns, parts.region.columns
    percents = told_apart(rows, extents, headers, percent_columns(rows, extents, headers))
    periods = column_periods(headers, context)
    columns = [
        ColumnFacts(text, period, wording(text).is_comparison, percent)
        for text, period, percent in zip(headers, periods, percents, strict=True)
    ]
    is_cash = _CASH_FLOWS.search(parts.caption.text) is not None
    return TableFacts(
        columns,
        extents,
        parts.note,
        printed_currency(rows),
        may_count_shares=not is_cash,
        money=money,
        is_per=is_per_share(rows, parts.note),
        mixed=mixed_columns(rows, extents),
    )
