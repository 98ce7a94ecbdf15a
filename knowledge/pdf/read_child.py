"""The process that reads one PDF's pages.

What a PDF may cost grows with the pages that it has delivered: one that is stuck on a page, or
whose pages hold far more text than paper has room for, is given up after seconds.
"""

import gc
import sys
from collections.abc import Iterator
from pathlib import Path

from pydantic import TypeAdapter

from knowledge.errors import TooCostlyError, TooManyPagesError, UnreadableError
from knowledge.pages import Page
from knowledge.pdf.child import allow_seconds, limit, write_error, write_line
from knowledge.pdf.reader import CYCLE_THRESHOLD, read_pages

SECONDS_PER_PAGE = 0.5
"""CPU seconds that each page adds. The slowest of real filings takes 0.02 a page on average."""
CHARACTERS_AT_FIRST = 500_000
CHARACTERS_PER_PAGE = 20_000
"""Of all pages so far, on average. The densest page of real filings has 8,000."""
PAGE = TypeAdapter(Page)


def bounded(pages: Iterator[Page], cpu_seconds: int, max_pages: int) -> Iterator[Page]:
    """The pages, as long as they stay within bounds.

    Raises:
        TooManyPagesError, TooCostlyError: they don't.
    """
    characters = 0
    for done, page in enumerate(pages, start=1):
        if done > max_pages:
            raise TooManyPagesError(f"The PDF has more than {max_pages} pages. Split it.")
        characters += len(page.text)
        if characters > CHARACTERS_AT_FIRST + CHARACTERS_PER_PAGE * done:
            raise TooCostlyError(
                f"The first {done} pages hold {characters} characters, far more than pages of "
                "that number have room for. Print the PDF to a new one, or split large sheets."
            )
        allow_seconds(cpu_seconds + int(SECONDS_PER_PAGE * done))
        yield page


def main(path: str, memory_bytes: str, cpu_seconds: str, max_pages: str, ocr: str = "") -> None:
    limit(int(memory_bytes), int(cpu_seconds))
    gc.set_threshold(CYCLE_THRESHOLD)  # as read_pages does, for what is done with its pages
    try:
        pages = read_pages(Path(path), ocr=bool(ocr))
        for page in bounded(pages, int(cpu_seconds), int(max_pages)):
            write_line(PAGE.dump_json(page))
    except UnreadableError as error:
        write_error(error)


if __name__ == "__main__":
    main(*sys.argv[1:])
