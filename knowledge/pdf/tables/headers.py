"""Says which words above a table belong to which of its columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge.pdf.tables.classify import Classified, Kind
from knowledge.pdf.tables.columns import FigureColumn
from knowledge.pdf.tables.header_pieces import CENTERED, Piece, joined, pieces_of
from knowledge.pdf.tables.shared_headings import Spans, as_below
from knowledge.pdf.tables.spans import is_one_each, ranges_of
from knowledge.pdf.words import TextLine

_UNIT = re.compile(
    r"^\(?(?:all |tabular )?(?:u\.?s\.? )?"
    r"(?:amounts?|dollars?|\$|in|expressed|unaudited|thousands|millions|square feet)\b.*\)?$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Header:
    """What stands above a table."""

    columns: list[str]
    """Each column's header, its lines joined from the top down."""
    stub: str = ""
    """The header of the labels: "(in millions)", "Years ended December 31,"."""
    caption: list[Classified] = field(default_factory=list)
    """Title lines."""
    groups: list[Classified] = field(default_factory=list)
    """Headings of the first rows."""
    lines: list[Classified] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not any(self.columns)


def read_header(
    above: Sequence[Classified], columns: Sequence[FigureColumn], label_edge: float
) -> Header:
    """Parts what is above a table into title, header and the first group's heading.

    Args:
        above: lines from the title down.
        columns: of figures, below.
        label_edge: how far right the labels of rows reach, in points.
    """
    heading = [at for at, line in enumerate(above) if _heads(line, columns, label_edge)]
    if not heading:
        split = _title_end(above)
        return Header([""] * len(columns), caption=list(above[:split]), groups=list(above[split:]))
    last = heading[-1]
    # A title may stand over the columns by chance: it is above what surely is a header.
    sure = [at for at in heading if above[at].kind is Kind.HEADER]
    heading = [at for at in heading if at >= sure[0]] if sure else heading
    first = _upper_half(above, heading[0], columns)
    header = Header([""] * len(columns))
    within = above[first : last + 1]
    notes = [line for line in within if _is_note(line) and len(within) > 1]
    header.caption = [*above[:first], *notes]
    header.lines = [line for line in within if line not in notes]
    header.groups = list(above[last + 1 :])
    _assign(header, columns)
    return header


def _is_note(line: Classified) -> bool:
    return len(line.segments) == 1 and _UNIT.match(line.line.text) is not None


def _title_end(above: Sequence[Classified]) -> int:
    """Without a header, lines down to the last unit note are a title; a last plain one a group."""
    for at in range(len(above) - 1, -1, -1):
        if _UNIT.match(above[at].line.text) or above[at].line.text.endswith(")"):
            return at + 1
    return max(0, len(above) - 1) if above and above[-1].line.text.endswith(":") else len(above)


def _heads(line: Classified, columns: Sequence[FigureColumn], label_edge: float) -> bool:
    text, segment = line.line.text, line.segments[0]
    if line.kind is Kind.HEADER:
        # A period at the left edge, alone, is the header of the labels or a group's heading.
        return line.line.right > columns[0].left and not _is_note(line)
    if len(line.segments) > 1 or text.endswith(":") or text.startswith("("):
        return False
    size = line.line.size
    beside = segment.left > label_edge and segment.right > columns[0].left - 4 * size
    over = segment.left > columns[0].left - 3 * size and segment.right > columns[0].left
    return beside or (over and not _UNIT.match(text))


def _upper_half(above: Sequence[Classified], first: int, columns: Sequence[FigureColumn]) -> int:
    """Where the header begins if one piece of its first line has its upper half further up."""
    if not first or len(above[first - 1].segments) > 1:
        return first
    line = above[first - 1].line
    if line.text.endswith(":") or (line.text.endswith(")") and " (" in line.text):  # a title
        return first
    lower = pieces_of(above[first].line, columns)
    near = above[first].line.top - line.bottom < line.size / 2
    over = [piece for piece in lower if piece.right > line.left and piece.left < line.right]
    halves = len(lower) > 1 and len(over) == 1 and _is_aligned(over[0], line)
    return first - 1 if near and halves and not _UNIT.match(line.text) else first


def _is_aligned(piece: Piece, line: TextLine) -> bool:
    """Whether two lines of one header share their middle, or an edge."""
    middle = piece.center - (line.left + line.right) / 2
    edges = (middle, piece.left - line.left, piece.right - line.right)
    return min(map(abs, edges)) < CENTERED


def _assign(header: Header, columns: Sequence[FigureColumn]) -> None:
    extents = [(column.left, column.right) for column in columns]
    texts: list[list[str]] = [[] for _ in columns]
    stub: list[str] = []
    spans: Spans = []
    for pieces in reversed(joined([pieces_of(line.line, columns) for line in header.lines])):
        placed = _one_each(pieces, extents)
        each = bool(placed)
        placed = placed or [piece for piece in pieces if _is_over(piece, columns)]
        stub = [*(piece.text for piece in pieces if piece not in placed), *stub]
        below = [" ".join(parts) for parts in texts]
        ranges = (
            [(at, at) for at in range(len(columns))] if each else ranges_of(placed, extents, below)
        )
        if not each:
            ranges = as_below(placed, ranges, spans)
        spans = list(zip(placed, ranges, strict=True))
        for piece, (first, last) in spans:
            for at in range(first, last + 1):
                texts[at].insert(0, piece.text)
            if first == last:
                extents[first] = _widened(piece, extents[first], may_be_beside=each)
    header.columns = [" ".join(parts) for parts in texts]
    header.stub = " ".join(stub)


def _one_each(pieces: Sequence[Piece], extents: Sequence[tuple[float, float]]) -> Sequence[Piece]:
    """One piece for each column, where all are shifted alike; the labels' own header may lead."""
    if is_one_each(pieces, extents):
        return pieces
    without_first = pieces[1:]
    return without_first if is_one_each(without_first, extents) else []


def _widened(
    piece: Piece, extent: tuple[float, float], *, may_be_beside: bool
) -> tuple[float, float]:
    left, right = extent
    if may_be_beside and not left < piece.center < right:
        # Headings centered over wide cells stand beside figures at the cells' right.
        return piece.left, piece.right
    return min(left, piece.left), max(right, piece.right)


def _is_over(piece: Piece, columns: Sequence[FigureColumn]) -> bool:
    first = columns[0]
    if abs(piece.right - first.right) < CENTERED:
        return True  # flush right with the figures, however wide
    return piece.right > first.left and (
        piece.center > first.left - (first.right - first.left)
        or (piece.right > first.right and piece.left > first.left - 2 * (first.right - first.left))
    )
