"""Finds prose that is set in columns, so that each column is read to its end.

A table has gutters too. What tells prose apart is that its lines fill their column with words.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from knowledge.pdf.lines import lines_of
from knowledge.pdf.words import Word

BIN = 4.0
"""Points: the grain at which gutters are looked for."""
MAX_WIDTH = 14_400.0
"""Points, of the widest page that the PDF format foresees."""
MIN_ROWS = 6
MAX_DEPTH = 2
MIN_SIDE = 0.22
"""Of the text's width, for a column."""
GUTTER = 0.9
"""Of the font's size: narrower gaps are between words."""
FILL = 0.6
PROSE_WORDS = 4
LETTERS = 0.72
PROSE, SOME_PROSE = 0.55, 0.3

Row = list[Word]


@dataclass(frozen=True)
class _Span:
    """Rows that leave a gutter open: from `first` to before `last`."""

    gutter: float
    first: int
    last: int


def rows_in_order(words: Sequence[Word], depth: int = MAX_DEPTH) -> list[Row]:
    """A page's words by line, column after column where it has columns."""
    rows = lines_of(words)
    span = _span(rows) if depth and len(rows) >= MIN_ROWS else None
    if span is None:
        return rows
    inner = [word for row in rows[span.first : span.last] for word in row]
    left = [word for word in inner if word.right <= span.gutter + BIN / 2]
    right = [word for word in inner if word.right > span.gutter + BIN / 2]
    above = [word for row in rows[: span.first] for word in row]
    below = [word for row in rows[span.last :] for word in row]
    return [
        *rows_in_order(above, depth - 1),
        *rows_in_order(left, depth - 1),
        *rows_in_order(right, depth - 1),
        *rows_in_order(below, depth - 1),
    ]


def _span(rows: Sequence[Row]) -> _Span | None:
    gaps = [list(_gaps(row)) for row in rows]
    for gutter in _gutters(gaps, rows):
        for first, last in _open_runs(rows, gutter):
            if _is_prose_in_two(rows[first:last], gutter):
                return _Span(gutter, first, last)
    return None


def _gaps(row: Row) -> Iterator[tuple[float, float]]:
    right = row[0].right
    for word in row[1:]:
        if word.left - right > GUTTER * word.size:
            yield right, word.left
        right = max(right, word.right)


def _gutters(gaps: Sequence[Sequence[tuple[float, float]]], rows: Sequence[Row]) -> list[float]:
    """The middle of the places that most lines leave blank, best first."""
    low = min(row[0].left for row in rows)
    high = max([word.right for row in rows for word in row])
    if high - low > MAX_WIDTH:
        return []
    margin = MIN_SIDE * (high - low)
    fit = {
        s: n for s, n in _counts(gaps) if n >= MIN_ROWS and low + margin < s * BIN < high - margin
    }
    if not fit:
        return []
    best = max(fit.values())
    steps = sorted(s for s, n in fit.items() if n >= 0.7 * best)
    runs: list[list[int]] = []
    for step in steps:
        if runs and step - runs[-1][-1] == 1:
            runs[-1].append(step)
        else:
            runs.append([step])
    runs.sort(key=lambda run: -max(fit[step] for step in run))
    return [max(run, key=lambda step: fit[step]) * BIN for run in runs[:3]]


def _counts(gaps: Sequence[Sequence[tuple[float, float]]]) -> Iterator[tuple[int, int]]:
    """How many gaps lie over each bin, by where gaps open and close: tables have wide ones."""
    changes: Counter[int] = Counter()
    for row in gaps:
        for left, right in row:
            changes[int(left / BIN) + 1] += 1
            changes[int(right / BIN) + 1] -= 1
    steps = range(min(changes, default=0), max(changes, default=0))
    return zip(steps, accumulate(changes[step] for step in steps), strict=True)


def _open_runs(rows: Sequence[Row], gutter: float) -> Iterator[tuple[int, int]]:
    """Stretches of rows of which no word crosses the gutter."""
    first = 0
    for at, row in enumerate([*rows, None]):
        if row is not None and _leaves_open(row, gutter):
            continue
        if at - first >= MIN_ROWS:
            yield first, at
        first = at + 1


def _leaves_open(row: Row, gutter: float) -> bool:
    """Whether no word crosses the gutter, nor stand two beside it as close as in a sentence."""
    left, right = -math.inf, math.inf
    for word in row:
        if word.left < gutter < word.right:
            return False
        if word.right <= gutter:
            left = max(left, word.right)
        if word.left >= gutter:
            right = min(right, word.left)
    return right - left >= GUTTER * row[0].size


def _is_prose_in_two(rows: Sequence[Row], gutter: float) -> bool:
    left = [side for row in rows if (side := [w for w in row if w.right <= gutter])]
    right = [side for row in rows if (side := [w for w in row if w.left >= gutter])]
    if len(left) < MIN_ROWS or len(right) < MIN_ROWS:
        return False
    shares = sorted((_prose_share(left), _prose_share(right)))
    return shares[0] >= SOME_PROSE and shares[1] >= PROSE


def _prose_share(side: Sequence[Row]) -> float:
    """The share of lines that fill their column with words."""
    width = max(row[-1].right for row in side) - min(row[0].left for row in side)
    return sum(_is_prose(row, width) for row in side) / len(side)


def _is_prose(row: Row, width: float) -> bool:
    if len(row) < PROSE_WORDS or row[-1].right - row[0].left < FILL * width:
        return False
    text = "".join(word.text for word in row)
    if sum(map(str.isalpha, text)) < LETTERS * len(text):
        return False
    return next(_gaps(row), None) is None
