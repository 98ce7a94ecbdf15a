"""Turns the figures of a labelled row into cells with period, unit and scale."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.pages import Cell
from knowledge.pdf.layout import PageLayout
from knowledge.pdf.tables.columns import FigureColumn, column_at
from knowledge.pdf.tables.labels import LabelledRow
from knowledge.pdf.tables.periods import Period
from knowledge.pdf.tables.row_periods import RowPeriod
from knowledge.pdf.tables.segments import Segment
from knowledge.pdf.tables.units import Surroundings, UnitNote, unit_and_scale

MOSTLY = 0.6
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
    is_money: bool
    may_count_shares: bool
    """Not in a statement of cash flows, where "shares issued" is what they brought in."""


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


def prints_money(rows: Sequence[LabelledRow]) -> bool:
    """Whether any figure has a dollar sign."""
    return any(
        cell.figure is not None and cell.figure.unit == "USD" for row in rows for cell in row.cells
    )


def cells_of(
    row: LabelledRow, table: TableFacts, period: RowPeriod, page: PageLayout
) -> tuple[Cell, ...]:
    """A row's figures from left to right."""
    return tuple(
        _cell(segment, row, table, period, page)
        for segment in sorted(row.cells, key=lambda segment: segment.start)
    )


def _cell(
    segment: Segment, row: LabelledRow, table: TableFacts, period: RowPeriod, page: PageLayout
) -> Cell:
    figure = segment.figure
    assert figure is not None  # noqa: S101  # only figures become cells
    column = table.columns[column_at(segment, table.extents)]
    around = Surroundings(
        row.label,
        row.group,
        column.header,
        table.note,
        is_percent_column=column.is_percent,
        is_money_table=table.is_money,
        may_count_shares=table.may_count_shares,
    )
    unit, scale = unit_and_scale(figure.unit, around)
    line = row.line.line
    found = None if column.is_comparison else period.own or column.period or period.other
    tokens = (
        segment.tokens if len(segment.tokens) > 1 and not _is_mark(segment) else segment.tokens[:1]
    )
    start, end = tokens[0].start, tokens[-1].end
    return Cell(
        line.text[start:end],
        figure.value,
        line.start + start,
        line.start + end,
        page.shown(segment.box, line.quarter),
        column.header,
        found.name if found else None,
        unit,
        scale,
        found.starts_on if found else None,
        found.ends_on if found else None,
    )


def _is_mark(segment: Segment) -> bool:
    """Whether what stands behind the number is a footnote mark rather than its unit."""
    return not segment.tokens[1].text[:1].isalpha() or segment.tokens[1].raised
