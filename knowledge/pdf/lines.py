"""Puts words on lines."""

from collections.abc import Iterable, Sequence
from operator import attrgetter
from statistics import median_low

from knowledge.pdf.words import Word

SAME_LINE = 0.55
"""Overlap of heights, as a share of the smaller, from which two words stand on one line."""
ALL_BUT = 0.98
OPEN_LINES = 6
HUGE = 2.2
"""Of the usual size: such a word may be a stamp across the text."""


def lines_of(words: Iterable[Word]) -> list[list[Word]]:
    """Words that overlap in height, from top to bottom and each from left to right.

    Stamps across several lines come last.
    """
    ordered = sorted(words, key=lambda word: word.top + word.bottom)
    rows, spans = _rows(ordered)
    stamped: list[list[Word]] = []
    if stamps := _stamps(ordered, rows):
        stamped, _ = _rows([word for word in stamps if not _set_initial(word, ordered)])
        apart = {id(word) for row in stamped for word in row}
        rows, spans = _rows([word for word in ordered if id(word) not in apart])
    order = sorted(range(len(rows)), key=lambda at: spans[at])
    return [sorted(rows[at], key=attrgetter("left")) for at in order] + stamped


def _stamps(ordered: Sequence[Word], rows: Sequence[Sequence[Word]]) -> list[Word]:
    """Huge words that melt lines into one."""
    limit = HUGE * median_low([word.size for word in ordered]) if ordered else 0.0
    found: list[Word] = []
    for row in rows:
        huge = [word for word in row if word.size > limit]
        small = [word for word in row if word.size <= limit]
        if huge and small and max(word.top for word in small) > min(word.bottom for word in small):
            found += huge
    return found


def _set_initial(word: Word, ordered: Sequence[Word]) -> bool:
    """Whether a word is a paragraph's big first letter, which then goes to its first line."""
    if len(word.text) > 1 or not word.text.isalpha():
        return False
    beside = [
        each
        for each in ordered
        if 0 <= each.left - word.right < word.size and word.top < each.bottom < word.bottom
    ]
    if not beside:
        return False
    first = min(beside, key=attrgetter("top"))
    word.top, word.bottom, word.size = first.top, first.bottom, first.size
    return True


def _rows(ordered: Sequence[Word]) -> tuple[list[list[Word]], list[tuple[float, float]]]:
    """Words by line, and the height of each: its top and bottom."""
    rows: list[list[Word]] = []
    spans: list[tuple[float, float]] = []
    for word in ordered:
        if spans and spans[-1] == (word.top, word.bottom):
            rows[-1].append(word)  # in the same font on the same base line: the usual case
            continue
        best = _line_of(word, spans)
        if best < 0:
            rows.append([word])
            spans.append((word.top, word.bottom))
            continue
        rows[best].append(word)
        # The tallest word decides: a footnote mark doesn't stretch a line.
        if word.bottom - word.top > spans[best][1] - spans[best][0]:
            spans[best] = (word.top, word.bottom)
    return rows, spans


def _line_of(word: Word, spans: Sequence[tuple[float, float]]) -> int:
    """The line among the latest that a word overlaps most, or -1."""
    best, share = -1, SAME_LINE
    for at in range(len(spans) - 1, max(-1, len(spans) - 1 - OPEN_LINES), -1):
        top, bottom = spans[at]
        if bottom <= word.top or top >= word.bottom:
            continue
        overlap = min(bottom, word.bottom) - max(top, word.top)
        height = min(bottom - top, word.bottom - word.top)
        if overlap > share * height:
            best, share = at, overlap / max(height, 0.01)
            if share > ALL_BUT:
                return best
    return best
