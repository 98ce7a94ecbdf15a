"""What reading a PDF may cost grows with the pages that it delivered."""

import pytest

from knowledge.errors import TooCostlyError, TooManyPagesError
from knowledge.pages import Page
from knowledge.pdf import read_child

SECONDS = 20


@pytest.fixture(autouse=True)
def allowed(monkeypatch):
    """The CPU seconds that were allowed, in place of this process's own limit."""
    seconds = []
    monkeypatch.setattr(read_child, "allow_seconds", seconds.append)
    return seconds


def pages(count, characters):
    return (Page(number, 612.0, 792.0, "x" * characters) for number in range(1, count + 1))


def test_dense_filing_passes_and_earns_seconds_for_each_page(allowed):
    read = list(read_child.bounded(pages(400, 15_000), SECONDS, 400))
    assert len(read) == 400
    assert (allowed[0], allowed[-1]) == (SECONDS, SECONDS + 200)


def test_pages_with_far_too_much_text_are_refused_after_a_few():
    delivered = []
    with pytest.raises(TooCostlyError, match="The first 3 pages hold 585000 characters"):
        delivered.extend(read_child.bounded(pages(1500, 195_000), SECONDS, 1500))
    assert len(delivered) < 3


def test_a_single_large_sheet_passes():
    assert len(list(read_child.bounded(pages(1, 200_000), SECONDS, 1))) == 1


def test_more_pages_than_were_counted_are_refused():
    with pytest.raises(TooManyPagesError):
        list(read_child.bounded(pages(4, 10), SECONDS, 3))
