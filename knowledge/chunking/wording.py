"""Says in words what a table's layout says by place: period, unit and scale of each figure.

An embedding of figures is noise, so the model is given a table's title, periods and labels; the
figures are for the search by words and for whoever reads the passage.
"""

from collections.abc import Iterable, Sequence

from knowledge.pages import Cell, Row, Table

HEADING_CHARACTERS = 80
SCALE_WORDS = {1000: "thousand", 10**6: "million", 10**9: "billion"}


def row_in_words(row: Row) -> str:
    """`Current assets: Inventories | 2022-12-31: 1,404 USD million | 2021-12-31: ...`."""
    return " | ".join([_label(row), *(_cell(cell) for cell in row.cells)])


def embedded_row(row: Row) -> str:
    """The label alone; a group's name goes with its first row."""
    return row.label


def table_title(table: Table) -> str:
    """Caption and periods: `Consolidated Balance Sheets (in millions), 2022-12-31, 2021-12-31`."""
    periods = distinct(cell.period or cell.column for row in table.rows for cell in row.cells)
    return ", ".join(filter(None, [table.caption, *periods[:6]]))


def section_name(path: Sequence[str]) -> str:
    """From the outside in, joined."""
    return " > ".join(path)


def place(path: Sequence[str]) -> str:
    """The innermost two headings, which say most: what is around them is alike in all filings."""
    return ". ".join(heading[:HEADING_CHARACTERS] for heading in path[-2:])


def distinct(words: Iterable[str]) -> list[str]:
    """Each once, in order, without the empty."""
    return list(dict.fromkeys(filter(None, words)))


def _label(row: Row) -> str:
    group = " ".join(row.group)
    return f"{group}: {row.label}" if group and group != row.label else row.label


def _cell(cell: Cell) -> str:
    when = cell.period or cell.column
    of = " ".join(filter(None, [cell.unit, SCALE_WORDS.get(cell.scale)]))
    said = f"{cell.text} {of}".strip()
    return f"{when}: {said}" if when else said
