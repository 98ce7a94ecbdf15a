"""Each kind of PDF that can't be taken in is refused by its own error."""

import zlib

import pytest

from evals.filings import broken
from knowledge.errors import (
    EmptyFileError,
    NotAPdfError,
    NoTextError,
    PasswordError,
    TooCostlyError,
    TooManyPagesError,
    TruncatedError,
    UnreadableError,
)
from knowledge.pdf.inspection import Inflated, Inspection, inspect, open_reader
from knowledge.pdf.reader import read_pages


@pytest.fixture
def write(tmp_path):
    def write(content: bytes):
        path = tmp_path / "filing.pdf"
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (broken.empty(), EmptyFileError),
        (broken.not_a_pdf(), NotAPdfError),
        (broken.truncated(), TruncatedError),
        (broken.image_only(2), NoTextError),
        (broken.encrypted("secret"), PasswordError),
        (broken.text_pages(6), TooManyPagesError),
        (b"%PDF-1.7\nrubbish\nstartxref\n0\n%%EOF", UnreadableError),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_broken_pdf_has_an_error_of_its_kind(write, content, kind):
    with pytest.raises(UnreadableError) as refused:
        inspect(write(content), max_pages=5)
    assert type(refused.value) is kind
    assert refused.value.detail


def test_an_image_only_pdf_says_which_pages(write):
    with pytest.raises(NoTextError) as refused:
        inspect(write(broken.image_only(2)), max_pages=5)
    assert refused.value.extensions == {"image_only_pages": [1, 2]}


def test_a_pdf_with_one_scanned_page_is_taken(write):
    path = write(broken.mixed())
    assert inspect(path, max_pages=5) == Inspection(3, (2,))
    texts = [page.text for page in read_pages(path)]
    assert ["Net revenue" in text for text in texts] == [True, False, True]


def test_a_pdf_that_opens_without_a_password_is_taken(write):
    path = write(broken.encrypted(""))
    assert inspect(path, max_pages=5).page_count == 1
    assert "Net revenue" in next(read_pages(path)).text


def test_as_many_pages_as_allowed_are_taken(write):
    assert inspect(write(broken.text_pages(5)), max_pages=5).page_count == 5


def test_bytes_before_the_header_are_tolerated(write):
    path = write(b"From: mail\r\n\r\n" + broken.text_pages(1))
    assert inspect(path, max_pages=5).page_count == 1


def shared_stream(pages: int, megabytes: int) -> bytes:
    """Pages of a few bytes each that all draw the same stream, which inflates to so much."""
    stream = zlib.compress(b"0 0 m     " * (megabytes * 2**20 // 10), 9)
    kids = b" ".join(b"%d 0 R" % number for number in range(4, 4 + pages))
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 3 0 R>>"] * pages,
    ]
    content, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return content + head + table + trailer % (len(bodies) + 1, len(content))


def test_pages_that_inflate_one_shared_stream_again_and_again_are_refused(write):
    content = shared_stream(pages=40, megabytes=20)
    assert len(content) < 2**20
    with pytest.raises(TooCostlyError, match="Page 8 inflates"):
        inspect(write(content), max_pages=50)


def test_inflated_streams_are_not_kept(write):
    reader = open_reader(write(broken.text_pages(2)))
    for page in reader.pages:
        assert Inflated().instructions(page)
        assert page["/Contents"].get_object().decoded_self is None
