"""Puts text that stands at an angle, such as a watermark, on rows of its own.

Its letters overlap lines of the page that they don't belong to: pdfium's order tells them together.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from knowledge.pdf.frames import Bounds
from knowledge.pdf.letters import Characters, Letters, Places, letters_of
from knowledge.pdf.words import Word

MAX_BLANKS = 3
"""Characters between two letters of one text."""


def slanted_rows(
    characters: Characters, group: Places, bounds: Bounds, quarter: int
) -> list[list[Word]]:
    """Words by row; the box of each is that of its row, in the frame of `quarter`."""
    letters = letters_of(characters, group, bounds, quarter)
    if not len(letters.places):
        return []
    starts = np.flatnonzero(_begins_row(letters)).tolist()
    ends = [*starts[1:], len(letters.places)]
    return [list(_row(letters, *places)) for places in zip(starts, ends, strict=True)]


def _begins_row(letters: Letters) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    begins = letters.hinted.copy()
    begins[0] = True
    # Letters of another run stand between: pdfium takes up another text.
    begins[1:] |= np.diff(letters.places) > MAX_BLANKS
    return begins


def _row(letters: Letters, start: int, end: int) -> Iterator[Word]:
    """Words beside each other along the row's box, as wide as they have letters."""
    left, right = letters.left[start:end].min(), letters.right[start:end].max()
    top, bottom = letters.top[start:end].min(), letters.bottom[start:end].max()
    text = letters.text
    parts = [start, *(at for at in range(start + 1, end) if letters.spaced[at]), end]
    step = (right - left) / (end - start)
    for first, last in pairwise(parts):
        yield Word(
            text[first:last],
            float(left + step * (first - start)),
            float(top),
            float(left + step * (last - start)),
            float(bottom),
            float(bottom - top),
            bold=False,
            spaced=first > start,
        )
