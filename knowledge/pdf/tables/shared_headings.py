"""Headings that stand over several columns each, as what is printed below them tells."""

from collections.abc import Sequence

from knowledge.pdf.tables.header_pieces import UNFINISHED, Piece
from knowledge.pdf.tables.wording import wording

Extents = Sequence[tuple[float, float]]


def over_repeats(
    pieces: Sequence[Piece], extents: Extents, below: Sequence[str]
) -> list[tuple[int, int]]:
    """Equally many columns for each heading, where the same headers repeat below each.

    So "2022 2021 2022 2021" stand below "Group" and "Company", wherever over its two columns each
    is printed. Empty where nothing repeats.
    """
    step, rest = divmod(len(extents), max(1, len(pieces)))
    if rest or step < 2 or len(pieces) < 2:  # noqa: PLR2004  # one heading, or one column each
        return []
    keys = [_key(text) for text in below]
    first = keys[:step]
    if not all(first) or len(set(first)) < step:
        return []
    if any(key != first[at % step] for at, key in enumerate(keys)):
        return []
    ranges = [(at * step, (at + 1) * step - 1) for at in range(len(pieces))]
    return ranges if all(map(_is_within, pieces, ranges, [extents] * len(pieces))) else []


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
