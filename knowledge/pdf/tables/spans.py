"""Says over which columns each piece of a header's line stands."""

import re
from collections.abc import Sequence
from itertools import pairwise

from knowledge.pdf.tables.header_pieces import Piece
from knowledge.pdf.tables.shared_headings import over_all, over_repeats, over_years
from knowledge.pdf.tables.wording import wording

TIE = 4.0
"""Points by which a heading's middle may miss the middle of the columns that it spans."""
OVERLAP = 0.3
SHIFT = 12.0
"""Points by which headings that stand beside their columns, all alike, may differ."""
_SPANNING = re.compile(
    r"\b(?:ended|ending|months|weeks|years?|quarters?|fiscal|as of|at)\b", re.IGNORECASE
)


def is_one_each(pieces: Sequence[Piece], extents: Sequence[tuple[float, float]]) -> bool:
    """Whether there is one piece for each column, all shifted alike.

    So they are where headers are centered over wide cells whose figures stand at the right.
    """
    if len(pieces) != len(extents):
        return False
    shifts = [sum(extent) / 2 - piece.center for piece, extent in zip(pieces, extents, strict=True)]
    pitch = min(
        (after[0] - before[0] for before, after in pairwise(extents)),
        default=8 * SHIFT,
    )
    return max(shifts) - min(shifts) < SHIFT and max(map(abs, shifts)) < pitch / 2


def ranges_of(
    pieces: Sequence[Piece], extents: Sequence[tuple[float, float]], below: Sequence[str]
) -> list[tuple[int, int]]:
    """The columns, first to last, that each piece of a line stands over.

    Args:
        pieces: from left to right.
        extents: of the columns with their headers so far.
        below: each column's header so far, from the lines below this one.
    """
    shared = over_repeats(pieces, extents, below) or _shared_evenly(pieces, extents)
    if shared := shared or over_all(pieces, extents):
        return shared
    ranges = [_covered(piece, extents) for piece in pieces]
    _part_shared(pieces, ranges, extents)
    grown = [
        _grown(
            piece,
            ranges[at],
            ranges[at - 1][1] + 1 if at else 0,
            ranges[at + 1][0] - 1 if at + 1 < len(ranges) else len(extents) - 1,
            extents,
        )
        for at, piece in enumerate(pieces)
    ]
    return [over_years(pieces[0], grown[0], below)] if len(pieces) == 1 else grown


def _shared_evenly(
    pieces: Sequence[Piece], extents: Sequence[tuple[float, float]]
) -> list[tuple[int, int]]:
    """Periods over equally many columns each: every column goes to the nearest. Else nothing."""
    step, rest = divmod(len(extents), max(1, len(pieces)))
    if rest or step < 2 or len(pieces) < 2:  # noqa: PLR2004  # one piece over all spans by itself
        return []
    if not all(wording(p.text).years and not wording(p.text).is_comparison for p in pieces):
        return []
    centers = [piece.center for piece in pieces]
    nearest = [
        min(range(len(pieces)), key=lambda at: abs(centers[at] - sum(extent) / 2))
        for extent in extents
    ]
    if nearest != [at for at in range(len(pieces)) for _ in range(step)]:
        return []
    return [(at * step, (at + 1) * step - 1) for at in range(len(pieces))]


def _overlap(piece: Piece, extent: tuple[float, float]) -> float:
    """The share of the narrower of the two."""
    left, right = extent
    width = min(piece.right - piece.left, right - left)
    return (min(piece.right, right) - max(piece.left, left)) / max(width, 0.01)


def _covered(piece: Piece, extents: Sequence[tuple[float, float]]) -> tuple[int, int]:
    over = [at for at, extent in enumerate(extents) if _overlap(piece, extent) > OVERLAP]
    if over:
        return over[0], over[-1]
    nearest = min(range(len(extents)), key=lambda at: abs(sum(extents[at]) / 2 - piece.center))
    return nearest, nearest


def _part_shared(
    pieces: Sequence[Piece],
    ranges: list[tuple[int, int]],
    extents: Sequence[tuple[float, float]],
) -> None:
    """Two pieces over one column: it goes to the nearer, if the other has more than that one."""
    for at in range(len(pieces) - 1):
        (first, last), (start, end) = ranges[at], ranges[at + 1]
        while last >= start and (first < last or start < end):
            middle = sum(extents[start]) / 2
            left = abs(pieces[at].center - middle) <= abs(pieces[at + 1].center - middle)
            if (left or first == last) and start < end:
                start += 1
            elif first < last:
                last -= 1
            else:
                break
        ranges[at], ranges[at + 1] = (first, last), (start, end)


def _grown(
    piece: Piece,
    covered: tuple[int, int],
    low: int,
    high: int,
    extents: Sequence[tuple[float, float]],
) -> tuple[int, int]:
    """A heading is centered over what it spans: the widest range around it whose middle is its."""
    first, last = covered
    own = extents[last][1] - extents[first][0]
    # In the middle of its own column, a heading is in the middle of three as well.
    before = extents[first - 1][1] if first else piece.left
    after = extents[last + 1][0] if last + 1 < len(extents) else piece.right
    spills = piece.right - piece.left > 1.25 * own and (piece.left < before or piece.right > after)
    between = not extents[first][0] - TIE < piece.center < extents[last][1] + TIE
    if not (spills or between or _SPANNING.search(piece.text) or wording(piece.text).years):
        return covered
    best, best_miss = covered, abs((extents[first][0] + extents[last][1]) / 2 - piece.center)
    for start in range(min(low, first), first + 1):
        for end in range(last, max(high, last) + 1):
            miss = abs((extents[start][0] + extents[end][1]) / 2 - piece.center)
            wider = end - start > best[1] - best[0]
            if miss < best_miss - TIE or (wider and miss <= max(best_miss, TIE) + TIE):
                best, best_miss = (start, end), min(miss, best_miss)
    return best
