"""Says where words begin among a line's letters."""

import numpy as np

from knowledge.pdf.letters import Letters, Marks, Places
from knowledge.pdf.pdfium_text import TextPage

WORD_GAP = 0.14
"""Of the font's size: a wider gap parts words. The narrowest spaces are about 0.2."""
HINTED_GAP = 0.05
"""It does, where pdfium breaks the line too."""
OVERPRINT = -0.4
DOLLAR = 36
HEBREW = 0x590
"""Below it, no script runs leftward."""
SHIFT = 0.15
BASELINE_SHIFT = 0.02


def word_starts(letters: Letters, text: str, page: TextPage, quarter: int) -> tuple[Places, Marks]:
    """The places of first letters, and whether a space stands before each of these.

    `text` is the letters' own, one code point each.
    """
    codes, left, right = letters.codes, letters.left, letters.right
    heights = letters.bottom - letters.top
    font = heights[:-1]
    gap = left[1:] - right[:-1]
    leftward = (codes[1:] >= HEBREW) & (np.abs(left[:-1] - right[1:]) < WORD_GAP * font)
    joins = ((gap > OVERPRINT * font) & (gap < WORD_GAP * font)) | leftward | _share_glyph(letters)
    spaced = letters.spaced.copy()
    spaced[1:] |= letters.hinted[1:] & (gap > HINTED_GAP * font)
    joins &= ~spaced[1:]
    level = np.abs(np.diff(letters.bottom)) <= SHIFT * font
    level &= np.abs(np.diff(heights)) <= SHIFT * font
    uneven = np.flatnonzero(joins & ~level)
    level[uneven] = _share_baseline(letters, uneven, page, quarter)
    joins &= level
    # A "$" in its own column may touch the label before it.
    for at in np.flatnonzero(codes[1:] == DOLLAR).tolist():
        joins[at] &= not text[at].islower()
    starts = np.flatnonzero(np.concatenate(([True], ~joins)))
    return starts, spaced[starts]


def _share_glyph(letters: Letters) -> Marks:
    """Whether each letter but the first is painted by the same glyph as the one before: "fi"."""
    same: Marks = np.ones(len(letters.codes) - 1, np.bool_)
    for side in (letters.left, letters.top, letters.right, letters.bottom):
        same &= np.diff(side) == 0
    return same


def _share_baseline(letters: Letters, pairs: Places, page: TextPage, quarter: int) -> Marks:
    """Whether letters of unlike boxes stand on one line all the same.

    So small capitals do, and glyphs for which a font gives no height. Footnote marks don't.
    """
    if not len(pairs):
        return np.zeros(0, np.bool_)
    places = np.concatenate((letters.places[pairs], letters.places[pairs + 1]))
    across = page.origins(places.tolist())[1 - quarter % 2]
    before, after = across[: len(pairs)], across[len(pairs) :]
    sizes = letters.bottom[pairs] - letters.top[pairs]
    level: Marks = np.abs(after - before) <= BASELINE_SHIFT * np.maximum(sizes, 1.0)
    return level
