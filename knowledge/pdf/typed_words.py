"""Puts typed values on the lines of a page, each beside its label."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from textwrap import wrap

from knowledge.pages import Box
from knowledge.pdf.annotations import Typed
from knowledge.pdf.characters import clean
from knowledge.pdf.frames import Bounds, turn
from knowledge.pdf.words import Word

USUAL_SIZE = 10.0
LINE = 1.15
"""Of a font's size: the height of a line."""
ADVANCE = 0.5
"""Of a font's size: the width of a letter, near enough."""
FILLED = 0.75
"""Of a field's height, for the font of one that fits."""
NEAR = 2.0
"""Points by which a label may stand above or below its field."""


def typed_words(
    values: Sequence[Typed], printed: Sequence[Word], bounds: Bounds, quarter: int
) -> list[Word]:
    """The values' words in the frame of `quarter`; a value that is printed too is left out."""
    found: list[Word] = []
    for value in values:
        box = turn(bounds, quarter, value.box)
        inside = [word for word in printed if _holds(box, word)]
        if not inside or not _says(inside, value.text):
            found += _words(value, box, printed)
    return found


def _holds(box: Box, word: Word) -> bool:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return box.left < x < box.right and box.top < y < box.bottom


def _says(words: Sequence[Word], text: str) -> bool:
    return "".join(text.split()) in "".join(word.text for word in words)


def _words(value: Typed, box: Box, printed: Sequence[Word]) -> Iterator[Word]:
    height = box.bottom - box.top
    size = LINE * (value.font_size or min(USUAL_SIZE, FILLED * height))
    texts = list(_lines(value, box, size))
    if value.has_lines or len(texts) > 1:
        for at, text in enumerate(texts):
            yield from _spread(text, box, box.top + at * size, size)
        return
    middle = (box.top + box.bottom - size) / 2
    words = list(_spread(texts[0] if texts else "", box, middle, size))
    label = _label(value, box, printed)
    for word in words:
        if value.is_mark:
            word.left, word.right = box.left, box.right
        if label is None:
            yield word
        else:
            # On the very line of its label, however high the field is.
            yield replace(word, top=label.top, bottom=label.bottom, size=label.size)


def _lines(value: Typed, box: Box, size: float) -> Iterator[str]:
    letters = max(8, int((box.right - box.left) / (ADVANCE * size / LINE)))
    for line in clean(value.text.replace("\r\n", "\n").replace("\r", "\n")).split("\n"):
        yield from wrap(line, letters, break_long_words=False) if value.has_lines else [line]


def _label(value: Typed, box: Box, printed: Sequence[Word]) -> Word | None:
    """The nearest word on the field's height: to its left, or on either side of a check box."""
    top, bottom = box.top - NEAR, box.bottom + NEAR
    level = [word for word in printed if top < (word.top + word.bottom) / 2 < bottom]
    middle = (box.left + box.right) / 2
    if not value.is_mark:
        level = [word for word in level if word.right <= middle]
    return min(
        level, key=lambda word: max(box.left - word.right, word.left - box.right), default=None
    )


def _spread(text: str, box: Box, top: float, size: float) -> Iterator[Word]:
    """A line's words from the left of a box, within its width."""
    advance = min(ADVANCE * size / LINE, (box.right - box.left) / max(1, len(text)))
    at = 0
    for part in text.split():
        at = text.index(part, at)
        left = box.left + at * advance
        right = left + len(part) * advance
        yield Word(part, left, top, right, top + size, size, bold=False, spaced=True)
        at += len(part)
