"""A page's text as pdfium itself puts it together, to hold our own reading against."""

import numpy as np
import pypdfium2 as pdfium

from knowledge.pdf.characters import clean
from knowledge.pdf.letters import Characters, Marks, characters_of
from knowledge.pdf.lost_ligatures import restored
from knowledge.pdf.pdfium_text import TextPage

TOUCHING = 0.08
"""Of a letter's height: two letters this close stand in one word."""
LEVEL = 0.1
UNICODE_END = 0x110000


def pdfium_text(document: pdfium.PdfDocument, number: int) -> str:
    """The text of page `number`, from 1, with what our reader knows of characters applied.

    pdfium breaks the line between any two letters where it takes a page's direction for another.
    Such breaks between letters that touch on one line are left out.
    """
    page = document[number - 1]
    try:
        text_page = page.get_textpage()
        try:
            return _text(TextPage(text_page.raw))
        finally:
            text_page.close()
    finally:
        page.close()


def _text(page: TextPage) -> str:
    if not page.count:
        return ""
    characters = characters_of(page)
    kept = ~_false_breaks(characters)
    codes = characters.codes[kept]
    fit = np.where((codes > 0) & (codes < UNICODE_END), codes, 0xFFFD).astype("<u4")
    text = fit.tobytes().decode("utf-32-le", "surrogatepass")
    return " ".join(clean(restored(word)) for word in text.split())


def _false_breaks(characters: Characters) -> Marks:
    """Which characters are line breaks of pdfium's within a word."""
    page, left, right = characters.page, characters.boxes[0], characters.boxes[2]
    letters = np.flatnonzero(~characters.spaces)
    before, after = letters[:-1], letters[1:]
    apart = after - before > 1
    hinted = np.cumsum(characters.hints)
    apart &= hinted[after] > hinted[before]
    painted = np.cumsum(characters.breaks)
    apart &= painted[after] == painted[before]
    before, after = before[apart], after[apart]
    heights = np.maximum(characters.boxes[3, before] - characters.boxes[1, before], 0.01)
    touch = np.abs(left[after] - right[before]) < TOUCHING * heights
    before, after, heights = before[touch], after[touch], heights[touch]
    lines = [page.origins(places.tolist())[1] for places in (before, after)]
    level = np.abs(lines[0] - lines[1]) < LEVEL * heights
    false: Marks = np.zeros(page.count, np.bool_)
    for first, last in zip(before[level].tolist(), after[level].tolist(), strict=True):
        false[first + 1 : last] = True
    return false
