"""The figures that a document prints, as data: one for each cell of its tables and forms."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from evals.filings.world.content import Column, Document, Field, Row, ScaleWord, Table
from evals.filings.world.days import days
from evals.filings.world.table_drawing import printed


@dataclass(frozen=True)
class Cell:
    """`value` has its sign and is in `scale`; `page` counts from 0."""

    statement: str
    row_label: str
    column: str
    """What its column is of beside a period: `Group`; empty where it is of a period alone."""
    period: str | None
    value: Decimal
    unit: str
    scale: ScaleWord
    printed: str
    page: int
    starts_on: str | None = None
    ends_on: str | None = None
    """Days of the period, as ISO dates; None where it names none."""


def cells(document: Document) -> Iterator[Cell]:
    for cell in _printed(document):
        first, last = (
            day.isoformat() if day else None for day in days(cell.period, document.year_end)
        )
        yield replace(cell, starts_on=first, ends_on=last)


def _printed(document: Document) -> Iterator[Cell]:
    for number, page in enumerate(document.pages):
        for block in page.blocks:
            if isinstance(block, Table):
                yield from _of_table(block, number)
            elif isinstance(block, Field) and block.value is not None:
                yield Cell(
                    "", block.label, "", None, block.value, block.unit, "ones", block.text, number
                )


def _of_table(table: Table, page: int) -> Iterator[Cell]:
    for row in table.rows:
        for column, value in zip(table.columns, row.values, strict=False):
            if isinstance(value, Decimal) and not column.is_text:
                yield Cell(
                    table.title,
                    row.label,
                    column.name,
                    row.period or column.period,
                    value,
                    row.unit or column.unit or table.unit,
                    _scale(table, row, column),
                    printed(table, row, column, value),
                    page,
                )


def _scale(table: Table, row: Row, column: Column) -> ScaleWord:
    """A unit of its own, such as pence a share, isn't in the table's scale."""
    if row.scale or column.scale:
        return row.scale or column.scale or "ones"
    return "ones" if row.unit or column.unit else table.scale
