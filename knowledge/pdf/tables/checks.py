"""Checks what was read of a table: each that fails adds words to the doubts of a figure.

A figure without doubts stands clear in a column that has a header of its own, in a row that has a
label, and takes part in no sum that fails to add up.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from knowledge.pages import Cell, Row
from knowledge.pdf.tables.cells import ColumnFacts
from knowledge.pdf.tables.sums import MAX_ROWS, Amounts, Sum, missing, sums_of

NO_HEADER = "no column header"
SAME_HEADER = "several columns have the same header"
NO_LABEL = "no row label"
SAME_COLUMN = "stands with another figure in one column"
NO_SUM = "is not the sum of the rows above, as in the other columns"
PART_OF_NO_SUM = "is part of a sum that does not add up"
OTHER_SIGN = "would add up with the other sign"
NO_BALANCE = "total assets differ from total liabilities and equity"
_MAX_DIGITS = 24
_ASSETS = re.compile(
    r"total\s+assets|(?:summe|bilanzsumme)\s+(?:der\s+)?aktiva|total\s+(?:de\s+l['\u2019])?actif|"
    r"total\s+activo",
    re.IGNORECASE,
)
_CLAIMS = re.compile(
    r"total\s+(?:liabilities\s+and\s+.{0,60}(?:equity|deficit|capital|funds).{0,20}|"
    r"(?:shareholders['\u2019]\s+|stockholders['\u2019]\s+)?equity\s+and\s+liabilities|"
    r"(?:du\s+)?passif|(?:patrimonio\s+neto\s+y\s+)?pasivo(?:\s+y\s+patrimonio\s+neto)?)|"
    r"(?:summe|bilanzsumme)\s+(?:der\s+)?passiva",
    re.IGNORECASE,
)

Doubts = dict[tuple[int, int], list[str]]
"""Of each figure, by the places of its row and of its column."""


@dataclass(frozen=True)
class Placed:
    """A row with the column of each of its cells."""

    row: Row
    columns: tuple[int, ...]


def checked(rows: Sequence[Placed], columns: Sequence[ColumnFacts]) -> Iterator[Row]:
    """The rows with what is doubtful about their figures, and which of them add up."""
    doubts: Doubts = defaultdict(list)
    amounts = _amounts(rows, columns) if len(rows) <= MAX_ROWS else []
    sums = sums_of(amounts)
    by_place = {amount.at: amount for amount in amounts}
    for total in sums:
        _doubt_sum(total, by_place, doubts)
    add_up = {total.row: not total.differs for total in sums if total.agrees}
    add_up.update(_balances(amounts, doubts))
    of_columns = _doubted_columns(rows, columns)
    for at, placed in enumerate(rows):
        crowded = {column for column, count in Counter(placed.columns).items() if count > 1}
        cells = []
        for cell, column in zip(placed.row.cells, placed.columns, strict=True):
            words = [
                *of_columns.get(column, ()),
                *([] if placed.row.label else [NO_LABEL]),
                *([SAME_COLUMN] if column in crowded else []),
                *doubts.get((at, column), ()),
            ]
            cells.append(replace(cell, doubts=(*cell.doubts, *words)) if words else cell)
        adds_up = add_up.get(at)
        is_same = adds_up is None and all(map(_is_same, cells, placed.row.cells))
        yield placed.row if is_same else replace(placed.row, cells=tuple(cells), adds_up=adds_up)


def _is_same(one: Cell, other: Cell) -> bool:
    return one is other


def _doubted_columns(
    rows: Sequence[Placed], columns: Sequence[ColumnFacts]
) -> Mapping[int, tuple[str, ...]]:
    """Columns without a header, or with one that another has too; a list of labels needs none.

    Changes between periods may share a header, and so may columns that print the same figures.
    """
    if len(columns) <= 1:
        return {}
    shared: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for at, column in enumerate(columns):
        shared[column.header, column.is_percent].append(at)
    doubted: dict[int, tuple[str, ...]] = {}
    for (header, _), places in shared.items():
        if not header:
            doubted.update(dict.fromkeys(places, (NO_HEADER,)))
        elif len(places) > 1 and not columns[places[0]].is_comparison and _differ(rows, places):
            doubted.update(dict.fromkeys(places, (SAME_HEADER,)))
    return doubted


def _differ(rows: Sequence[Placed], places: Sequence[int]) -> bool:
    """Whether columns print different figures."""
    printed: dict[int, list[tuple[int, Decimal]]] = {at: [] for at in places}
    for number, placed in enumerate(rows):
        for cell, column in zip(placed.row.cells, placed.columns, strict=True):
            if column in printed:
                printed[column].append((number, cell.value))
    first, *others = printed.values()
    return any(other != first for other in others)


def _amounts(rows: Sequence[Placed], columns: Sequence[ColumnFacts]) -> list[Amounts]:
    """The figures that can be added, in units of the last place that the table prints."""
    places = min((_places(cell.value) for placed in rows for cell in placed.row.cells), default=0)
    added = {
        at for at, column in enumerate(columns) if not (column.is_comparison or column.is_percent)
    }
    return [
        Amounts(
            placed.row.label,
            {
                column: int(cell.value.scaleb(-places))
                for cell, column in zip(placed.row.cells, placed.columns, strict=True)
                if column in added and _is_amount(cell)
            },
            at,
        )
        for at, placed in enumerate(rows)
    ]


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _is_amount(cell: Cell) -> bool:
    unit = cell.unit or ""
    return unit != "percent" and "/" not in unit and len(cell.text) <= _MAX_DIGITS


def _doubt_sum(total: Sum, amounts: Mapping[int, Amounts], doubts: Doubts) -> None:
    parts = [amounts[at] for at in total.parts]
    row = amounts[total.row]
    for column in total.differs:
        miss = missing(row, parts, column, is_difference=total.is_difference)
        turned = [part.at for part in parts if -2 * part.values.get(column, 0) == miss]
        if len(turned) == 1 and not total.is_difference:
            doubts[turned[0], column].append(OTHER_SIGN)
            continue
        doubts[total.row, column].append(NO_SUM)
        for at in total.parts:
            doubts[at, column].append(PART_OF_NO_SUM)


def _balances(amounts: Iterable[Amounts], doubts: Doubts) -> dict[int, bool]:
    """Whether both sides of a balance sheet are equal, for the row of the second."""
    assets: Amounts | None = None
    found: dict[int, bool] = {}
    for row in amounts:
        if _ASSETS.fullmatch(row.label):
            assets = row
        elif assets and _CLAIMS.fullmatch(row.label):
            shared = [column for column in row.values if column in assets.values]
            unlike = [at for at in shared if abs(row.values[at] - assets.values[at]) > 1]
            for column in unlike:
                doubts[row.at, column].append(NO_BALANCE)
                doubts[assets.at, column].append(NO_BALANCE)
            if shared:
                found[row.at] = not unlike
    return found
