"""Text columns are read one after the other; tables are read across."""

from io import BytesIO
from textwrap import wrap

import pytest
from reportlab.lib.pagesizes import LETTER
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

HEIGHT = LETTER[1]
TEXT = """
The mill in the north ran at full load through the winter and shipped more board than in any
year before. Orders from bakers grew, while printers bought less. We closed the old pulp line
in May and moved its crew to the new one, which was paid for without a loan.

Energy took a larger part of all costs. A new boiler burns bark and saves about a third of the
gas that was bought so far. The board expects to spend 14 million crowns on a second one, and
will decide on it in the autumn when prices are known.

People stay with us for eleven years on average. Twenty apprentices began in September, more
than we had places for. Nobody was hurt at work for 212 days in a row, which is the longest
time since records began, and sick leave fell by a fifth.

Water from the river is cleaned before it goes back. The new filter holds nearly all fibres
and is washed each night. Neighbours had asked for it, and visited the plant in June to see
what became of their letters to the county.
"""
TEXTS = TEXT.split("\n\n")
TABLE = [
    ("", "2031", "2030"),
    ("Net sales", "8,161", "7,022"),
    ("Cost of board sold", "(5,903)", "(5,117)"),
    ("Wages and benefits", "(1,412)", "(1,377)"),
    ("Net income", "846", "528"),
]


def lines_of(text, width, points):
    lines, line = [], ""
    for word in text.split():
        if line and stringWidth(f"{line} {word}", "Helvetica", points) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line]


def columns(canvas, texts, *, top=100.0, gutter=12.0, points=9.0, left=60.0, right=550.0):
    """Draws texts beside each other; returns the lines of each, and how far down they reach."""
    width = (right - left - gutter * (len(texts) - 1)) / len(texts)
    canvas.setFont("Helvetica", points)
    drawn = [lines_of(text, width, points) for text in texts]
    for at, lines in enumerate(drawn):
        for row, line in enumerate(lines):
            down = top + row * 1.2 * points
            canvas.drawString(left + at * (width + gutter), HEIGHT - down, line)
    return drawn, top + max(map(len, drawn)) * 1.2 * points


def table(canvas, top, left=60.0, right=550.0):
    canvas.setFont("Helvetica", 9)
    for row, (label, *cells) in enumerate(TABLE):
        canvas.drawString(left, HEIGHT - top - 12 * row, label)
        for back, cell in zip((80, 0), cells, strict=True):
            canvas.drawRightString(right - back, HEIGHT - top - 12 * row, cell)


ROWS = ["  ".join(filter(None, row)) for row in TABLE]


def read(pages_of, draw):
    target = BytesIO()
    canvas = Canvas(target, pagesize=LETTER, invariant=1)
    kept = draw(canvas)
    canvas.save()
    return kept, pages_of(target.getvalue())[0]


def lines_in_order(drawn):
    return [line for lines in drawn for line in lines]


@pytest.mark.parametrize("count", [2, 3, 4])
@pytest.mark.parametrize("gutter", [9.0, 14.0, 30.0])
def test_columns_are_read_to_their_end(pages_of, count, gutter):
    drawn, page = read(pages_of, lambda canvas: columns(canvas, TEXTS[:count], gutter=gutter)[0])
    assert page.text.split("\n") == lines_in_order(drawn)


def test_columns_of_unequal_height_below_a_heading(pages_of):
    texts = [TEXTS[0] + " " + TEXTS[3], TEXTS[1], " ".join(TEXTS)]

    def draw(canvas):
        canvas.setFont("Helvetica-Bold", 15)
        canvas.drawString(60, HEIGHT - 70, "What the year brought to the mill and to its people")
        return columns(canvas, texts)[0]

    drawn, page = read(pages_of, draw)
    assert page.text.split("\n")[1:] == lines_in_order(drawn)


@pytest.mark.parametrize("count", [2, 3])
def test_table_below_columns_is_read_across(pages_of, count):
    def draw(canvas):
        drawn, bottom = columns(canvas, TEXTS[:count])
        table(canvas, bottom + 16)
        return drawn

    drawn, page = read(pages_of, draw)
    assert page.text.split("\n") == [*lines_in_order(drawn), *ROWS]
    assert [row.label for row in page.tables[0].rows] == [row[0] for row in TABLE[1:]]


def test_table_above_columns_is_read_across(pages_of):
    def draw(canvas):
        table(canvas, 80)
        return columns(canvas, TEXTS[:3], top=170)[0]

    drawn, page = read(pages_of, draw)
    assert page.text.split("\n") == [*ROWS, *lines_in_order(drawn)]


def test_table_in_a_column_stays_there(pages_of):
    def draw(canvas):
        drawn, _ = columns(canvas, [TEXTS[0] + " " + TEXTS[1]], right=300)
        table(canvas, 100, left=320, right=550)
        return drawn

    drawn, page = read(pages_of, draw)
    assert page.text.split("\n") == [*lines_in_order(drawn), *ROWS]
    assert page.tables[0].rows[0].label == "Net sales"


def test_terms_stay_beside_their_meaning(pages_of):
    terms = ["Board", "Pulp line", "Bark", "Crew of the mill"]

    def draw(canvas):
        down, expected = 100.0, []
        canvas.setFont("Helvetica", 9)
        for term, text in zip(terms, TEXTS, strict=True):
            canvas.drawString(60, HEIGHT - down, term)
            lines = lines_of(text, 350, 9)
            for line in lines:
                canvas.drawString(200, HEIGHT - down, line)
                down += 11
            expected += [f"{term}  {lines[0]}", *lines[1:]]
        return expected

    expected, page = read(pages_of, draw)
    assert page.text.split("\n") == expected


def test_wrapped_labels_stay_beside_their_figures(pages_of):
    labels = [
        "Shares with a price that is quoted on a market every day",
        "Shares without a price that is quoted on a market",
        "Loans to suppliers of wood that are repaid within a year",
        "Rights to cut wood in the county for the next ten years",
    ]

    def draw(canvas):
        canvas.setFont("Helvetica", 9)
        down = 100.0
        for at, label in enumerate(labels):
            first, last = wrap(label, 34)[:2]
            canvas.drawString(60, HEIGHT - down, first)
            canvas.drawString(60, HEIGHT - down - 11, f"{last}  $")
            for right, value in ((320, 1884), (400, 538), (480, 770)):
                canvas.drawRightString(right, HEIGHT - down - 11, f"{value + at:,}")
            down += 24

    _, page = read(pages_of, draw)
    rows = [line for line in page.text.split("\n") if "77" in line]
    assert len(rows) == 4
    assert all(wrap(label, 34)[1] in row for label, row in zip(labels, rows, strict=True))
