"""A page's characters, parted by the direction in which they run."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge.pdf.frames import Bounds, size, turn
from knowledge.pdf.pdfium_text import Codes, Floats, TextPage

SPACE = 32
UNICODE_END = 0x110000
_SPACES = (9, 10, 13, SPACE, 0xA0, 0x1680, 0x202F, 0x205F, 0x3000, *range(0x2000, 0x200C))
_IS_SPACE = np.zeros(max(_SPACES) + 2, np.bool_)
_IS_SPACE[list(_SPACES)] = True
"""By code; the last place stands for all codes beyond."""

Places = npt.NDArray[np.intp]
Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Characters:
    """All of a page's, in pdfium's order."""

    page: TextPage
    codes: Codes
    boxes: Floats
    spaces: Marks
    breaks: Marks
    """Spaces that part words."""
    hints: Marks
    """Line breaks that pdfium made up: where its idea of a line fails, between any two letters."""


@dataclass(frozen=True)
class Letters:
    """Those of one direction that aren't spaces, (n_letters,) each, in its own coordinates."""

    places: Places
    """In the page's characters."""
    codes: Codes
    spaced: Marks
    """Whether a space stands before each."""
    hinted: Marks
    """Whether a line break that pdfium made up does."""
    left: Floats
    top: Floats
    right: Floats
    bottom: Floats

    def __getitem__(self, kept: Marks) -> "Letters":
        columns = (self.places, self.codes, self.spaced, self.hinted)
        box = (self.left, self.top, self.right, self.bottom)
        return Letters(*(column[kept] for column in (*columns, *box)))  # type: ignore[arg-type]

    @property
    def text(self) -> str:
        fit = np.where((self.codes > 0) & (self.codes < UNICODE_END), self.codes, 0xFFFD)
        return fit.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def characters_of(page: TextPage) -> Characters:
    codes, boxes = page.codes(), page.boxes()
    spaces = _IS_SPACE[np.minimum(codes, len(_IS_SPACE) - 1)]
    breaks = spaces & ((boxes[2] > boxes[0]) | (boxes[3] > boxes[1]))
    hints = spaces & ~breaks
    # Glyphs such as "f" overhang their advance: what pdfium tells from origins holds where the gap
    # between boxes doesn't.
    made_up = np.flatnonzero(hints & (codes == SPACE))
    breaks[made_up] = page.are_generated(made_up.tolist())
    return Characters(page, codes, boxes, spaces, breaks, hints & ~breaks)


def letters_of(characters: Characters, group: Places, bounds: Bounds, quarter: int) -> Letters:
    """The visible letters among a group of characters, as they stand after `quarter` turns."""
    at = np.flatnonzero(~characters.spaces[group])
    places = group[at]
    spaced = np.diff(np.cumsum(characters.breaks[group])[at], prepend=-1) > 0
    hinted = np.diff(np.cumsum(characters.hints[group])[at], prepend=0) > 0
    left, top, right, bottom = _turn_all(bounds, quarter, characters.boxes[:, places])
    for thin in np.flatnonzero(right <= left).tolist():  # a font that gives no width
        box = turn(bounds, quarter, characters.page.tight_box(int(places[thin])))
        left[thin], top[thin], right[thin], bottom[thin] = box
    codes = characters.codes[places]
    letters = Letters(places, codes, spaced, hinted, left, top, right, bottom)
    inside = _are_inside(letters, *size(bounds, quarter))
    return letters if inside.all() else letters[inside]


def _are_inside(letters: Letters, width: float, height: float) -> Marks:
    """What lies outside of the page's visible part is shown to nobody."""
    x, y = letters.left + letters.right, letters.top + letters.bottom
    inside: Marks = (x > 0) & (x < 2 * width) & (y > 0) & (y < 2 * height)
    return inside


def _turn_all(bounds: Bounds, quarter: int, boxes: Floats) -> Iterator[Floats]:
    """`frames.turn` of (4, n) boxes at once."""
    columns: Any = tuple(boxes)  # it only adds and subtracts
    return iter(turn(bounds, quarter, columns))  # type: ignore[arg-type]
