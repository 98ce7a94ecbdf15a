"""A page's lines in reading order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pypdfium2 as pdfium

from knowledge.pages import Box
from knowledge.pdf.columns import rows_in_order
from knowledge.pdf.doubts import doubts_of
from knowledge.pdf.frames import Bounds, between, size
from knowledge.pdf.glyphs import read_words
from knowledge.pdf.tokens import text_line
from knowledge.pdf.words import TextLine, Word

NOTHING = Bounds(0.0, 0.0, 0.0, 0.0)


@dataclass
class PageLayout:
    """Lines as they are read. Their coordinates are those of a page on which they are upright."""

    number: int
    """From 1."""
    bounds: Bounds = NOTHING
    rotation: int = 0
    """Clockwise quarter turns by which a viewer shows the page."""
    quarter: int = 0
    """Clockwise quarter turns after which most of the text is upright."""
    lines: list[TextLine] = field(default_factory=list)
    doubts: tuple[str, ...] = ()
    """Why the page may have been misread, in words."""

    @property
    def text(self) -> str:
        return "\n".join([line.text for line in self.lines])

    @property
    def height(self) -> float:
        """Of the page as most of its text stands."""
        return size(self.bounds, self.quarter)[1]

    @property
    def width(self) -> float:
        return size(self.bounds, self.quarter)[0]

    @cached_property
    def shown_size(self) -> tuple[float, float]:
        """Width and height in points, as a viewer shows the page."""
        return size(self.bounds, self.rotation)

    def shown(self, box: Box, quarter: int | None = None) -> Box:
        """A box of a line as a viewer shows it."""
        source = self.quarter if quarter is None else quarter
        left, top, right, bottom = between(self.bounds, source, self.rotation, box)
        width, height = self.shown_size
        if left >= 0 and top >= 0 and right <= width and bottom <= height:
            return Box(round(left, 2), round(top, 2), round(right, 2), round(bottom, 2))
        return Box(
            round(min(max(left, 0.0), width), 2),
            round(min(max(top, 0.0), height), 2),
            round(max(min(right, width), 0.0), 2),
            round(max(min(bottom, height), 0.0), 2),
        )


def lay_out(document: pdfium.PdfDocument, number: int, *, typed: bool = True) -> PageLayout:
    """Page `number`, from 1; one that can't be read is empty.

    Args:
        document: the PDF.
        number: of the page.
        typed: read values of form fields and free text too.
    """
    try:
        page = read_words(document, number - 1, typed=typed)
    except pdfium.PdfiumError:
        return PageLayout(number)
    upright = [
        (quarter, row) for quarter, words in page.words.items() for row in rows_in_order(words)
    ]
    lines = _lines(upright)
    slanted = _lines((page.slanted_quarter, row) for row in page.slanted)
    return PageLayout(
        number,
        page.bounds,
        page.rotation,
        page.quarter,
        [*lines, *slanted],
        doubts_of([*lines, *slanted], slanted),
    )


def _lines(rows: Iterable[tuple[int, Sequence[Word]]]) -> list[TextLine]:
    """Args: rows: words, with the quarter turn at which they are upright."""
    lines: list[TextLine] = []
    for quarter, row in rows:
        line = text_line(row)
        if line.text:
            line.quarter = quarter
            lines.append(line)
    return lines
