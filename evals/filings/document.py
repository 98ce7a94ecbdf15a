"""Lays a filing out as a PDF and keeps the page on which each row and keyed paragraph landed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from io import BytesIO

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    PageTemplate,
    Paragraph,
    Spacer,
)
from reportlab.platypus import PageBreak as NewPage
from reportlab.platypus import Table as Grid

from evals.filings.blocks import Block, Contents, Heading, PageBreak, Prose
from evals.filings.report import Report
from evals.filings.table_layout import table_flowables
from evals.filings.tables import Table

UNNUMBERED_PAGES = 2  # the cover and the contents
Places = dict[tuple[str, int | str], int]  # (table name, row) or ("prose" or "heading", text)

BODY = ParagraphStyle(
    "body", fontName="Times-Roman", fontSize=10, leading=12.2, spaceAfter=7, alignment=TA_JUSTIFY
)
CENTRED = ParagraphStyle("centred", BODY, alignment=TA_CENTER)
HEADINGS = (
    ParagraphStyle("item", fontName="Times-Bold", fontSize=12.5, leading=16, spaceAfter=9),
    ParagraphStyle("section", fontName="Times-Bold", fontSize=10.5, leading=13, spaceAfter=6),
    ParagraphStyle("topic", fontName="Times-BoldItalic", fontSize=10, leading=12, spaceAfter=5),
)


class Recorded(Flowable):
    """A flowable that is never split and notes the page on which it is drawn."""

    def __init__(self, inner: Flowable, key: tuple[str, int | str], places: Places) -> None:
        super().__init__()
        self.inner, self.key, self.places = inner, key, places

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - reportlab's names
        self.width, self.height = self.inner.wrap(aW, aH)
        return self.width, self.height

    def getSpaceAfter(self) -> float:  # noqa: N802 - reportlab's name
        return float(self.inner.getSpaceAfter())

    def draw(self) -> None:
        self.places[self.key] = self.canv.getPageNumber() - 1
        self.inner.drawOn(self.canv, 0, 0)


@dataclass
class Pages:
    """Draws what every page bears beside its text."""

    report: Report
    count: int = field(default=0)

    def furnish(self, canvas: Canvas, _: object) -> None:
        number = self.count = canvas.getPageNumber()
        if number == 1:
            return
        width = LETTER[0]
        form = "Quarterly Report" if self.report.quarter else "Annual Report"
        canvas.setFont("Times-Italic", 8)
        canvas.drawString(inch, LETTER[1] - 0.6 * inch, self.report.company.name)
        title = f"Form {'10-Q' if self.report.quarter else '10-K'} {form}"
        canvas.drawRightString(width - inch, LETTER[1] - 0.6 * inch, title)
        canvas.setLineWidth(0.4)
        canvas.line(inch, LETTER[1] - 0.66 * inch, width - inch, LETTER[1] - 0.66 * inch)
        canvas.setFont("Times-Roman", 9)
        canvas.drawCentredString(width / 2, 0.55 * inch, printed_page(number - 1))


def printed_page(index: int) -> str:
    """The number at the foot of the page with that index (from 0)."""
    return str(index - UNNUMBERED_PAGES + 1) if index >= UNNUMBERED_PAGES else "i"


def render(report: Report, blocks: Sequence[Block]) -> tuple[bytes, Places]:
    """The PDF and where things landed; laid out twice, since the contents come first."""
    _, places = _lay_out(report, blocks, {})
    return _lay_out(report, blocks, places)


def _lay_out(report: Report, blocks: Sequence[Block], known: Places) -> tuple[bytes, Places]:
    places: Places = {}
    target = BytesIO()
    template = BaseDocTemplate(
        target,
        pagesize=LETTER,
        title=report.doc_name,
        author=report.company.name,
        invariant=1,
        leftMargin=inch,
        rightMargin=inch,
    )
    frame = Frame(inch, 0.8 * inch, LETTER[0] - 2 * inch, LETTER[1] - 1.6 * inch, 0, 0, 0, 0)
    pages = Pages(report)
    template.addPageTemplates([PageTemplate("page", [frame], onPage=pages.furnish)])
    titles = [block.text for block in blocks if isinstance(block, Heading) and block.level == 0]
    story = [f for block in blocks for f in _flowables(block, titles, known, places)]
    template.build(story)
    return target.getvalue(), places


def _flowables(
    block: Block, titles: list[str], known: Places, places: Places
) -> Iterable[Flowable]:
    match block:
        case Heading(text, level):
            heading = Paragraph(escape(text), HEADINGS[level])
            kept = Recorded(heading, ("heading", text), places)
            kept.keepWithNext = 1
            yield kept
        case Prose():
            yield from _prose(block, places)
        case PageBreak():
            yield NewPage()
        case Contents():
            yield from _contents(titles, known)
        case Table():
            yield from table_flowables(block, lambda f, row: _record(f, block, row, places))


def _record(flowable: Flowable, table: Table, row: int, places: Places) -> Flowable:
    return Recorded(flowable, (table.name, row), places)


def _prose(block: Prose, places: Places) -> Iterable[Flowable]:
    text = escape(block.text, quote=False)
    paragraph = Paragraph(
        f"<b>{text}</b>" if block.bold else text, CENTRED if block.centred else BODY
    )
    if block.key is None:
        yield paragraph
    else:
        yield Recorded(paragraph, ("prose", block.key), places)


def _contents(titles: list[str], known: Places) -> Iterable[Flowable]:
    """One line for each Item, with the page number as printed."""
    rows = [
        [Paragraph(escape(title), BODY), printed_page(known.get(("heading", title), 0))]
        for title in titles
    ]
    grid = Grid(rows, colWidths=[5.6 * inch, 0.7 * inch])
    grid.setStyle(
        [
            ("ALIGN", (1, 0), (1, -1), "RIGHT"),
            ("FONT", (1, 0), (1, -1), "Times-Roman", 10),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, -1), 0.2, colors.lightgrey),
        ]
    )
    yield KeepTogether([grid, Spacer(1, 12)])
