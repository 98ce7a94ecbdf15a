"""Finds the columns of figures by where the figures of all rows stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.pdf.tables.classify import Classified
from knowledge.pdf.tables.segments import Segment

MAX_COLUMNS = 64
BESIDE = 16.0
"""Points between two columns that may be one."""
STRAY = 0.25
"""Share of rows with a figure in a column, up to which labels that cross it disprove it."""


@dataclass(slots=True)
class FigureColumn:
    """The horizontal extent of a column's figures, in points."""

    left: float
    right: float

    @property
    def center(self) -> float:
        return (self.left + self.right) / 2


def columns_of(rows: Sequence[Classified]) -> list[FigureColumn]:
    """Columns from left to right. Figures below each other overlap, however they are aligned."""
    cells = [row.figures for row in rows]
    columns = _merged(_extents(cells))
    if any(_collides(row, columns) for row in cells):
        most = max(len(row) for row in cells)
        columns = _merged(_extents(row for row in cells if len(row) == most))
        for left, right in _extents(cells):
            if not any(left < column.right and right > column.left for column in columns):
                columns = _merged([*((c.left, c.right) for c in columns), (left, right)])
    columns = _without_labels(_closed_up(columns, rows), rows)
    return columns if len(columns) <= MAX_COLUMNS else []


def _closed_up(columns: list[FigureColumn], rows: Sequence[Classified]) -> list[FigureColumn]:
    """Puts a few figures that stand beside a column, a dash without its parenthesis, to it."""
    found: list[FigureColumn] = []
    for column in columns:
        if found and _are_one(found[-1], column, rows):
            found[-1] = FigureColumn(found[-1].left, column.right)
        else:
            found.append(column)
    return found


def _are_one(left: FigureColumn, right: FigureColumn, rows: Sequence[Classified]) -> bool:
    if right.left - left.right > BESIDE:
        return False
    held = [(covers(left, row), covers(right, row)) for row in rows]
    fewer = min(sum(first for first, _ in held), sum(second for _, second in held))
    return fewer <= STRAY * len(rows) + 1 and not any(first and second for first, second in held)


def _without_labels(columns: list[FigureColumn], rows: Sequence[Classified]) -> list[FigureColumn]:
    """Drops from the left what is a stray figure within labels: "net of tax of $12"."""
    labels = [line.segments[line.first_cell - 1].right for line in rows if line.first_cell]
    while len(columns) > 1:
        first = columns[0]
        held = sum(covers(first, row) for row in rows)
        crossed = sum(right > first.left for right in labels)
        if held > STRAY * len(rows) or crossed <= held:
            break
        columns = columns[1:]
    return columns


def column_at(segment: Segment, columns: Sequence[FigureColumn]) -> int:
    """The column that a cell overlaps most, or else is nearest to."""
    left, right = _extent(segment)
    best, most = -1, 0.0
    for at, column in enumerate(columns):
        if column.left <= left < right <= column.right:
            return at  # columns don't overlap: no other holds more of it
        if column.left >= right:
            break
        overlap = min(right, column.right) - max(left, column.left)
        if overlap > most:
            best, most = at, overlap
    if best >= 0:
        return best
    return min(range(len(columns)), key=lambda at: abs(columns[at].center - (left + right) / 2))


def covers(column: FigureColumn, row: Classified) -> bool:
    """Whether a row has a figure in a column."""
    return any(
        segment.left < column.right and segment.right > column.left for segment in row.figures
    )


def _extents(rows: Iterable[Sequence[Segment]]) -> list[tuple[float, float]]:
    return [_extent(segment) for row in rows for segment in row]


def _extent(segment: Segment) -> tuple[float, float]:
    """Without the footnote marks behind it, which may reach into the next column."""
    return segment.left, segment.figure_right


def _merged(extents: Iterable[tuple[float, float]]) -> list[FigureColumn]:
    columns: list[FigureColumn] = []
    for left, right in sorted(extents):
        if columns and left < columns[-1].right:
            columns[-1].right = max(columns[-1].right, right)
        else:
            columns.append(FigureColumn(left, right))
    return columns


def _collides(row: Sequence[Segment], columns: Sequence[FigureColumn]) -> bool:
    """Whether two figures of one row fall into one column."""
    places = [column_at(segment, columns) for segment in row]
    return len(set(places)) < len(places)
