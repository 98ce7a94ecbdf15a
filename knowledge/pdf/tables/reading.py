"""Turns a page's lines into tables, page after page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.pages import Cell, Row, Table
from knowledge.pdf.layout import PageLayout
from knowledge.pdf.tables.calendar import FiscalCalendar
from knowledge.pdf.tables.captions import Caption, note_of, read_caption
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
from knowledge.pdf.tables.classify import Classified, classify
from knowledge.pdf.tables.columns import FigureColumn, column_at
from knowledge.pdf.tables.continuation import (
    Continued,
    header_from,
    is_at_foot,
    is_at_head,
    is_repeated,
    is_under_another_title,
)
from knowledge.pdf.tables.conventions import Conventions
from knowledge.pdf.tables.headers import Header, read_header
from knowledge.pdf.tables.labels import Headings, LabelledRow, label_edge, labelled_rows
from knowledge.pdf.tables.money import Money
from knowledge.pdf.tables.note_column import note_extent, without_notes
from knowledge.pdf.tables.percents import told_apart
from knowledge.pdf.tables.periods import Context, column_periods
from knowledge.pdf.tables.regions import Region, regions_of
from knowledge.pdf.tables.row_periods import row_periods
from knowledge.pdf.tables.units import UnitNote, is_unit_note, unit_note
from knowledge.pdf.tables.wording import Wording, wording

MAX_LINE = 300
"""Characters; what says a unit for all tables is printed in lines of a page's width."""
_BALANCES = re.compile(r"\bbalance\s+sheets?|financial\s+(?:position|condition)", re.IGNORECASE)
_CASH_FLOWS = re.compile(r"\bcash\s+flows?\b", re.IGNORECASE)
_NO_SCALE = "no scale is stated, unlike in other tables"
_OTHER_TITLE = "column headers taken from the page before, under another heading"
_UNLESS = re.compile(
    r"\b(?:unless|except\s+(?:as|where)|sofern\s+nicht|soweit\s+nicht|sauf|salvo)\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"\.\s+(?=[A-Z])")
_UNLESS_HINTS = ("unless", "except as", "except where", "sofern", "soweit", "sauf ", "salvo ")
"""Without one of these words on a page, no line is looked at: most pages are told quickly."""
_FOR_ALL = re.compile(
    rf"{_UNLESS.pattern}\s+(?:otherwise\s+)?(?:stated|noted|indicated|anders|abweichend|mention|"
    r"indication|indicaci\u00f3n)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Parts:
    """What a table is made of, besides its rows."""

    region: Region
    header: Header
    caption: Caption
    note: UnitNote
    notes: FigureColumn | None
    """Where references to notes stand."""
    doubts: tuple[str, ...] = ()
    """About all figures of the table."""


class TableReader:
    """Reads tables in the order of pages: one may go on with what the page before began."""

    def __init__(self, calendar: FiscalCalendar, conventions: Conventions | None = None) -> None:
        self._calendar = calendar
        self._conventions = conventions or Conventions()
        self._before: Continued | None = None
        self._note = UnitNote()
        self._is_scaled = False
        """Whether a table before says that its figures are in thousands or more."""

    def read(self, page: PageLayout, running: Sequence[str] = ()) -> tuple[Table, ...]:
        """The tables of a page from top to bottom.

        Args:
            page: with each line's start in the page's text.
            running: what its running headers said; some say the unit of all tables.
        """
        upright = [line for line in page.lines if line.quarter == page.quarter]
        self._conventions.learn(page.number, page.text)
        lines = classify(upright, self._conventions.style(page.number))
        self._note = _said_for_all(page, running) or self._note
        before, self._before = self._before, None
        tables: list[Table] = []
        for region in regions_of(lines):
            table, state = self._table(page, region, lines, before)
            before = None
            tables.append(table)
            self._before = state if is_at_foot(region, lines) else None
        return tuple(table for table in tables if table.rows)

    def _table(
        self,
        page: PageLayout,
        region: Region,
        lines: Sequence[Classified],
        before: Continued | None,
    ) -> tuple[Table, Continued]:
        notes = note_extent(region) or (
            before.notes if before and is_at_head(region, lines) else None
        )
        if notes:
            region = without_notes(region, notes)
        header = read_header(region.above, region.columns, label_edge(region.body, region.columns))
        caption = read_caption(region, header, lines)
        note = note_of(caption, header, region, lines, self._note)
        headings = Headings()
        carried = header_from(before, region, header, caption) if before else None
        is_continued = carried is not None and is_at_head(region, lines)
        doubts: tuple[str, ...] = ()
        if before and carried is not None and is_continued:
            if header.is_empty and not caption.text.startswith(before.caption):
                titles = [line for line in header.caption if not is_repeated(line, before)]
                header.groups = [*titles, *header.groups]
                doubts = (_OTHER_TITLE,) if is_under_another_title(header.groups, before) else ()
            header.columns, header.stub = carried, header.stub or before.stub
            caption = replace(caption, text=before.caption)
            note, headings = before.note, before.headings
        for group in header.groups:
            if not is_unit_note(group.line.text):
                headings.add(group)
        if note.scale > 1:
            self._is_scaled = True
        elif self._is_scaled and not note.is_said:
            doubts = (*doubts, _NO_SCALE)
        parts = _Parts(region, header, caption, note, notes, doubts)
        labelled = list(labelled_rows(region.body, region.columns, headings))
        rows = tuple(self._rows(labelled, parts, page))
        end = max((row.end for row in rows), default=caption.start)
        table = Table(caption.start, end, caption.text, is_continued, rows)
        return table, _handed_on(parts, headings)

    def _rows(self, rows: Sequence[LabelledRow], parts: _Parts, page: PageLayout) -> Iterator[Row]:
        context = Context(
            self._calendar,
            wording(parts.header.stub),
            _time_of_caption(parts),
            is_balance=_BALANCES.search(parts.caption.text) is not None,
        )
        facts = _facts(rows, parts, context, self._conventions.money())
        placed = []
        for row, period in zip(rows, row_periods(rows, context), strict=True):
            cells = cells_of(row, facts, period, page)
            cells = tuple(_doubted(cell, parts.doubts) for cell in cells)
            columns = [
                column_at(segment, parts.region.columns)
                for segment in sorted(row.cells, key=lambda segment: segment.start)
            ]
            read = Row(row.start, row.end, row.label, row.group, cells)
            placed.append(Placed(read, tuple(columns)))
        return checked(placed, facts.columns)


def _doubted(cell: Cell, doubts: Sequence[str]) -> Cell:
    """A cell with the doubts of its table that concern it: only amounts have a scale."""
    is_amount = cell.scale == 1 and cell.unit is not None and cell.unit.isupper()
    words = [each for each in doubts if each != _NO_SCALE or is_amount]
    return replace(cell, doubts=(*cell.doubts, *words)) if words else cell


def _time_of_caption(parts: _Parts) -> Wording:
    """What the caption says about time; of several times, the one nearest to the table."""
    whole = wording(parts.caption.text)
    if len(whole.days) + len(whole.years) <= 1:
        return whole
    lines = (wording(line.line.text) for line in reversed(parts.header.caption))
    near = next((said for said in lines if said.is_dated), whole)
    if len(near.days) + len(near.years) > 1:
        return whole
    return replace(whole, days=near.days, years=near.years, since=near.since)


def _facts(
    rows: Sequence[LabelledRow], parts: _Parts, context: Context, money: Money
) -> TableFacts:
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


def _handed_on(parts: _Parts, headings: Headings) -> Continued:
    header = parts.header
    return Continued(
        header.columns,
        header.stub,
        parts.caption.text,
        parts.note,
        headings,
        list(parts.region.columns),
        parts.notes,
    )


def _said_for_all(page: PageLayout, running: Sequence[str]) -> UnitNote | None:
    """A unit that running headers or a sentence set for all tables that say none."""
    said = unit_note(" ".join(running))
    if said.scale > 1:
        return said
    small = page.text.lower()
    if not any(hint in small for hint in _UNLESS_HINTS):
        return None
    for at, line in enumerate(page.lines):
        if not _UNLESS.search(line.text):
            continue
        near = page.lines[max(0, at - 2) : at + 2]
        text = " ".join(line.text[:MAX_LINE] for line in near)
        for sentence in filter(_FOR_ALL.search, _SENTENCE.split(text)):
            said = unit_note(sentence)
            if said.scale > 1:
                return said
    return None
