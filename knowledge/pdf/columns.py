"""Finds text that is set in columns, so that each column is read to its end.

Lines of a column begin at the same place, with a blank before it that no word crosses. Tables have
such places too: what parts their columns from text is said in prose.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.pdf.lines import lines_of
from knowledge.pdf.prose import are_columns
from knowledge.pdf.words import Word

GRAIN = 2.0
"""Points by which the beginnings of a column's lines may differ."""
MIN_ROWS = 3
PROSE_WORDS = 3
MAX_DEPTH = 8
MIN_SIDE = 0.12
"""Of the text's width, for a column."""
BLANK = 0.45
"""Of the font's size: what stands before a column's line. Words are about 0.25 apart."""
STRIP = 3.0
"""Points before a column that stay blank."""
MAX_CANDIDATES = 6
ALPHABETIC = 0.5
FAR = 1.2
"""Line heights of blank below a column that end it, where the other columns have ended."""

Row = list[Word]


@dataclass(frozen=True)
class _Span:
    """Rows in which a column begins at `start`: from `first` to before `last`."""

    start: float
    first: int
    last: int


def rows_in_order(words: Sequence[Word], depth: int = MAX_DEPTH) -> list[Row]:
    """A page's words by line, column after column where it has columns."""
    rows = lines_of(words)
    span = _span(rows) if depth and len(rows) >= MIN_ROWS else None
    if span is None:
        return rows
    inner = [word for row in rows[span.first : span.last] for word in row]
    parts = (
        [word for row in rows[: span.first] for word in row],
        [word for word in inner if word.left < span.start - GRAIN],
        [word for word in inner if word.left >= span.start - GRAIN],
        [word for row in rows[span.last :] for word in row],
    )
    return [row for part in parts for row in rows_in_order(part, depth - 1)]


def _span(rows: Sequence[Row]) -> _Span | None:
    """The leftmost column that has another to its left."""
    starts = _starts(rows)
    for at, start in enumerate(starts):
        for first, last in _open_runs(rows, start):
            beside = _beside(rows[first:last], start, starts[at + 1 :])
            fewest = min(sum(map(bool, side)) for side in zip(*beside, strict=True))
            if fewest >= MIN_ROWS and are_columns(beside):
                return _Span(start, first, last)
    return None


def _starts(rows: Sequence[Row]) -> list[float]:
    """Where many lines begin with a letter behind a blank, from left to right."""
    low = min(row[0].left for row in rows)
    high = max([row[-1].right for row in rows])
    margin = MIN_SIDE * (high - low)
    counts: Counter[int] = Counter()
    letters: Counter[int] = Counter()
    for row in rows:
        right = row[0].left - high
        for word in row:
            if word.left - right > BLANK * word.size:
                step = round(word.left / GRAIN)
                counts[step] += 1
                letters[step] += word.text[0].isalpha()
            right = max(right, word.right)
    found = [
        step
        for step, count in counts.items()
        if low + margin < step * GRAIN < high - margin
        and count + counts[step + 1] >= MIN_ROWS
        and letters[step] >= ALPHABETIC * count
    ]
    best = sorted(found, key=lambda step: -counts[step])[:MAX_CANDIDATES]
    return sorted({step * GRAIN for step in best if counts[step] >= counts[step - 1]})


def _open_runs(rows: Sequence[Row], start: float) -> Iterator[tuple[int, int]]:
    """Stretches of rows in which no word reaches into the blank before a column."""
    first = 0
    for at, row in enumerate([*rows, None]):
        if row is not None and _leaves_open(row, start):
            continue
        if at - first >= MIN_ROWS:
            yield from _trimmed(rows, first, at, start)
        first = at + 1


def _leaves_open(row: Row, start: float) -> bool:
    low, high = start - STRIP, start - GRAIN / 2
    before, after = -math.inf, None
    for word in row:
        if word.left >= high:
            if after is None or word.left < after.left:
                after = word
        elif word.right > low:
            return False
        else:
            before = max(before, word.right)
    return after is None or after.left - before > BLANK * after.size


def _trimmed(rows: Sequence[Row], first: int, last: int, start: float) -> Iterator[tuple[int, int]]:
    """From the first row in which the column begins to the last, and what hangs below beside it."""
    begin = [
        at for at in range(first, last) if any(abs(word.left - start) <= GRAIN for word in rows[at])
    ]
    if len(begin) < MIN_ROWS:
        return
    start_row, end = begin[0], begin[-1] + 1
    while start_row > first and _leads_to(rows[start_row - 1], rows[start_row], start):
        start_row -= 1
    while end < last and _goes_on(rows[first:end], rows[end], start):
        end += 1
    yield start_row, end


def _leads_to(above: Row, below: Row, start: float) -> bool:
    """Whether a row is a column's own, such as a table's header that begins further right."""
    left = [word for word in above if word.left < start]
    right = above[len(left) :]
    gap = min(word.top for word in below) - max(word.bottom for word in above)
    is_prose = len(left) >= PROSE_WORDS and any(map(str.isalpha, left[-1].text))
    return bool(right) and is_prose and gap < FAR * above[0].size


def _goes_on(above: Sequence[Row], below: Row, start: float) -> bool:
    """Whether a row is the rest of a column that is longer than the one beside it."""
    left = [word for word in below if word.left < start]
    lines = ([word for word in row if word.left < start] for row in reversed(above))
    before = next(filter(None, lines), None)
    if not left or not before:
        return False
    gap = min(word.top for word in left) - max(word.bottom for word in before)
    right = below[len(left) :]
    # A table below has labels to the left, and figures to the right.
    is_label = len(left) < PROSE_WORDS and not left[-1].text.endswith(".")
    is_table = right and (is_label or not right[0].text[0].isalpha())
    return gap < FAR * left[0].size and not is_table


def _beside(rows: Sequence[Row], start: float, others: Sequence[float]) -> list[tuple[Row, Row]]:
    """Of each row what stands to the left of a column, and its own: up to the next column."""
    end = min((other for other in others if _is_open(rows, other)), default=math.inf)
    return [
        (
            [word for word in row if word.left < start - GRAIN],
            [word for word in row if start - GRAIN <= word.left < end - GRAIN],
        )
        for row in rows
    ]


def _is_open(rows: Sequence[Row], start: float) -> bool:
    return sum(_leaves_open(row, start) for row in rows) >= 0.8 * len(rows)
