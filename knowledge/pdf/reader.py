"""Reads a PDF's pages as text with lines, sections and tables.

Called in a process of its own: see process.
"""

import gc
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pypdfium2 as pdfium

from knowledge.pages import Page
from knowledge.pdf.assembly import Assembly
from knowledge.pdf.furniture import NEIGHBOURS, furniture
from knowledge.pdf.layout import PageLayout, lay_out
from knowledge.pdf.ocr import is_available, recognize
from knowledge.pdf.opening import opened
from knowledge.pdf.tables.conventions import conventions_of
from knowledge.pdf.tables.cover import calendar_of

FIRST_PAGES = 24
"""Among which a filing says when its fiscal year ends and how it is named."""

CYCLE_THRESHOLD = 100_000
"""Objects made between two searches for cycles; Python's own is 700."""


def read_pages(path: Path, *, ocr: bool = False) -> Iterator[Page]:
    """Every page in order, a few in memory at a time.

    Args:
        path: the PDF.
        ocr: read pages without text from their image; without effect where `ocr.is_available`
            says no.

    Raises:
        UnreadableError: the file can't be opened. A page that can't be read comes out empty.
    """
    with _rare_collections(), opened(path) as document:
        yield from _pages(_layouts(document, ocr=ocr and is_available()))


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Pages leave no cycles behind: looking for them less often saves a tenth of the time."""
    before = gc.get_threshold()
    if not 0 < before[0] < CYCLE_THRESHOLD:  # they are rare, maybe by a reader that isn't done
        yield
        return
    gc.set_threshold(CYCLE_THRESHOLD, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _layouts(document: pdfium.PdfDocument, *, ocr: bool) -> Iterator[PageLayout]:
    for number in range(1, len(document) + 1):
        page = lay_out(document, number)
        yield page if page.lines or not ocr else recognize(document, page)


def _pages(layouts: Iterator[PageLayout]) -> Iterator[Page]:
    first = list(islice(layouts, FIRST_PAGES))
    calendar = calendar_of(page.text for page in first)
    assembly = Assembly(calendar, conventions_of((page.number, page.text) for page in first))
    ahead = deque(first)
    behind: deque[PageLayout] = deque(maxlen=NEIGHBOURS)
    while ahead:
        page = ahead.popleft()
        running = furniture(page, [*behind, page, *islice(ahead, NEIGHBOURS)])
        behind.append(page)
        ahead.extend(islice(layouts, 1))
        yield assembly.page(*_parted(page, running))


def _parted(page: PageLayout, running: Iterable[int]) -> tuple[PageLayout, list[str]]:
    """A page without its running lines, and what these say."""
    places = set(running)
    lines = [line for at, line in enumerate(page.lines) if at not in places]
    return replace(page, lines=lines), [page.lines[at].text for at in sorted(places)]
