"""Headings that stand over several columns each, as what is printed below them tells."""

from collections.abc import Sequence
from itertools import pairwise

from knowledge.pdf.tables.header_pieces import UNFINISHED, Piece
from knowledge.pdf.tables.wording import wording

MAX_PIECES = 24
SPILL = 1.25
"""Times the width of a column: a wider heading belongs to more than that one."""
CENTERED = 10.0
"""Points by which a heading may miss the middle of what it spans."""
WRAPPED = 6.0
"""Points by which the middles of a heading's two lines may differ."""
Extents = Sequence[tuple[float, float]]
Spans = list[tuple[Piece, tuple[int, int]]]
"""Headings of one line, each with its first and its last column."""


def over_repeats(
    pieces: Sequence[Piece], extents: Extents, below: Sequence[str]
) -> list[tuple[int, int]]:
    """For each heading the columns down to where the first one's header is printed again.

    So "2022 2021 2022 2021" stand below "Group" and "Company", wherever over its two columns each
    is printed. Empty where nothing repeats. Names that are alike, "Gross" and "Gross", are
    upper lines of single columns; only years stand over more columns in one place than in another.
    """
    keys = [_key(text) for text in below]
    starts = [at for at, key in enumerate(keys) if key == keys[0]]
    distinct = len({piece.text.lower() for piece in pieces}) == len(pieces)
    spans = all(wording(piece.text).months or wording(piece.text).month_day for piece in pieces)
    if not (distinct or spans) or not 1 < len(pieces) == len(starts) < len(keys) or not all(keys):
        return []
    ends = [*(start - 1 for start in starts[1:]), len(keys) - 1]
    ranges = list(zip(starts, ends, strict=True))
    groups = [tuple(keys[first : last + 1]) for first, last in ranges]
    years = all(wording(piece.text).is_dated for piece in pieces)
    if not years and len(set(groups)) > 1:
        return []
    return ranges if all(map(_is_within, pieces, ranges, [extents] * len(pieces))) else []


def over_all(pieces: Sequence[Piece], extents: Extents) -> list[tuple[int, int]]:
    """Ranges that take every column, each heading in the middle of its own; empty if none do."""
    if len(pieces) < 2 or len(pieces) >= min(len(extents), MAX_PIECES):  # noqa: PLR2004
        return []
    lefts = [left for left, _ in extents]
    pitch = min(after - before for before, after in pairwise(lefts))
    allowed = min(CENTERED, pitch / 3)
    ranges = _ranges_from(0, pieces, extents, allowed) or []
    spans = (_spans(piece, range_, extents) for piece, range_ in zip(pieces, ranges, strict=False))
    return ranges if all(spans) else []


def _spans(piece: Piece, columns: tuple[int, int], extents: Extents) -> bool:
    """Whether a heading is of all its columns, not an upper line of the one in their middle."""
    first, last = columns
    if first == last or wording(piece.text).is_dated:
        return True
    within = [extents[at] for at in range(first, last + 1)]
    over = [(left, right) for left, right in within if left < piece.center < right]
    return all(piece.right - piece.left > SPILL * (right - left) for left, right in over)


def _ranges_from(
    start: int, pieces: Sequence[Piece], extents: Extents, allowed: float
) -> list[tuple[int, int]] | None:
    """The ranges of the pieces from column `start` on to the last, the first that fit."""
    if not pieces:
        return [] if start == len(extents) else None
    for end in range(start, len(extents) - len(pieces) + 1):
        miss = (extents[start][0] + extents[end][1]) / 2 - pieces[0].center
        if miss > allowed:
            return None
        if miss >= -allowed:
            rest = _ranges_from(end + 1, pieces[1:], extents, allowed)
            if rest is not None:
                return [(start, end), *rest]
    return None


def _key(text: str) -> object:
    """What makes a column differ from those beside it: its time, or else its words."""
    said = wording(text)
    times = (said.days, said.years, said.months, said.quarter, said.is_comparison)
    return times if said.is_dated or said.quarter else text.lower()


def _is_within(piece: Piece, columns: tuple[int, int], extents: Extents) -> bool:
    """Whether a heading's middle is over its columns, or as near as half the way to the next."""
    first, last = columns
    half = (extents[last][0] - extents[first][0]) / 2
    return extents[first][0] - half < piece.center < extents[last][1] + half


def over_years(piece: Piece, covered: tuple[int, int], below: Sequence[str]) -> tuple[int, int]:
    """A line's only heading, "Year ended May 31,", goes with all bare years beside its own."""
    said = wording(piece.text)
    if said.is_dated or not (said.months or said.month_day or UNFINISHED.search(piece.text)):
        return covered
    first, last = covered
    if not all(_is_bare_year(text) for text in below[first : last + 1]):
        return covered
    while first and _is_bare_year(below[first - 1]):
        first -= 1
    while last + 1 < len(below) and _is_bare_year(below[last + 1]):
        last += 1
    return first, last


def _is_bare_year(text: str) -> bool:
    said = wording(text)
    alone = not (said.months or said.days or said.month_day or said.is_comparison)
    return len(said.years) == 1 and alone


def as_below(
    pieces: Sequence[Piece], ranges: Sequence[tuple[int, int]], spans: Spans
) -> list[tuple[int, int]]:
    """The ranges, where the upper line of a heading has that of its lower line.

    "Notional" stands above "amounts", which spans two years: it isn't the one's or the other's.
    """
    found: list[tuple[int, int]] = []
    for piece, (first, last) in zip(pieces, ranges, strict=True):
        below = (
            columns
            for lower, columns in spans
            if abs(lower.center - piece.center) < WRAPPED
            and columns[0] <= first <= columns[1]
            and not wording(lower.text).is_dated
        )
        found.append(next(below, (first, last)) if first == last else (first, last))
    return found
