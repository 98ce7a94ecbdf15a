"""Draws a table as filings do: ruled totals, a "$" in its own column, shaded lines."""

from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer
from reportlab.platypus import Table as Grid

from evals.filings.tables import Row, Table, printed

LINE = ParagraphStyle("line", fontName="Times-Roman", fontSize=9, leading=10.6, leftIndent=8)
TITLE = ParagraphStyle("title", fontName="Times-Bold", fontSize=10, leading=12, alignment=TA_CENTER)
CAPTION = ParagraphStyle("caption", TITLE, fontName="Times-Italic", fontSize=9, leading=11)
NOTE = ParagraphStyle("note", LINE, fontSize=8, leading=9.4, leftIndent=0)
STYLES = {
    "line": LINE,
    "heading": ParagraphStyle("heading", LINE, fontName="Times-Italic", leftIndent=0),
    "subtotal": ParagraphStyle("subtotal", LINE, leftIndent=16),
    "total": ParagraphStyle("total", LINE, fontName="Times-Bold", leftIndent=0),
}
HEADER = ParagraphStyle(
    "header", LINE, fontName="Times-Bold", fontSize=8.5, leading=9.6, alignment=TA_CENTER,
    leftIndent=0,
)  # fmt: skip
WIDTH = 6.5 * inch
DOLLAR_WIDTH = 0.14 * inch
SHADE = colors.Color(0.9, 0.94, 0.97)
ROOM_FOR_START = 1.9 * inch  # a table doesn't start at the foot of a page
CELLS_A_COLUMN = 2  # the dollar sign and the number
WIDE_COLUMN, NARROW_COLUMN, MANY_COLUMNS = 1.15 * inch, 0.82 * inch, 3

Record = Callable[[Flowable, int], Flowable]
Command = tuple[str, tuple[int, int], tuple[int, int], *tuple[Any, ...]]


def table_flowables(table: Table, record: Record) -> Iterator[Flowable]:
    yield CondPageBreak(ROOM_FOR_START)
    yield Paragraph(escape(table.name, quote=False), TITLE)
    yield Paragraph(table.caption, CAPTION)
    yield Spacer(1, 4)
    yield _grid(table, record)
    for note in table.footnotes:
        yield Spacer(1, 5)
        yield Paragraph(escape(note, quote=False), NOTE)
    yield Spacer(1, 12)


def _grid(table: Table, record: Record) -> Grid:
    header = _header(table)
    body = [
        _cells(row, number, record, len(table.columns)) for number, row in enumerate(table.rows)
    ]
    width = NARROW_COLUMN if len(table.columns) > MANY_COLUMNS else WIDE_COLUMN
    label = WIDTH - len(table.columns) * width
    grid = Grid(
        header + body,
        colWidths=[label, *([DOLLAR_WIDTH, width - DOLLAR_WIDTH] * len(table.columns))],
        repeatRows=len(header) if table.repeat_header else 0,
    )
    grid.setStyle([*_frame_commands(table, len(header)), *_rule_commands(table, len(header))])
    return grid


def _header(table: Table) -> list[list[object]]:
    names: list[object] = [""]
    for column in table.columns:
        names += [Paragraph(escape(column.header), HEADER), ""]
    if not table.group:
        return [names]
    groups = table.group.split("|")
    top: list[object] = [""] * (1 + CELLS_A_COLUMN * len(table.columns))
    step = CELLS_A_COLUMN * len(table.columns) // len(groups)
    for at, group in enumerate(groups):
        top[1 + at * step] = Paragraph(group, HEADER)
    return [top, names]


def _cells(row: Row, number: int, record: Record, columns: int) -> list[object]:
    label = record(Paragraph(escape(row.label, quote=False), STYLES[row.style]), number)
    cells: list[object] = [label]
    for value in row.values:
        text = printed(value, row)
        cells += ["$" if row.dollar else "", text if text.endswith(")") else f"{text} "]
    return cells + [""] * (1 + CELLS_A_COLUMN * columns - len(cells))


def _frame_commands(table: Table, header: int) -> list[Command]:
    commands: list[Command] = [
        ("FONT", (1, 0), (-1, -1), "Times-Roman", 9),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
        ("TOPPADDING", (0, 0), (-1, -1), 1.6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.8),
        ("LEFTPADDING", (0, 0), (-1, -1), 1),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
    ]
    for at in range(len(table.columns)):
        first = 1 + CELLS_A_COLUMN * at
        commands.append(("SPAN", (first, header - 1), (first + 1, header - 1)))
        commands.append(
            ("LINEBELOW", (first, header - 1), (first + 1, header - 1), 0.5, colors.black)
        )
    if table.group:
        groups = len(table.group.split("|"))
        step = CELLS_A_COLUMN * len(table.columns) // groups
        for at in range(groups):
            commands.append(("SPAN", (1 + at * step, 0), ((at + 1) * step, 0)))
            commands.append(
                ("LINEBELOW", (1 + at * step, 0), ((at + 1) * step, 0), 0.5, colors.black)
            )
    return commands


def _rule_commands(table: Table, header: int) -> list[Command]:
    """Shades every other line; a rule above each sum and a double one below a total."""
    commands: list[Command] = []
    for number, row in enumerate(table.rows, header):
        if (number - header) % 2:
            commands.append(("BACKGROUND", (0, number), (-1, number), SHADE))
        if row.style in {"subtotal", "total"}:
            commands += [
                ("LINEABOVE", (first, number), (first + 1, number), 0.4, colors.black)
                for first in range(1, 1 + CELLS_A_COLUMN * len(row.values), CELLS_A_COLUMN)
            ]
        if row.style == "total":
            commands.append(
                ("LINEBELOW", (1, number), (-1, number), 0.8, colors.black, 0, (), 0, 2, 1)
            )
            commands.append(("FONT", (1, number), (-1, number), "Times-Bold", 9))
    return commands
