"""Puts words on lines."""

from collections.abc import Iterable, Sequence
from operator import attrgetter

from knowledge.pdf.words import Word

SAME_LINE = 0.55
"""Overlap of heights, as a share of the smaller, from which two words stand on one line."""
ALL_BUT = 0.98
OPEN_LINES = 6


def lines_of(words: Iterable[Word]) -> list[list[Word]]:
    """Words that overlap in height, from top to bottom and each from left to right."""
    rows: list[list[Word]] = []
    spans: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda word: word.top + word.bottom):
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
    order = sorted(range(len(rows)), key=lambda at: spans[at])
    return [sorted(rows[at], key=attrgetter("left")) for at in order]


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
