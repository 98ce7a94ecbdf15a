import zlib
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError, PyPdfError

from evals.filings import broken


def texts(pdf: bytes) -> list[str]:
    return [page.extract_text().strip() for page in PdfReader(BytesIO(pdf)).pages]


@pytest.mark.parametrize("make", [broken.empty, broken.not_a_pdf, broken.truncated])
def test_strict_reading_refuses(make):
    with pytest.raises(PyPdfError):
        len(PdfReader(BytesIO(make()), strict=True).pages)


def test_a_scan_has_no_text():
    assert texts(broken.image_only(2)) == ["", ""]


def test_only_the_second_page_of_the_mixed_one_is_a_scan():
    first, second, third = texts(broken.mixed())
    assert broken.TEXT in first
    assert not second
    assert broken.TEXT in third


def test_a_password_is_needed():
    with pytest.raises(FileNotDecryptedError):
        texts(broken.encrypted("open sesame"))


def test_the_empty_password_opens():
    assert broken.TEXT in texts(broken.encrypted(""))[0]


def test_many_pages_are_cheap():
    pdf = broken.many_pages()
    assert len(PdfReader(BytesIO(pdf)).pages) == 2000
    assert len(pdf) < broken.MEGABYTE


def test_the_bomb_inflates_to_the_size_asked_for():
    inflated = 64 * broken.MEGABYTE
    pdf = broken.decompression_bomb(inflated)
    stream = pdf.partition(b"stream\n")[2].partition(b"\nendstream")[0]
    assert len(pdf) < broken.MEGABYTE / 16
    assert len(zlib.decompress(zlib.decompress(stream))) == inflated
