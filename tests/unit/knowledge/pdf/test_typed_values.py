"""What was filled in is read beside its label."""

from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from reportlab.lib.pagesizes import LETTER
from reportlab.pdfgen.canvas import Canvas

HEIGHT = LETTER[1]


def form(pages_of, draw, change=None):
    target = BytesIO()
    canvas = Canvas(target, pagesize=LETTER, invariant=1)
    canvas.setFont("Helvetica", 9)
    draw(canvas)
    canvas.save()
    content = target.getvalue()
    if change:
        writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
        change(writer)
        changed = BytesIO()
        writer.write(changed)
        content = changed.getvalue()
    return pages_of(content)[0]


def fields(canvas, rows, *, height=16, shift=4):
    for at, (label, value) in enumerate(rows):
        y = HEIGHT - 100 - 24 * at
        canvas.drawString(60, y, label)
        canvas.acroForm.textfield(
            name=f"field{at}", value=value, x=240, y=y - shift, width=180, height=height
        )


ROWS = [
    ("Name of the firm", "Birchgate Joinery"),
    ("Sales last year (GBP)", "1,204,550"),
    ("Sum asked for (GBP)", "85,000"),
]


def test_fields_stand_on_the_line_of_their_label(pages_of):
    page = form(pages_of, lambda canvas: fields(canvas, ROWS))
    assert page.text.split("\n") == [f"{label}  {value}" for label, value in ROWS]
    cells = {row.label: row.cells[0].text for table in page.tables for row in table.rows}
    assert cells == {"Sales last year (GBP)": "1,204,550", "Sum asked for (GBP)": "85,000"}


def test_high_fields_stay_with_their_own_label(pages_of):
    page = form(pages_of, lambda canvas: fields(canvas, ROWS, height=23, shift=2))
    assert page.text.split("\n") == [f"{label}  {value}" for label, value in ROWS]


def test_empty_fields_and_passwords_are_left_out(pages_of):
    def draw(canvas):
        canvas.drawString(60, HEIGHT - 100, "Passphrase")
        canvas.acroForm.textfield(
            name="secret", value="opensesame", fieldFlags="password", x=240, y=HEIGHT - 104
        )
        canvas.drawString(60, HEIGHT - 150, "Remarks")
        canvas.acroForm.textfield(name="empty", value="", x=240, y=HEIGHT - 154)

    assert form(pages_of, draw).text.split("\n") == ["Passphrase", "Remarks"]


def test_check_boxes_and_choices_say_what_was_chosen(pages_of):
    def draw(canvas):
        for at, (label, checked) in enumerate([("Sole trader", False), ("Partnership", True)]):
            canvas.acroForm.checkbox(
                name=f"box{at}", checked=checked, x=60, y=HEIGHT - 104 - 20 * at, size=12
            )
            canvas.drawString(80, HEIGHT - 102 - 20 * at, label)
        canvas.drawString(60, HEIGHT - 160, "Term")
        canvas.acroForm.choice(
            name="term", value="36 months", options=["12 months", "36 months"], x=240,
            y=HEIGHT - 164, width=120, height=16,
        )  # fmt: skip

    lines = form(pages_of, draw).text.split("\n")
    assert lines == ["\u2610 Sole trader", "\u2611 Partnership", "Term  36 months"]


def test_text_typed_onto_a_page_is_read(pages_of):
    def draw(canvas):
        canvas.drawString(60, HEIGHT - 100, "Approved sum:")

    def change(writer):
        note = FreeText(text="72,500 pounds", rect=(240, HEIGHT - 104, 400, HEIGHT - 88))
        writer.add_annotation(page_number=0, annotation=note)

    assert form(pages_of, draw, change).text == "Approved sum:  72,500 pounds"


def test_hidden_annotations_are_not_read(pages_of):
    def change(writer):
        note = FreeText(text="not to be seen", rect=(240, HEIGHT - 104, 400, HEIGHT - 88))
        note.flags = 2
        writer.add_annotation(page_number=0, annotation=note)

    page = form(pages_of, lambda canvas: canvas.drawString(60, HEIGHT - 100, "Sum"), change)
    assert page.text == "Sum"


def test_value_that_is_printed_too_is_read_once(pages_of):
    def draw(canvas):
        fields(canvas, ROWS[2:])
        canvas.drawString(242, HEIGHT - 100, "85,000")

    assert form(pages_of, draw).text == "Sum asked for (GBP)  85,000"
