"""Draws a table: headers over ruled columns, figures to the right."""

from evals.filings.world.content import Column, Row, Table
from evals.filings.world.pen import Pen

SIZE, LEADING = 9, 12.5
INDENT = 8


def printed(table: Table, row: Row, column: Column, value: object) -> str:
    """A cell as the page shows it; empty where nothing is printed."""
    if value is None or isinstance(value, str):
        return value or ""
    places = next(each for each in (row.places, column.places, table.places) if each is not None)
    return table.numbers.printed(value, places, column.suffix)  # type: ignore[arg-type]


def draw_table(pen: Pen, table: Table, margin: float) -> None:
    edges = _right_edges(table, pen.width - margin)
    if table.prints_header:
        _header(pen, table, edges, margin)
    for row in table.rows:
        _row(pen, table, row, edges, margin)
    for note in table.notes:
        pen.y -= LEADING
        pen.write(margin, pen.y, note, SIZE - 1.5)
    pen.y -= LEADING


def _right_edges(table: Table, right: float) -> list[float]:
    edges: list[float] = []
    for column in reversed(table.columns):
        edges.insert(0, right)
        right -= column.width
    return edges


def _header(pen: Pen, table: Table, edges: list[float], margin: float) -> None:
    pen.y -= LEADING
    pen.write(margin, pen.y, table.title, SIZE + 1.5, bold=True)
    if table.caption:
        pen.y -= LEADING
        pen.write(margin, pen.y, table.caption, SIZE)
    pen.y -= 4
    if table.spans:
        pen.y -= LEADING
        for text, first, last in table.spans:
            left = edges[first] - table.columns[first].width + INDENT
            pen.write((left + edges[last]) / 2, pen.y, text, SIZE, bold=True, anchor="middle")
            pen.rule(left, edges[last], pen.y - 3)
    lines = max(len(column.header) for column in table.columns)
    for at in range(lines):
        pen.y -= LEADING
        for column, edge in zip(table.columns, edges, strict=True):
            line = at - lines + len(column.header)
            if line >= 0:
                pen.write(edge, pen.y, column.header[line], SIZE, bold=True, anchor="end")
    pen.rule(margin, edges[-1], pen.y - 3.5)
    pen.y -= 3


def _row(pen: Pen, table: Table, row: Row, edges: list[float], margin: float) -> None:
    pen.y -= LEADING
    is_bold = row.style != "line"
    indent = 0 if is_bold else INDENT
    if row.lead:
        pen.write(margin, pen.y, row.lead, SIZE)
    pen.write(margin + table.lead_width + indent, pen.y, row.label, SIZE, bold=is_bold)
    for column, edge, value in zip(table.columns, edges, row.values, strict=False):
        text = printed(table, row, column, value)
        if text:
            # A closing parenthesis hangs over the column's edge, so that digits stay aligned.
            hang = pen.measure(")", SIZE, bold=is_bold) if text.endswith(")") else 0
            pen.write(edge + hang, pen.y, text, SIZE, bold=is_bold, anchor="end")
            if row.style == "total" and not column.is_text:
                pen.rule(edge - column.width + 1.5 * INDENT, edge, pen.y + SIZE)
