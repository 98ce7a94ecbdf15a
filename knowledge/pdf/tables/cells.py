"""Turns the figures of a labelled row into cells with period, unit and scale."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.pages import Cell
from knowledge.pdf.layout import PageLayout
from knowledge.pdf.tables.columns import FigureColumn, column_at
from knowledge.pdf.tables.figure_units import NOT_MONEY, Surroundings, unit_of
from knowledge.pdf.tables.figures import CREDIT
from knowledge.pdf.tables.labels import LabelledRow
from knowledge.pdf.tables.money import US_MONEY, Money
from knowledge.pdf.tables.periods import Period
from knowledge.pdf.tables.row_periods import RowPeriod
from knowledge.pdf.tables.segments import Segment
from knowledge.pdf.tables.units import UnitNote

MOSTLY = 0.6
MAX_PER_SHARE = 10_000
UNREADABLE = "a figure of its row can't be read"
MIXED_SIDES = "credit or debit unclear"
_NOTE_COLUMN = re.compile(r"\bnotes?\b|\banhang\b|\bnota\b", re.IGNORECASE)
_PERCENT_HEADER = re.compile(
    r"(?:^|\s)\(?%\)?(?:\s|$)|\bpercent(?:age)?\b|\brates?\s*$", re.IGNORECASE
)


@dataclass(frozen=True)
class ColumnFacts:
    """What all figures of a column share."""

    header: str
    period: Period | None
    is_comparison: bool
    """Of two periods: it has none of its own, and the row's isn't its."""
    is_percent: bool


@dataclass(frozen=True)
class TableFacts:
    """What all figures of a table share."""

    columns: Sequence[ColumnFacts]
    extents: Sequence[FigureColumn]
    note: UnitNote
    printed: str | None
    """The currency that most figures print."""
    may_count_shares: bool
    """Not in a statement of cash flows, where "shares issued" is what they brought in."""
    money: Money = US_MONEY
    is_per: bool = False
    """Whether all figures are per share or unit, as the note says."""
    mixed: frozenset[int] = frozenset()
    """Columns in which some figures are marked CR or DR and others aren't."""


def percent_columns(
    rows: Sequence[LabelledRow], columns: Sequence[FigureColumn], headers: Sequence[str]
) -> list[bool]:
    """Which columns hold percentages, as their header or most of their figures say."""
    printed: list[list[bool]] = [[] for _ in columns]
    for row in rows:
        for cell in row.cells:
            if cell.figure is not None and not cell.figure.is_nil:
                printed[column_at(cell, columns)].append(cell.figure.unit == "percent")
    return [
        _PERCENT_HEADER.search(header) is not None
        or (bool(marks) and sum(marks) >= MOSTLY * len(marks))
        for header, marks in zip(headers, printed, strict=True)
    ]


def printed_currency(rows: Sequence[LabelledRow]) -> str | None:
    """The currency that most of the figures with one print."""
    printed = Counter(
        cell.figure.unit
        for row in rows
        for cell in row.cells
        if cell.figure is not None and cell.figure.unit and cell.figure.unit not in NOT_MONEY
    )
    return printed.most_common(1)[0][0] if printed else None


def is_per_share(rows: Sequence[LabelledRow], note: UnitNote) -> bool:
    """Whether a note such as "net assets per unit" holds for all figures: they are small."""
    if note.per is None:
        return False
    figures = [c.figure for row in rows for c in row.cells if c.figure and not c.figure.is_nil]
    amounts = [figure.value for figure in figures if figure.unit not in NOT_MONEY]
    exact = sum(value != value.to_integral_value() for value in amounts)
    return bool(amounts) and exact >= MOSTLY * len(amounts) and max(amounts) < MAX_PER_SHARE


def mixed_columns(rows: Sequence[LabelledRow], columns: Sequence[FigureColumn]) -> frozenset[int]:
    """Columns in which "CR" stands behind some figures only: the others' sign is unclear."""
    sides: dict[int, set[str | None]] = {}
    for row in rows:
        for cell in row.cells:
            if cell.figure is not None and not cell.figure.is_nil:
                sides.setdefault(column_at(cell, columns), set()).add(cell.figure.side)
    return frozenset(at for at, said in sides.items() if said >= {CREDIT, None})


def cells_of(
    row: LabelledRow, table: TableFacts, period: RowPeriod, page: PageLayout
) -> tuple[Cell, ...]:
    """A row's figures from left to right."""
    doubts = (UNREADABLE,) if _has_unreadable(row, table) else ()
    cells = (
        _cell(segment, row, table, period, page)
        for segment in sorted(row.cells, key=lambda segment: segment.start)
    )
    return tuple(
        replace(cell, doubts=(*doubts, *cell.doubts)) if doubts else cell for cell in cells
    )


def _has_unreadable(row: LabelledRow, table: TableFacts) -> bool:
    """Whether anything in the row's columns of figures was meant to be one but can't be read."""
    return any(
        segment.is_unreadable
        and not _NOTE_COLUMN.search(table.columns[column_at(segment, table.extents)].header)
        for segment in row.line.figures
    )


def _cell(
    segment: Segment,
    row: LabelledRow,
    table: TableFacts,
    period: RowPeriod,
    page: PageLayout,
) -> Cell:
    figure = segment.figure
    assert figure is not None  # noqa: S101  # only figures become cells
    at = column_at(segment, table.extents)
    column = table.columns[at]
    unit = unit_of(
        figure,
        Surroundings(
            row.label,
            row.group,
            column.header,
            table.note,
            is_percent_column=column.is_percent,
            printed=table.printed,
            may_count_shares=table.may_count_shares,
            money=table.money,
            is_per=table.is_per,
        ),
    )
    line = row.line.line
    found = None if column.is_comparison else period.own or column.period or period.other
    start, end = segment.figure_span
    mixed = MIXED_SIDES if at in table.mixed else None
    said = filter(None, (figure.doubt, unit.doubt, mixed))
    return Cell(
        line.text[start:end],
        figure.value,
        line.start + start,
        line.start + end,
        page.shown(segment.box, line.quarter),
        column.header,
        found.name if found else None,
        unit.unit,
        unit.scale,
        found.starts_on if found else None,
        found.ends_on if found else None,
        doubts=tuple(dict.fromkeys(said)),
    )
