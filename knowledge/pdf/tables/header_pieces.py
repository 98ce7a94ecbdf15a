"""Cuts the lines of a table's header into the pieces that belong to its columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.pdf.tables.columns import FigureColumn
from knowledge.pdf.tables.month_names import MONTH
from knowledge.pdf.words import TextLine, Word

PIECE_GAP = 0.8
"""Of the font's size: a wider blank parts pieces."""
GUTTER_GAP = 0.42
CENTERED = 4.0
"""Points by which the middles of two lines of one piece may differ."""
_YEAR = re.compile(r"\(?(?:19|20)\d\d\)?\*?")
UNFINISHED = re.compile(
    rf"(?:{MONTH}|\b(?:ended|ending|of|at|the|and|as|in)|[(,-])$", re.IGNORECASE
)


@dataclass(slots=True)
class Piece:
    """A part of a header line."""

    text: str
    left: float
    right: float

    @property
    def center(self) -> float:
        return (self.left + self.right) / 2


def pieces_of(line: TextLine, columns: Sequence[FigureColumn]) -> list[Piece]:
    """Cut at wide blanks, at blanks between columns, and between years."""
    pieces: list[Piece] = []
    before: Word | None = None
    for token in line.tokens:
        if token.raised:
            continue
        if before is not None and not _parts(before, token, line.size, columns):
            piece = pieces[-1]
            piece.text += f" {token.text}"
            piece.right = max(piece.right, token.right)
        else:
            pieces.append(Piece(token.text, token.left, token.right))
        before = token
    return pieces


def _parts(before: Word, token: Word, size: float, columns: Sequence[FigureColumn]) -> bool:
    if token.gap > PIECE_GAP * size or (
        _YEAR.fullmatch(token.text) and _YEAR.fullmatch(before.text)
    ):
        return True
    middle = (before.right + token.left) / 2
    between = any(left.right <= middle <= right.left for left, right in pairwise(columns))
    return token.gap > GUTTER_GAP * size and between


def joined(lines: Sequence[list[Piece]]) -> list[list[Piece]]:
    """Pieces that wrap put together, in their upper line: "Six Months Ended December 31,"."""
    found: list[list[Piece]] = []
    for pieces in lines:
        rest = [piece for piece in pieces if not (found and _wraps(piece, found[-1]))]
        if rest or not found:
            found.append(rest)
    return found


def _wraps(piece: Piece, above: Sequence[Piece]) -> bool:
    """Puts a piece to the unfinished one that it stands under, if there is one."""
    if _YEAR.match(piece.text):
        return False
    for upper in above:
        if abs(upper.center - piece.center) < CENTERED and UNFINISHED.search(upper.text):
            upper.text = f"{upper.text} {piece.text}"
            upper.left, upper.right = min(upper.left, piece.left), max(upper.right, piece.right)
            return True
    return False
