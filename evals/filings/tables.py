"""A table as a filing prints it, and the figures that it holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

RowStyle = Literal["line", "subtotal", "total", "heading"]
TableScale = Literal["thousands", "millions", "ones"]
DASH = "\N{EM DASH}"


@dataclass(frozen=True)
class Column:
    header: str
    period: str  # "FY2023", "Q2 2024", "H1 2024" or, for a balance, an ISO date


@dataclass(frozen=True)
class Row:
    """`unit` is "USD", "USD/share", "shares", "percent" or a counted thing, such as "stores"."""

    label: str
    values: tuple[Decimal, ...] = ()
    style: RowStyle = "line"
    unit: str = "USD"
    places: int = 0
    dollar: bool = False
    period: str | None = None  # where the columns aren't periods, the row has one


@dataclass(frozen=True)
class Table:
    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    scale: TableScale
    group: str = ""
    footnotes: tuple[str, ...] = ()
    repeat_header: bool = True


@dataclass(frozen=True)
class Figure:
    """One figure of a filing. `value` has its sign and is in `scale`; `page` counts from 0."""

    doc_name: str
    statement: str
    row_label: str
    period: str
    value: Decimal
    unit: str
    scale: TableScale
    printed: str
    page: int
    row: int


def printed(value: Decimal, row: Row) -> str:
    """As filings print: parentheses when negative, a dash for nil."""
    if not value and row.unit != "percent":
        return DASH
    text = f"{abs(value):,.{row.places}f}" + ("%" if row.unit == "percent" else "")
    return f"({text})" if value < 0 else text


def table_figures(doc_name: str, table: Table, page_of_row: dict[int, int]) -> Iterator[Figure]:
    for number, row in enumerate(table.rows):
        for column, value in zip(table.columns, row.values, strict=False):
            yield Figure(
                doc_name,
                table.name,
                f"{row.label}: {column.header}" if row.period else row.label,
                row.period or column.period,
                value,
                row.unit,
                table.scale if row.unit in {"USD", "shares"} else "ones",
                printed(value, row),
                page_of_row[number],
                number,
            )


def without_nil_lines(rows: list[Row]) -> tuple[Row, ...]:
    """Leaves out the lines that are nil in every column."""
    return tuple(row for row in rows if any(row.values) or row.style != "line" or not row.values)
