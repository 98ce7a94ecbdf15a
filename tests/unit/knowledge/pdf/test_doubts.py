"""A page that may have been misread says why."""

from io import BytesIO

import pytest
from reportlab.lib.pagesizes import LETTER
from reportlab.pdfgen.canvas import Canvas

from knowledge.pdf.doubts import doubts_of
from knowledge.pdf.tokens import text_line
from knowledge.pdf.words import Word

PROSE = "The company sells its pumps to builders and to public bodies in nine countries."


def line(*texts, step=60.0, width=50.0):
    words = [
        Word(text, at * step, 0.0, at * step + width, 10.0, 10.0, bold=False, spaced=True)
        for at, text in enumerate(texts)
    ]
    return text_line(words)


def page_of(pages_of, draw):
    target = BytesIO()
    canvas = Canvas(target, pagesize=LETTER, invariant=1)
    canvas.setFont("Helvetica", 10)
    draw(canvas)
    canvas.save()
    return pages_of(target.getvalue())[0]


def test_clean_page_leaves_no_doubt(pages_of):
    def draw(canvas):
        for row in range(20):
            canvas.drawString(60, 700 - 12 * row, PROSE)

    assert page_of(pages_of, draw).doubts == ()


def test_unknown_letters_are_counted():
    (doubt,) = doubts_of([line("pro\ufffdt", "\ufffdow")] * 4)
    assert doubt.startswith("8 of 36 characters have no known letter")


def test_few_unknown_signs_are_bullets():
    assert doubts_of([line("\ufffd", "text of the list")] * 4) == ()


def test_overprinted_text_is_doubtful():
    assert "over other text" in doubts_of([line("one", "two", "three", step=20.0)] * 3)[0]
    assert doubts_of([line("one", "two", "three")] * 3) == ()


def test_text_at_an_angle_is_doubtful(pages_of):
    def draw(canvas):
        canvas.translate(100, 300)
        canvas.rotate(30)
        for row in range(6):
            canvas.drawString(0, -14 * row, PROSE[:40])

    assert "at an angle" in page_of(pages_of, draw).doubts[0]


def test_watermark_is_no_doubt(pages_of):
    def draw(canvas):
        for row in range(20):
            canvas.drawString(60, 700 - 12 * row, PROSE)
        canvas.translate(100, 300)
        canvas.rotate(50)
        canvas.drawString(0, 0, "DRAFT")

    assert page_of(pages_of, draw).doubts == ()


@pytest.mark.parametrize(("confidence", "doubtful"), [(61.0, True), (93.0, False), (None, False)])
def test_uncertain_recognition_is_doubtful(confidence, doubtful):
    doubts = doubts_of([line("one", "two")], confidence=confidence)
    assert bool(doubts) == doubtful
    assert not doubts or "61 % confidence" in doubts[0]
