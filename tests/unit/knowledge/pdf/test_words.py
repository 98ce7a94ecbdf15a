"""Words come apart where a reader sees a blank, and nowhere else."""

from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject
from reportlab.lib.pagesizes import LETTER
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from evals.evaluators.text_agreement import text_agreement
from evals.targets.pdfium_reading import pdfium_text
from knowledge.pdf.layout import lay_out
from knowledge.pdf.lost_ligatures import restored

SERIF, SANS = "Times-Italic", Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
needs_ligatures = pytest.mark.skipif(not SANS.exists(), reason="needs a font with ligatures")


def moved(lines, *, font=SERIF, points=10, blank=0.25) -> bytes:
    """Words with a move of the pen between them, as browsers print them, and no space."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=LETTER, invariant=1)
    canvas.setFont(font, points)
    for row, line in enumerate(lines):
        left = 72.0
        for word in line.split(" "):
            canvas.drawString(left, 700 - 14 * row, word)
            left += canvas.stringWidth(word, font, points) + blank * points
    canvas.save()
    return target.getvalue()


def with_ligatures(lines) -> bytes:
    pdfmetrics.registerFont(TTFont("Ligatures", str(SANS)))
    target = BytesIO()
    canvas = Canvas(target, pagesize=LETTER, invariant=1)
    canvas.setFont("Ligatures", 10)
    for row, line in enumerate(lines):
        canvas.drawString(72, 700 - 14 * row, line)
    canvas.save()
    return target.getvalue()


def test_words_after_an_overhanging_f_stay_apart(pages_of):
    lines = ["The value of the brief if it exists", "proof of loss of goods"]
    assert pages_of(moved(lines))[0].text.split("\n") == lines


def test_figures_painted_in_parts_stay_whole(pages_of):
    page = pages_of(moved(["Losses of $ (1,404 ) and $ 895 and 12 %"]))[0]
    assert page.text == "Losses of $(1,404) and $895 and 12%"


def test_reading_agrees_with_pdfium(tmp_path):
    path = tmp_path / "moved.pdf"
    path.write_bytes(moved(["The value of the brief if it exists"] * 20))
    with pdfium.PdfDocument(path) as document:
        found = text_agreement(pdfium_text(document, 1), lay_out(document, 1).text)
    assert (found.recall, found.precision, found.expected) == (1.0, 1.0, 160)


@needs_ligatures
def test_ligatures_are_part_of_their_word(pages_of):
    lines = ["pro\ufb01t \ufb02ow", "e\ufb00ect of sta\ufb00", "o\ufb03cer a\ufb04uent", "la\ufb06"]
    text = pages_of(with_ligatures(lines))[0].text
    assert text.split("\n") == ["profit flow", "effect of staff", "officer affluent", "last"]


@needs_ligatures
def test_ligatures_that_the_font_maps_to_nothing_are_restored(pages_of):
    writer = PdfWriter(clone_from=PdfReader(BytesIO(with_ligatures(["Net pro\ufb01t, a\ufb00er"]))))
    for font in writer.pages[0]["/Resources"]["/Font"].values():
        if "/ToUnicode" in font.get_object():
            mapping = font.get_object()["/ToUnicode"].get_data()
            stream = DecodedStreamObject()
            stream.set_data(mapping.replace(b"<FB01>", b"<0000>").replace(b"<FB00>", b"<0000>"))
            font.get_object()[NameObject("/ToUnicode")] = writer._add_object(stream)
    target = BytesIO()
    writer.write(target)
    # What could be "after" or "a" and something else stays marked.
    assert pages_of(target.getvalue())[0].text == "Net profit, a\ufffder"


@pytest.mark.parametrize(
    ("gap", "whole"),
    [
        ("pro?t", "profit"),
        ("signi?cant", "significant"),
        ("re?ect", "reflect"),
        ("O?cers,", "Officers,"),
        ("non-?nancial", "non-financial"),
        ("out?ows", "outflows"),
        ("di?cult", "difficult"),
        ("o?", "off"),
    ],
)
def test_known_words_get_their_ligature_back(gap, whole):
    assert restored(gap.replace("?", "\ufffd")) == whole


@pytest.mark.parametrize("gap", ["1?3", "?", "x?y", "a?er", "????", "?" * 50])
def test_unknown_words_keep_the_gap(gap):
    text = gap.replace("?", "\ufffd")
    assert restored(text) == text
