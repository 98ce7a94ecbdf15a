"""Turns a page's lines into tables, page after page."""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.pages import Table
from knowledge.pdf.layout import PageLayout
from knowledge.pdf.tables.calendar import FiscalCalendar
from knowledge.pdf.tables.captions import note_of, read_caption
from knowledge.pdf.tables.classify import Classified, classify
from knowledge.pdf.tables.continuation import (
    Continued,
    header_from,
    is_at_foot,
    is_at_head,
    is_repeated,
    is_under_another_title,
)
from knowledge.pdf.tables.conventions import Conventions
from knowledge.pdf.tables.dated_rows import Span, days_of, span_of
from knowledge.pdf.tables.general_notes import said_for_all
from knowledge.pdf.tables.headers import Header, read_header
from knowledge.pdf.tables.labels import Headings, label_edge, labelled_rows, leading
from knowledge.pdf.tables.note_column import note_extent, without_notes
from knowledge.pdf.tables.regions import Region, regions_of
from knowledge.pdf.tables.rows import NO_SCALE, Document, Parts, rows_of
from knowledge.pdf.tables.units import UnitNote, is_unit_note

MAX_LINE = 300
"""Characters of a line above a bank's statement that are looked at."""
_OTHER_TITLE = "column headers taken from the page before, under another heading"
_ALL_AMOUNTS = re.compile(r"\ball\s+(?:amounts|figures)\s+(?:are\s+)?in\b", re.IGNORECASE)


class TableReader:
    """Reads tables in the order of pages: one may go on with what the page before began."""

    def __init__(self, calendar: FiscalCalendar, conventions: Conventions | None = None) -> None:
        self._calendar = calendar
        self._conventions = conventions or Conventions()
        self._before: Continued | None = None
        self._note = UnitNote()
        self._is_scaled = False
        """Whether a table before says that its figures are in thousands or more."""
        self._span: Span | None = None
        """What a bank's statement is about, as its first page says."""

    def read(self, page: PageLayout, running: Sequence[str] = ()) -> tuple[Table, ...]:
        """The tables of a page from top to bottom.

        Args:
            page: with each line's start in the page's text.
            running: what its running headers said; some say the unit of all tables.
        """
        upright = [line for line in page.lines if line.quarter == page.quarter]
        self._conventions.learn(page.number, page.text)
        lines = classify(upright, self._conventions.style(page.number))
        self._note = said_for_all(page, running) or self._note
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
        header = _header_of(region)
        caption = read_caption(region, header, lines)
        note = note_of(caption, header, region, lines, self._note)
        if _ALL_AMOUNTS.search(caption.text):
            self._note = note
        headings = Headings()
        carried = header_from(before, region, header, caption) if before else None
        is_continued = carried is not None and is_at_head(region, lines)
        doubts: tuple[str, ...] = ()
        if before and carried is not None and is_continued:
            if header.is_empty and not caption.text.startswith(before.caption):
                titles = [line for line in header.caption if not is_repeated(line, before)]
                header.groups = [*titles, *header.groups]
                doubts = (
                    (_OTHER_TITLE,)
                    if is_under_another_title(header.groups, carried, before)
                    else ()
                )
            header.columns, header.stub = carried, header.stub or before.stub
            caption = replace(caption, text=before.caption)
            note, headings = before.note, before.headings
        lead = leading(header.groups)
        for group in header.groups[: len(header.groups) - len(lead)]:
            if not is_unit_note(group.line.text):
                headings.add(group)
        if note.scale > 1:
            self._is_scaled = True
        elif self._is_scaled and not note.is_said:
            doubts = (*doubts, NO_SCALE)
        parts = Parts(region, header, caption, note, notes, doubts)
        labelled = list(labelled_rows([*lead, *region.body], region.columns, headings))
        document = Document(self._calendar, self._conventions.money())
        days = days_of(labelled)
        if days:
            above = (line.text for line in page.lines if line.start < region.body[0].line.start)
            self._span = span_of(text[:MAX_LINE] for text in above) or self._span
        rows = tuple(rows_of(labelled, parts, page, document, (days, self._span)))
        end = max((row.end for row in rows), default=caption.start)
        table = Table(caption.start, end, caption.text, is_continued, rows)
        return table, _handed_on(parts, headings)


def _header_of(region: Region) -> Header:
    if region.is_pairs:
        return Header([""], caption=list(region.above))
    return read_header(region.above, region.columns, label_edge(region.body, region.columns))


def _handed_on(parts: Parts, headings: Headings) -> Continued:
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
