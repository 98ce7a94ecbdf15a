"""Turned text is read along its lines; stamps melt no lines into one."""

from io import BytesIO

import pytest
from reportlab.lib.pagesizes import LETTER
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = LETTER
STATEMENT = [
    "Statement of income (in millions)",
    ("Year ended December 31,", "2031", "2030"),
    ("Net sales", "8,161", "7,022"),
    ("Cost of sales", "(5,903)", "(5,117)"),
    ("Income taxes", "(412)", "(377)"),
    ("Net income", "1,846", "1,528"),
]
READ = [
    "Statement of income (in millions)",
    "Year ended December 31,  2031  2030",
    "Net sales  8,161  7,022",
    "Cost of sales  (5,903)  (5,117)",
    "Income taxes  (412)  (377)",
    "Net income  1,846  1,528",
]
PROSE = "The company sells its pumps to builders and to public bodies in nine countries."


def statement(canvas, left=60.0, down=0.0):
    canvas.setFont("Helvetica", 9)
    for row in STATEMENT:
        label, *figures = [row] if isinstance(row, str) else row
        canvas.drawString(left, down, label)
        for right, figure in zip((left + 260, left + 340), figures, strict=False):
            canvas.drawRightString(right, down, figure)
        down -= 11.5


def turned(canvas, angle, x, y):
    """Draws the statement along another direction, counterclockwise."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.rotate(angle)
    statement(canvas)
    canvas.restoreState()


def page_of(pages_of, draw):
    target = BytesIO()
    canvas = Canvas(target, pagesize=LETTER, invariant=1)
    draw(canvas)
    canvas.save()
    return pages_of(target.getvalue())[0]


def figures(page):
    return {
        (row.label, cell.period): cell.text
        for table in page.tables
        for row in table.rows
        for cell in row.cells
    }


SIDEWAYS = [(90, 150, 60), (270, WIDTH - 150, HEIGHT - 60), (180, WIDTH - 60, 500)]


@pytest.mark.parametrize(("angle", "x", "y"), SIDEWAYS)
def test_turned_page_is_read_along_its_lines(pages_of, angle, x, y):
    page = page_of(pages_of, lambda canvas: turned(canvas, angle, x, y))
    assert page.text.split("\n") == READ
    assert figures(page)["Net income", "FY2031"] == "1,846"


@pytest.mark.parametrize(("angle", "x", "y"), SIDEWAYS[:2])
def test_turned_page_keeps_an_upright_heading_apart(pages_of, angle, x, y):
    def draw(canvas):
        canvas.drawString(72, HEIGHT - 30, "Annual Report 2031")
        turned(canvas, angle, x, y)

    page = page_of(pages_of, draw)
    assert sorted(page.text.split("\n")) == sorted([*READ, "Annual Report 2031"])
    assert figures(page)["Net sales", "FY2030"] == "7,022"


@pytest.mark.parametrize(("angle", "x", "y"), [(90, 150, 60), (270, 400, 450)])
def test_turned_table_beside_upright_prose_is_a_table(pages_of, angle, x, y):
    def draw(canvas):
        canvas.setFont("Helvetica", 9)
        for row in range(12):
            canvas.drawString(60, HEIGHT - 60 - 12 * row, PROSE)
        turned(canvas, angle, x, y)

    page = page_of(pages_of, draw)
    assert page.text.split("\n") == [PROSE] * 12 + READ
    assert figures(page)["Income taxes", "FY2031"] == "(412)"
    start, end = page.tables[0].start, page.tables[0].end
    assert "Net income" in page.text[start:end]


STAMPS = {
    "up the margin": ("Not to be passed on", 90, 40, 120, 48),
    "down the margin": ("Not to be passed on", 270, WIDTH - 40, 700, 48),
    "across the page": ("DRAFT COPY", 52, 120, 450, 90),
    "slightly turned": ("RECEIVED", 20, 150, 650, 14),
    "over several rows": ("SPECIMEN", 0, 70, 650, 70),
}


@pytest.mark.parametrize("stamp", STAMPS.values(), ids=STAMPS)
def test_stamp_melts_no_rows(pages_of, stamp):
    text, angle, x, y, points = stamp

    def draw(canvas):
        statement(canvas, down=HEIGHT - 80)
        canvas.setFont("Helvetica", 9)
        for row in range(20):
            canvas.drawString(60, HEIGHT - 160 - 11 * row, PROSE)
        canvas.translate(x, y)
        canvas.rotate(angle)
        canvas.setFont("Helvetica-Bold", points)
        canvas.drawString(0, 0, text)

    page = page_of(pages_of, draw)
    lines = page.text.split("\n")
    assert lines[:26] == READ + [PROSE] * 20
    assert len(lines) == 27
    assert text.startswith(lines[26])
    assert len(figures(page)) == 8
    assert figures(page)["Cost of sales", "FY2030"] == "(5,117)"


def test_big_first_letter_goes_to_its_line(pages_of):
    def draw(canvas):
        canvas.setFont("Helvetica", 33)
        canvas.drawString(60, HEIGHT - 124, "W")
        canvas.setFont("Helvetica", 10)
        for row, text in enumerate(["e sold more pumps", "than in any year", "before this one."]):
            canvas.drawString(94, HEIGHT - 100 - 12 * row, text)
        for row in range(5):
            canvas.drawString(60, HEIGHT - 136 - 12 * row, PROSE)

    lines = page_of(pages_of, draw).text.split("\n")
    assert lines[0].replace(" ", "") == "Wesoldmorepumps"
    assert lines[1:3] == ["than in any year", "before this one."]
