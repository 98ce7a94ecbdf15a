"""Finds the stretches of a page that are tables: rows of figures with their header above."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.pdf.tables.classify import Classified, Kind
from knowledge.pdf.tables.columns import FigureColumn, columns_of, covers

MAX_LABELS = 5
"""Lines without figures in a row, within a table: more of them are text."""
FAR = 5.0
"""Line heights of blank that end a table."""
ABOVE = 12
"""Lines above the first row among which header and title are looked for."""
FAR_ABOVE = 3.6
LOOK_BACK = 200
"""Lines by which a line within a table is judged, however long the table is."""
CODE_LETTERS = 3
"""Of a currency: `USD`."""
CENT_DIGITS = 2


@dataclass(slots=True)
class Region:
    """A table's lines."""

    above: list[Classified]
    """From the title down to the last line before the first row."""
    body: list[Classified]
    columns: list[FigureColumn]

    @property
    def is_pairs(self) -> bool:
        """Whether all rows are labels with a figure behind a colon: there are no headers."""
        return all(line.is_pair for line in self.rows)

    @property
    def rows(self) -> list[Classified]:
        return [line for line in self.body if line.kind is Kind.ROW]


def regions_of(lines: Sequence[Classified]) -> Iterator[Region]:
    """Tables from top to bottom; none shares a line with another."""
    free = 0
    at = 0
    while at < len(lines):
        if lines[at].kind is not Kind.ROW:
            at += 1
            continue
        end = _end(lines, at)
        body = list(lines[at:end])
        columns = _columns([line for line in body if line.kind is Kind.ROW])
        above = _above(lines, at, free)
        if columns and _is_table(body, above, columns):
            yield Region(above, body, columns)
            free = end
        at = end


def _columns(rows: Sequence[Classified]) -> list[FigureColumn]:
    """Of pairs of a label and a figure behind a colon, all figures are one column."""
    if not all(row.is_pair for row in rows):
        return columns_of(rows)
    figures = [row.figures[0] for row in rows]
    return [FigureColumn(min(f.left for f in figures), max(f.right for f in figures))]


def _end(lines: Sequence[Classified], first: int) -> int:
    """Behind the last row of the table that begins with `first`."""
    last, at = first, first + 1
    top = first
    while at < len(lines) and at - last <= MAX_LABELS:
        line = lines[at]
        first = max(top, last - LOOK_BACK)
        if _gap(lines, at) > FAR * line.line.size:
            break
        if line.kind is Kind.PROSE and not _is_long_label(lines, at, first, last):
            break
        if line.kind is Kind.ROW:
            if line.is_pair != lines[top].is_pair:
                break
            last = at
        elif (line.kind is Kind.HEADER and _starts_another(lines, at, first, last)) or (
            line.kind is Kind.LABEL and _heads_a_column(lines, at, first, last)
        ):
            break
        at += 1
    return _with_tail(lines, last) + 1


def _is_long_label(lines: Sequence[Classified], at: int, first: int, last: int) -> bool:
    """Whether a line as long as a sentence stays left of the figures, close below a row."""
    line = lines[at].line
    if _gap(lines, at) > line.size:
        return False
    columns = columns_of([row for row in lines[first : last + 1] if row.kind is Kind.ROW])
    return bool(columns) and line.right < columns[0].left and _row_follows(lines, at)


def _with_tail(lines: Sequence[Classified], last: int) -> int:
    """A last row's label may go on below its figures."""
    if last + 1 < len(lines):
        row, below = lines[last], lines[last + 1]
        near = _gap(lines, last + 1) < 0.4 * below.line.size
        starts_low = below.line.text[:1].islower() and len(below.line.tokens) <= MAX_LABELS
        if below.kind is Kind.LABEL and near and starts_low and row.first_cell:
            return last + 1
    return last


def _starts_another(lines: Sequence[Classified], at: int, first: int, last: int) -> bool:
    """Whether a line of names or dates heads new columns rather than a group of rows."""
    columns = columns_of([line for line in lines[first : last + 1] if line.kind is Kind.ROW])
    if not columns:
        return True
    segments = lines[at].segments
    above = [segment for segment in segments if segment.right > columns[0].left]
    if len(segments) == 1 and segments[0].left < columns[0].left:
        # "Fiscal 2022" at the labels' edge heads rows; centered over the columns, it heads them.
        return segments[0].center > columns[0].left and _row_follows(lines, at)
    return bool(above) and _row_follows(lines, at)


def _heads_a_column(lines: Sequence[Classified], at: int, first: int, last: int) -> bool:
    """Whether a word alone, below a title, stands over figures and right of all labels."""
    line = lines[at].line
    rows = [row for row in lines[first : last + 1] if row.kind is Kind.ROW and row.first_cell]
    edge = max((row.segments[row.first_cell - 1].right for row in rows), default=line.right)
    return at - last > 1 and line.left > edge and _row_follows(lines, at)


def _row_follows(lines: Sequence[Classified], at: int) -> bool:
    return any(line.kind is Kind.ROW for line in lines[at + 1 : at + 1 + MAX_LABELS])


def _above(lines: Sequence[Classified], first: int, free: int) -> list[Classified]:
    found: list[Classified] = []
    for at in range(first - 1, max(free, first - ABOVE) - 1, -1):
        line = lines[at]
        if _gap(lines, at + 1) > FAR_ABOVE * line.line.size and found:
            break
        if line.kind in (Kind.PROSE, Kind.ROW):
            break
        found.append(line)
    return found[::-1]


def _gap(lines: Sequence[Classified], at: int) -> float:
    """Points of blank above a line; beside a column's foot, the next column's head is above."""
    gap = lines[at].line.top - lines[at - 1].line.bottom
    return gap if gap > -2 * lines[at].line.size else FAR * 100


def _is_table(
    body: Sequence[Classified], above: Sequence[Classified], columns: Sequence[FigureColumn]
) -> bool:
    rows = [line for line in body if line.kind is Kind.ROW]
    if all(row.is_pair for row in rows):
        return True
    if len(columns) == 1 and _is_index(rows):
        return False
    if len(rows) == 1 and _is_amount(rows[0]):
        return True
    most = max(sum(covers(column, row) for row in rows) for column in columns)
    labelled = sum(bool(row.first_cell) for row in rows)
    if most > 1:
        return labelled > 0
    headed = any(line.kind is Kind.HEADER for line in above)
    return labelled > 0 and headed and len(rows[0].figures) > 1


def _is_amount(row: Classified) -> bool:
    """Whether a row by itself says an amount: "Amount received   £85.00"."""
    figure = row.figures[0].figure
    if row.first_cell != 1 or len(row.segments) != 2 or figure is None:  # noqa: PLR2004
        return False
    exponent = figure.value.as_tuple().exponent
    return len(figure.unit or "") == CODE_LETTERS and exponent == -CENT_DIGITS


def _is_index(rows: Sequence[Classified]) -> bool:
    """A table of contents: one column of page numbers that only grow."""
    numbers = [row.figures[-1].figure for row in rows if row.figures]
    if any(number is None or not number.is_plain or number.value > 999 for number in numbers):  # noqa: PLR2004
        return False
    values = [number.value for number in numbers if number]
    grows = sum(after >= before for before, after in pairwise(values))
    return len(values) > 2 and grows >= 0.9 * (len(values) - 1)  # noqa: PLR2004
