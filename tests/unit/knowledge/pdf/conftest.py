"""Small PDFs, drawn by hand."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import LETTER
from reportlab.pdfgen.canvas import Canvas

from knowledge.pdf.reader import read_pages


def drawn(*pages, size=LETTER, font="Helvetica", points=10) -> bytes:
    """A page for each list of (left, baseline from the top, text) in points."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=size, invariant=1)
    for texts in pages:
        canvas.setFont(font, points)
        for left, down, text in texts:
            canvas.drawString(left, size[1] - down, text)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def rewritten(content: bytes, change) -> bytes:
    """The PDF after `change` was called with each page."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    for page in writer.pages:
        change(page)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


@pytest.fixture
def pages_of(tmp_path):
    """Reads a PDF's bytes."""

    def pages_of(content: bytes, **options):
        path = tmp_path / "filing.pdf"
        path.write_bytes(content)
        return list(read_pages(path, **options))

    return pages_of


@pytest.fixture
def draw():
    return drawn


@pytest.fixture
def rewrite():
    return rewritten


STATEMENT = [
    (220, 60, "Consolidated Balance Sheets"),
    (250, 74, "(in millions, except per share data)"),
    (330, 90, "December 31, 2022"),
    (450, 90, "December 31, 2021"),
    (72, 106, "Current assets:"),
    (82, 120, "Cash and cash equivalents"),
    (382, 120, "$ 1,404"),
    (502, 120, "$ 1,208"),
    (82, 134, "Accounts receivable, net of the allowance for doubtful"),
    (82, 146, "accounts"),
    (390, 146, "(250)"),
    (512, 146, "\u2014"),
    (82, 160, "Total current assets"),
    (390, 160, "1,154"),
    (510, 160, "1,208"),
    (72, 174, "Book value per share"),
    (390, 174, "12.50"),
    (510, 174, "11.25"),
]


@pytest.fixture
def statement():
    """What to draw for a small balance sheet."""
    return STATEMENT
