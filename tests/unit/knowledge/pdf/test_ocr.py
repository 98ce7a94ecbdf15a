"""Scanned pages are read where tesseract is installed, and left alone where it isn't."""

from io import BytesIO

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from knowledge.errors import NoTextError
from knowledge.pdf import ocr
from knowledge.pdf.inspection import inspect


@pytest.fixture
def scan() -> bytes:
    image = Image.new("L", (1700, 2200), 255)
    font = ImageFont.load_default(40)
    ImageDraw.Draw(image).text((200, 300), "Net revenue was 1,234 in 2022.", 0, font)
    target = BytesIO()
    canvas = Canvas(target, pagesize=LETTER, invariant=1)
    canvas.drawImage(ImageReader(image), 0, 0, *LETTER)
    canvas.save()
    return target.getvalue()


def test_a_scan_is_empty_unless_it_is_to_be_read(pages_of, scan):
    assert [page.text for page in pages_of(scan)] == [""]


def test_without_the_program_a_scan_stays_empty(pages_of, scan, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert not ocr.is_available()
    assert [page.text for page in pages_of(scan, ocr=True)] == [""]


def test_a_scan_is_taken_in_when_it_can_be_read(tmp_path, scan):
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan)
    with pytest.raises(NoTextError):
        inspect(path, max_pages=5)
    assert inspect(path, max_pages=5, ocr=True).image_only_pages == (1,)


@pytest.mark.skipif(not ocr.is_available(), reason="tesseract is not installed")
def test_a_scan_is_read_with_the_places_of_its_words(pages_of, scan):
    page = pages_of(scan, ocr=True)[0]
    assert "Net revenue was 1,234 in 2022." in page.text
    box = page.lines[0].box
    assert abs(box.left - 72) < 5  # 200 of 1700 pixels
    assert abs(box.top - 108) < 12  # 300 of 2200
