"""Opens a PDF for pdfium, by way of a copy that pypdf repaired where pdfium needs one."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pypdfium2 as pdfium
from pypdf import PdfReader, PdfWriter
from pypdf.errors import LimitReachedError

from knowledge.errors import TooCostlyError, UnreadableError
from knowledge.pdf.envelope import check_envelope
from knowledge.pdf.inspection import open_reader


@contextmanager
def opened(path: Path) -> Iterator[pdfium.PdfDocument]:
    """The file, open as long as the context lasts.

    Raises:
        UnreadableError: one of its kinds.
    """
    check_envelope(path)
    try:
        document = _document(path)
    except pdfium.PdfiumError:
        reader = open_reader(path)
        with tempfile.TemporaryDirectory(prefix="copilot-") as folder:
            copy = Path(folder) / "repaired.pdf"
            _repair(reader, copy)
            with _repaired(copy) as document:
                yield document
        return
    with document:
        yield document


def _document(path: Path) -> pdfium.PdfDocument:
    """Opens at once and looks at the page count: pdfium reads the rest when it is asked to."""
    document = pdfium.PdfDocument(path)
    if len(document) == 0:
        document.close()
        raise pdfium.PdfiumError("No page was found.")
    with suppress(pdfium.PdfiumError):  # the text is read without it
        document.init_forms()
    return document


def _repair(reader: PdfReader, copy: Path) -> None:
    try:
        writer = PdfWriter()
        for page in reader.pages:
            writer.add_page(page)
        writer.write(copy)
    except (LimitReachedError, MemoryError) as error:
        raise TooCostlyError(
            "Repairing the PDF takes too much memory. Print it to a new PDF."
        ) from error
    except Exception as error:  # pypdf meets broken objects with exceptions of any kind
        raise _broken() from error


def _repaired(copy: Path) -> pdfium.PdfDocument:
    try:
        return _document(copy)
    except pdfium.PdfiumError as error:
        raise _broken() from error


def _broken() -> UnreadableError:
    return UnreadableError(
        "The PDF's structure is broken. Print it to a new PDF in a viewer and upload that."
    )
