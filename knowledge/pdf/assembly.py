"""Puts a page's parts together."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from knowledge.pages import Line, Page
from knowledge.pdf.layout import PageLayout
from knowledge.pdf.outline.sections import Outline
from knowledge.pdf.tables.calendar import FiscalCalendar
from knowledge.pdf.tables.conventions import Conventions
from knowledge.pdf.tables.reading import TableReader

MAX_CHARACTERS = 1_000_000
"""Of a page's text; what goes beyond is left out."""

MIN_TABLE_LINES = 3


class Assembly:
    """Makes pages of layouts, in order: tables and sections go on from page to page."""

    def __init__(self, calendar: FiscalCalendar, conventions: Conventions) -> None:
        self._tables = TableReader(calendar, conventions)
        self._turned_tables = TableReader(calendar, conventions)
        self._outline = Outline()

    def page(self, layout: PageLayout, running: Sequence[str]) -> Page:
        """A page whose offsets count in its own text, and whose boxes are a viewer's.

        Args:
            layout: without running headers and footers.
            running: what these said.
        """
        page = _text_and_lines(layout)
        tables = self._tables.read(layout, running)
        for quarter in _turned(layout):
            tables += self._turned_tables.read(replace(layout, quarter=quarter), running)
        page = replace(page, tables=tables)
        return replace(page, sections=self._outline.read(layout, page))


def _text_and_lines(layout: PageLayout) -> Page:
    _place(layout)
    width, height = layout.shown_size
    return Page(
        layout.number,
        width,
        height,
        layout.text,
        tuple(
            Line(line.start, line.end, layout.shown(line.box, line.quarter))
            for line in layout.lines
        ),
        doubts=layout.doubts,
    )


def _turned(layout: PageLayout) -> list[int]:
    """The other directions in which enough lines stand for a table."""
    counts = Counter(line.quarter for line in layout.lines)
    return [
        quarter
        for quarter, count in counts.items()
        if quarter != layout.quarter and count >= MIN_TABLE_LINES
    ]


def _place(layout: PageLayout) -> None:
    """Gives each line its start, and drops those beyond the page's limit."""
    at = 0
    for number, line in enumerate(layout.lines):
        line.start = at
        at = line.end + 1
        if line.end > MAX_CHARACTERS:
            del layout.lines[number:]
            return
