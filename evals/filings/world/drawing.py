"""Draws a document, page by page; what doesn't fit on its page is an error."""

from io import BytesIO

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from evals.filings.world.content import (
    Block,
    Document,
    Field,
    Heading,
    Page,
    Prose,
    SideBySide,
    Space,
    Table,
)
from evals.filings.world.pen import Pen
from evals.filings.world.table_drawing import draw_table

MARGIN = 54
SIZE, LEADING = 9.5, 12.5
GUTTER = 22
FIELD_AT, FIELD_WIDTH, FIELD_HEIGHT = 230, 220, 16


def render(document: Document) -> bytes:
    """The same bytes every time."""
    target = BytesIO()
    size = LETTER if document.is_letter else A4
    canvas = Canvas(target, pagesize=size, invariant=1)
    canvas.setTitle(document.company)
    for number, page in enumerate(document.pages, start=1):
        _draw_page(canvas, document, page, number, size)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _draw_page(
    canvas: Canvas, document: Document, page: Page, number: int, size: tuple[float, float]
) -> None:
    width, height = size
    if page.is_sideways:
        canvas.translate(width, 0)
        canvas.rotate(90)
        width, height = height, width
    pen = Pen(canvas, document.font, width, height - MARGIN, paints_spaces=document.paints_spaces)
    for block in page.blocks:
        _draw(pen, block)
    if pen.y < MARGIN - LEADING:
        raise ValueError(f"{document.name}, page {number}: what it prints doesn't fit on the page")
    pen.write(width / 2, MARGIN / 2, str(number), 8, anchor="middle")


def _draw(pen: Pen, block: Block) -> None:
    match block:
        case Heading(text, size):
            pen.y -= size
            pen.write(MARGIN, pen.y, text, size, bold=True)
            pen.y -= 0.7 * size
        case Prose(text):
            pen.y = _paragraph(pen, text, MARGIN, pen.width - 2 * MARGIN, pen.y)
        case Space(height):
            pen.y -= height
        case SideBySide(left, right):
            _columns(pen, left, right)
        case Field():
            _field(pen, block)
        case Table():
            draw_table(pen, block, MARGIN)


def _paragraph(pen: Pen, text: str, x: float, width: float, top: float) -> float:
    """Returns where the next one begins."""
    for line in simpleSplit(text, pen.face(), SIZE, width):
        top -= LEADING
        pen.write(x, top, line, SIZE)
    return top - 0.5 * LEADING


def _columns(pen: Pen, left: tuple[str, ...], right: tuple[str, ...]) -> None:
    width = (pen.width - 2 * MARGIN - GUTTER) / 2
    ends = []
    for x, paragraphs in ((MARGIN, left), (MARGIN + width + GUTTER, right)):
        top = pen.y
        for text in paragraphs:
            top = _paragraph(pen, text, x, width, top)
        ends.append(top)
    pen.y = min(ends)


def _field(pen: Pen, field: Field) -> None:
    pen.y -= FIELD_HEIGHT + 8
    pen.write(MARGIN, pen.y + 4, field.label, SIZE)
    pen.canvas.acroForm.textfield(
        name=field.label.casefold().replace(" ", "_"),
        value=field.text,
        x=FIELD_AT,
        y=round(pen.y),
        width=FIELD_WIDTH,
        height=FIELD_HEIGHT,
        fontName="Helvetica",
        fontSize=9,
        borderWidth=1,
        forceBorder=True,
    )
