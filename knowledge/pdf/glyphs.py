"""Groups a page's characters into words."""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from knowledge.pdf.annotations import Typed, typed_on
from knowledge.pdf.frames import QUARTERS, Bounds
from knowledge.pdf.letters import Characters, Places, characters_of, letters_of
from knowledge.pdf.lost_ligatures import UNKNOWN, restored
from knowledge.pdf.pdfium_text import SLANTED, TextPage
from knowledge.pdf.slanted import slanted_rows
from knowledge.pdf.typed_words import typed_words
from knowledge.pdf.word_starts import word_starts
from knowledge.pdf.words import Word


@dataclass(frozen=True)
class PageWords:
    """A page's words by the quarter turn at which they stand upright, most words first."""

    bounds: Bounds
    rotation: int
    """Clockwise quarter turns by which a viewer shows the page."""
    words: dict[int, list[Word]]
    slanted: list[list[Word]] = field(default_factory=list)
    """Rows of text at another angle, such as a watermark, in the frame of `slanted_quarter`."""

    @property
    def quarter(self) -> int:
        """Clockwise quarter turns after which most of the text is upright."""
        return next(iter(self.words), 0)

    @property
    def slanted_quarter(self) -> int:
        """Another than the page's own, so that no slanted row counts as a line of its text."""
        return (self.quarter + 1) % QUARTERS


def read_words(document: pdfium.PdfDocument, index: int, *, typed: bool = True) -> PageWords:
    """The words of page `index`, from 0.

    Args:
        document: the PDF.
        index: of the page.
        typed: read values of form fields and free text too.

    Raises:
        pdfium.PdfiumError: the page can't be loaded.
    """
    page = raw.FPDF_LoadPage(document.raw, index)
    if not page:
        raise pdfium.PdfiumError("The page can't be loaded.")
    try:
        bounds = _bounds(page)
        rotation = max(0, raw.FPDFPage_GetRotation(page)) % QUARTERS
        words = PageWords(bounds, rotation, {})
        if text_page := raw.FPDFText_LoadPage(page):
            try:
                words = _page_words(TextPage(text_page), bounds, rotation)
            finally:
                raw.FPDFText_ClosePage(text_page)
        values = typed_on(document, page) if typed else []
        return _with_typed(words, values) if values else words
    finally:
        raw.FPDF_ClosePage(page)


def _with_typed(page: PageWords, values: list[Typed]) -> PageWords:
    quarter = page.quarter if page.words else page.rotation
    printed = page.words.get(quarter, [])
    found = typed_words(values, printed, page.bounds, quarter)
    return replace(page, words=page.words | {quarter: [*printed, *found]})


def _bounds(page: Any) -> Bounds:  # noqa: ANN401  # a pdfium handle
    rect = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(page, rect) or not (
        rect.right > rect.left and rect.top > rect.bottom
    ):
        return Bounds(0.0, 0.0, 612.0, 792.0)
    return Bounds(rect.left, rect.bottom, rect.right, rect.top)


def _page_words(page: TextPage, bounds: Bounds, rotation: int) -> PageWords:
    if not page.count:
        return PageWords(bounds, rotation, {})
    characters = characters_of(page)
    groups = _by_quarter(characters)
    slanted = groups.pop(SLANTED, None)
    ordered = sorted(groups, key=lambda quarter: -len(groups[quarter]))
    words = {quarter: _words(characters, groups[quarter], bounds, quarter) for quarter in ordered}
    found = PageWords(bounds, rotation, words)
    if slanted is None:
        return found
    rows = slanted_rows(characters, slanted, bounds, found.slanted_quarter)
    return replace(found, slanted=rows)


def _by_quarter(characters: Characters) -> dict[int, Places]:
    """Characters by direction.

    One letter answers for those after it at the same height: along a line that is most of them.
    """
    page, spaces = characters.page, characters.spaces
    letters = np.flatnonzero(~spaces)
    if not len(letters):
        return {0: np.arange(page.count)}
    moves = np.diff(characters.boxes[1, letters]) != 0
    starts = np.flatnonzero(np.concatenate(([True], moves)))
    asked = page.quarters(letters[starts].tolist())
    if len(set(asked)) == 1:
        return {asked[0]: np.arange(page.count)}
    quarters = np.zeros(page.count, np.int8)
    quarters[letters] = np.repeat(asked, np.diff(np.append(starts, len(letters))))
    # A space goes with the letter before it.
    latest = np.maximum.accumulate(np.where(spaces, 0, np.arange(page.count)))
    quarters = quarters[latest]
    return {int(quarter): np.flatnonzero(quarters == quarter) for quarter in set(quarters.tolist())}


def _words(characters: Characters, group: Places, bounds: Bounds, quarter: int) -> list[Word]:
    letters = letters_of(characters, group, bounds, quarter)
    if not len(letters.places):
        return []
    text = letters.text
    starts, spaced = word_starts(letters, text, characters.page, quarter)
    ends = [*starts[1:].tolist(), len(text)]
    texts = [text[start:end] for start, end in zip(starts.tolist(), ends, strict=True)]
    if UNKNOWN in text:
        texts = list(map(restored, texts))
    made = map(
        Word,
        texts,
        np.minimum.reduceat(letters.left, starts).tolist(),
        letters.top[starts].tolist(),
        np.maximum.reduceat(letters.right, starts).tolist(),
        letters.bottom[starts].tolist(),
        (letters.bottom - letters.top)[starts].tolist(),
        characters.page.are_bold(letters.places[starts].tolist()),
        spaced.tolist(),
    )
    return list(made)
