"""Groups a page's characters into words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from pypdfium2 import raw

from knowledge.pdf.frames import QUARTERS, Bounds, size, turn
from knowledge.pdf.pdfium_text import Codes, Floats, TextPage
from knowledge.pdf.words import Word

ANGLE_SAMPLES = 48
WORD_GAP = 0.14
"""Of the font's size: a wider gap parts words. The narrowest spaces are about 0.2."""
OVERPRINT = -0.4
DOLLAR = 36
HEBREW = 0x590
"""Below it, no script runs leftward."""
SHIFT = 0.15
UNICODE_END = 0x110000
_SPACES = (9, 10, 13, 32, 0xA0, 0x1680, 0x202F, 0x205F, 0x3000, *range(0x2000, 0x200C))
_IS_SPACE = np.zeros(max(_SPACES) + 2, np.bool_)
_IS_SPACE[list(_SPACES)] = True
"""By code; the last place stands for all codes beyond."""

Places = npt.NDArray[np.intp]
Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class PageWords:
    """A page's words by the quarter turn at which they stand upright, most words first."""

    bounds: Bounds
    rotation: int
    """Clockwise quarter turns by which a viewer shows the page."""
    words: dict[int, list[Word]]


def read_words(document: pdfium.PdfDocument, index: int) -> PageWords:
    """The words of page `index`, from 0.

    Raises:
        pdfium.PdfiumError: the page can't be loaded.
    """
    page = raw.FPDF_LoadPage(document.raw, index)
    if not page:
        raise pdfium.PdfiumError("The page can't be loaded.")
    try:
        bounds = _bounds(page)
        rotation = max(0, raw.FPDFPage_GetRotation(page)) % QUARTERS
        text_page = raw.FPDFText_LoadPage(page)
        if not text_page:
            return PageWords(bounds, rotation, {})
        try:
            return PageWords(bounds, rotation, _words_by_quarter(TextPage(text_page), bounds))
        finally:
            raw.FPDFText_ClosePage(text_page)
    finally:
        raw.FPDF_ClosePage(page)


def _bounds(page: Any) -> Bounds:  # noqa: ANN401  # a pdfium handle
    rect = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(page, rect) or not (
        rect.right > rect.left and rect.top > rect.bottom
    ):
        return Bounds(0.0, 0.0, 612.0, 792.0)
    return Bounds(rect.left, rect.bottom, rect.right, rect.top)


@dataclass(frozen=True)
class _Characters:
    """All of a page's, in pdfium's order."""

    page: TextPage
    codes: Codes
    boxes: Floats
    spaces: Marks
    painted: Marks
    """Spaces of the file's own: one that pdfium made up has no extent."""


@dataclass(frozen=True)
class _Letters:
    """Those of one direction that aren't spaces, (n_letters,) each, in its own coordinates."""

    places: Places
    """In the page's characters."""
    spaced: Marks
    """Whether a painted space stands before each."""
    left: Floats
    top: Floats
    right: Floats
    bottom: Floats

    def __getitem__(self, kept: Marks) -> "_Letters":
        columns = (self.places, self.spaced, self.left, self.top, self.right, self.bottom)
        return _Letters(*(column[kept] for column in columns))  # type: ignore[arg-type]


def _words_by_quarter(page: TextPage, bounds: Bounds) -> dict[int, list[Word]]:
    if not page.count:
        return {}
    characters = _characters(page)
    groups = _by_quarter(page, characters.spaces)
    ordered = sorted(groups, key=lambda quarter: -len(groups[quarter]))
    return {quarter: _words(characters, groups[quarter], bounds, quarter) for quarter in ordered}


def _characters(page: TextPage) -> _Characters:
    codes, boxes = page.codes(), page.boxes()
    spaces = _IS_SPACE[np.minimum(codes, len(_IS_SPACE) - 1)]
    painted = spaces & ((boxes[2] > boxes[0]) | (boxes[3] > boxes[1]))
    return _Characters(page, codes, boxes, spaces, painted)


