"""Puts each row's label together, and says which headings it stands under."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from knowledge.pdf.tables.classify import Classified, Kind
from knowledge.pdf.tables.columns import FigureColumn
from knowledge.pdf.tables.segments import Segment, without_leaders

NEAR = 0.9
"""Line heights: lines of one label are no further apart."""
INDENT = 2.0
"""Points from which a line counts as set in."""
MAX_DEPTH = 3
_GOES_ON = re.compile(
    r"(?:[,/&(\u2014\u2013-]|\b(?:and|or|of|to|for|in|on|by|from|with|the|net|at|per|as|its|than))$",
    re.IGNORECASE,
)
_STARTS_LOW = re.compile(r"[a-z($\d]")
_TOTAL = re.compile(r"total\b|net cash\b", re.IGNORECASE)
_OPEN = re.compile(r",$")
_CLOSED = re.compile(r"[:.]$")


@dataclass(slots=True)
class LabelledRow:
    """A line of figures with the lines that its label takes."""

    label: str
    group: tuple[str, ...]
    cells: list[Segment]
    line: Classified
    start: int
    """In the page's text."""
    end: int


@dataclass(slots=True)
class Heading:
    """A group's heading, open until a line that stands further out."""

    text: str
    left: float
    is_used: bool = False
    """Whether a row stands under it."""
    is_hanging: bool = False
    """Whether its rows are set in, so that one at its own edge isn't among them."""
    is_loud: bool = False
    """Bold or in capitals: others at the same edge stand under it."""


@dataclass(slots=True)
class Headings:
    """Those that are open, from the outside in."""

    open: list[Heading] = field(default_factory=list)

    def add(self, line: Classified) -> None:
        left, text = line.line.left, line.line.text.strip().rstrip(":")
        last = self.open[-1] if self.open else None
        if last and not last.is_used and text[:1].islower():
            last.text = f"{last.text} {text}"
            return
        is_loud = line.line.bold or text.isupper()
        self.open = [
            h
            for h in self.open
            if h.left < left - INDENT or not (h.is_used or h.is_loud <= is_loud)
        ][-MAX_DEPTH + 1 :]
        self.open.append(Heading(text, left, is_loud=is_loud))

    def over(self, left: float, label: str) -> tuple[str, ...]:
        """The headings of a row at `left`; a total is the last row of its group."""
        self.open = [h for h in self.open if not h.is_used or self._is_over(h, left)]
        group = tuple(heading.text for heading in self.open)
        for heading in self.open:
            heading.is_hanging = heading.is_hanging or (
                not heading.is_used and left > heading.left + INDENT
            )
            heading.is_used = True
        if _TOTAL.match(label) and self.open:
            self.open.pop()
        return group

    @staticmethod
    def _is_over(heading: Heading, left: float) -> bool:
        edge = heading.left + INDENT
        return left > edge if heading.is_hanging else left >= heading.left - INDENT


def leading(groups: Sequence[Classified]) -> Sequence[Classified]:
    """The line above the first row that its label goes on from: "Balance at December 31,"."""
    last = groups[-1:]
    return [line for line in last if _OPEN.search(line.line.text) and len(line.segments) == 1]


def labelled_rows(
    body: Sequence[Classified], columns: Sequence[FigureColumn], headings: Headings
) -> Iterator[LabelledRow]:
    """Rows with full labels, from top to bottom; `headings` are those open above."""
    edge = label_edge(body, columns)
    pending: list[Classified] = []
    row: LabelledRow | None = None
    for line in body:
        if line.kind is Kind.ROW:
            if row is not None:
                yield row
            row = _row(line, pending, columns, edge, headings)
            pending = []
        elif row is not None and not pending and _is_tail(row, line):
            row.label = f"{row.label} {line.line.text.strip()}"
            row.end = line.line.end
        else:
            pending.append(line)
    if row is not None:
        yield row


def _row(
    line: Classified,
    pending: list[Classified],
    columns: Sequence[FigureColumn],
    edge: float,
    headings: Headings,
) -> LabelledRow:
    first_cell = _first_in_columns(line, columns)
    own = without_leaders(" ".join(part.text for part in line.segments[:first_cell]))
    first = _first_of_label(line, own, pending, edge)
    for heading in pending[:first]:
        headings.add(heading)
    parts = [part.line.text.strip() for part in pending[first:]]
    label = without_leaders(" ".join(filter(None, [*parts, own])))
    top = pending[first] if first < len(pending) else line
    left = top.line.left if label else float("inf")
    return LabelledRow(
        label.rstrip(":"),
        headings.over(left, label),
        [segment for segment in line.segments[first_cell:] if segment.figure is not None],
        line,
        top.line.start,
        line.line.end,
    )


def _first_in_columns(line: Classified, columns: Sequence[FigureColumn]) -> int:
    """Where the row's figures begin: one that stands left of all columns is part of the label."""
    at = line.first_cell
    while at < len(line.segments) and line.segments[at].right < columns[0].left:
        at += 1
    return at


def _first_of_label(line: Classified, own: str, pending: Sequence[Classified], edge: float) -> int:
    """Where among the lines above the row's label begins."""
    first, below, below_line = len(pending), own, line
    while first and _goes_on(pending[first - 1], below, below_line, edge):
        first -= 1
        below, below_line = pending[first].line.text, pending[first]
    return first


def _goes_on(above: Classified, below: str, below_line: Classified, edge: float) -> bool:
    """Whether a label's line goes on in the next, rather than being a heading."""
    text = above.line.text.strip()
    if _CLOSED.search(text) or below_line.line.top - above.line.bottom > NEAR * above.line.size:
        return False
    if not below:
        return above.line.left < edge
    if _GOES_ON.search(text) or below[0].islower():
        return True
    if above.line.bold and not below_line.line.bold:
        return False
    token = below_line.line.tokens[0]
    fits = above.line.right + (token.right - token.left) + 0.25 * above.line.size <= edge
    return not fits and _STARTS_LOW.match(below) is not None


def _is_tail(row: LabelledRow, line: Classified) -> bool:
    """Whether a line goes on with the label of the row above it."""
    near = line.line.top - row.line.line.bottom < NEAR * line.line.size
    starts_low = line.line.text[:1].islower() or line.line.text[:1] == "("
    return bool(row.label) and near and starts_low and line.kind is Kind.LABEL


def label_edge(body: Sequence[Classified], columns: Sequence[FigureColumn]) -> float:
    """How far right labels reach."""
    rights = [
        line.segments[line.first_cell - 1].right if line.kind is Kind.ROW else line.line.right
        for line in body
        if line.kind is not Kind.ROW or line.first_cell
    ]
    inside = [right for right in rights if right < columns[0].right]
    return max(inside, default=columns[0].left)