def _by_quarter(page: TextPage, spaces: Marks) -> dict[int, Places]:
    """Characters by direction; a page whose samples all point one way isn't asked for each."""
    letters = np.flatnonzero(~spaces)
    step = max(1, len(letters) // ANGLE_SAMPLES)
    sampled = set(page.quarters(letters[::step].tolist()))
    if len(sampled) <= 1:
        return {next(iter(sampled), 0): np.arange(page.count)}
    quarters = np.zeros(page.count, np.int8)
    quarters[letters] = page.quarters(letters.tolist())
    # A space goes with the letter before it.
    latest = np.maximum.accumulate(np.where(spaces, 0, np.arange(page.count)))
    quarters = quarters[latest]
    return {int(quarter): np.flatnonzero(quarters == quarter) for quarter in set(quarters.tolist())}


def _words(characters: _Characters, group: Places, bounds: Bounds, quarter: int) -> list[Word]:
    letters = _letters(characters, group, bounds, quarter)
    inside = _are_inside(letters, *size(bounds, quarter))
    if not inside.all():
        letters = letters[inside]
    if not len(letters.places):
        return []
    codes = characters.codes[letters.places]
    text = _text(codes)
    starts = _starts(letters, codes, text)
    ends = [*starts[1:].tolist(), len(codes)]
    made = map(
        Word,
        [text[start:end] for start, end in zip(starts.tolist(), ends, strict=True)],
        np.minimum.reduceat(letters.left, starts).tolist(),
        letters.top[starts].tolist(),
        np.maximum.reduceat(letters.right, starts).tolist(),
        letters.bottom[starts].tolist(),
        (letters.bottom - letters.top)[starts].tolist(),
        characters.page.are_bold(letters.places[starts].tolist()),
        letters.spaced[starts].tolist(),
    )
    return list(made)


def _letters(characters: _Characters, group: Places, bounds: Bounds, quarter: int) -> _Letters:
    at = np.flatnonzero(~characters.spaces[group])
    places = group[at]
    # Where no space is painted, the gap decides.
    spaced = np.diff(np.cumsum(characters.painted[group])[at], prepend=-1) > 0
    left, top, right, bottom = _turn_all(bounds, quarter, characters.boxes[:, places])
    for thin in np.flatnonzero(right <= left).tolist():  # a font that gives no width
        box = turn(bounds, quarter, characters.page.tight_box(int(places[thin])))
        left[thin], top[thin], right[thin], bottom[thin] = box
    return _Letters(places, spaced, left, top, right, bottom)


def _are_inside(letters: _Letters, width: float, height: float) -> Marks:
    """What lies outside of the page's visible part is shown to nobody."""
    x, y = letters.left + letters.right, letters.top + letters.bottom
    inside: Marks = (x > 0) & (x < 2 * width) & (y > 0) & (y < 2 * height)
    return inside


def _turn_all(bounds: Bounds, quarter: int, boxes: Floats) -> Iterator[Floats]:
    """`frames.turn` of (4, n) boxes at once."""
    columns: Any = tuple(boxes)  # it only adds and subtracts
    return iter(turn(bounds, quarter, columns))  # type: ignore[arg-type]


def _text(codes: Codes) -> str:
    fit = np.where((codes > 0) & (codes < UNICODE_END), codes, 0xFFFD)
    return fit.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def _starts(letters: _Letters, codes: Codes, text: str) -> Places:
    """Where words begin."""
    left, right = letters.left, letters.right
    heights = letters.bottom - letters.top
    font = heights[:-1]
    gap = left[1:] - right[:-1]
    leftward = (codes[1:] >= HEBREW) & (np.abs(left[:-1] - right[1:]) < WORD_GAP * font)
    joins = ((gap > OVERPRINT * font) & (gap < WORD_GAP * font)) | leftward
    joins &= ~letters.spaced[1:]
    joins &= np.abs(np.diff(letters.bottom)) <= SHIFT * font
    joins &= np.abs(np.diff(heights)) <= SHIFT * font
    # A "$" in its own column may touch the label before it.
    for at in np.flatnonzero(codes[1:] == DOLLAR).tolist():
        joins[at] &= not text[at].islower()
    return np.flatnonzero(np.concatenate(([True], ~joins)))
