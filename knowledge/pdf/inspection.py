"""Decides with pypdf whether a PDF can be taken in. Called in a process of its own: see process."""

import logging
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, EncodedStreamObject

from knowledge.errors import (
    NoTextError,
    PasswordError,
    TooCostlyError,
    TooManyPagesError,
    UnreadableError,
)
from knowledge.pdf.envelope import check_envelope

MAX_FORM_DEPTH = 5
INFLATED_BYTES_AT_FIRST = 150 * 2**20
INFLATED_BYTES_PER_PAGE = 2**19
"""Added by each page that was looked at. Pages of real filings have 0.1 MB on average."""
SHOWS_TEXT = re.compile(rb"T[jJ]|[)>]\s*['\"]")
"""The operators that paint text. Chance matches make a scan look like text, never the reverse."""


class Inflated:
    """Counts what the file's streams inflate to, and keeps none of it."""

    def __init__(self) -> None:
        self._left = INFLATED_BYTES_AT_FIRST

    def instructions(self, page: PageObject) -> bytes:
        """Raises: LimitReachedError: all pages so far have inflated to too much."""
        self._left += INFLATED_BYTES_PER_PAGE
        contents = page.get_contents()
        drawn: Any = page.get("/Contents")
        _release(drawn.get_object() if drawn is not None else None)
        return self._counted(contents.get_data() if contents is not None else b"")

    def form(self, stream: Any) -> bytes:  # noqa: ANN401  # a pypdf stream
        """Raises: LimitReachedError."""
        contents: bytes = stream.get_data()
        _release(stream)
        return self._counted(contents)

    def _counted(self, contents: bytes) -> bytes:
        self._left -= len(contents)
        if self._left < 0:
            raise LimitReachedError("The pages so far inflate to too much.")
        return contents


def _release(drawn: Any) -> None:  # noqa: ANN401  # a pypdf stream, or an array of them
    """Pypdf keeps what it inflated as long as the file is open."""
    for each in drawn if isinstance(drawn, ArrayObject) else [drawn]:
        stream = each.get_object() if each is not None else None
        if isinstance(stream, EncodedStreamObject):
            stream.decoded_self = None


@dataclass(frozen=True)
class Inspection:
    """What can be known without reading the text."""

    page_count: int
    image_only_pages: tuple[int, ...]
    """From 1: pages that paint no text, whether or not they name a font."""


def inspect(path: Path, *, max_pages: int, ocr: bool = False) -> Inspection:
    """Decide in about a second whether a PDF can be taken in.

    Args:
        path: the PDF.
        max_pages: more are refused.
        ocr: whether scans are taken, since their images can be read.

    Raises:
        UnreadableError: one of its kinds, saying what to change.
    """
    reader = open_reader(path)
    count = _page_count(reader)
    if count > max_pages:
        raise TooManyPagesError(
            f"The PDF has {count} pages, and at most {max_pages} are taken. Split it."
        )
    image_only = []
    inflated = Inflated()
    for number, page in enumerate(reader.pages, start=1):
        contents = _inflate(page, number, inflated)
        if not _shows_text(page, contents, inflated):
            image_only.append(number)
    if len(image_only) == count and not ocr:
        raise NoTextError(
            "No page holds text, only images of it. Run OCR on it and upload the result.",
            image_only_pages=image_only,
        )
    return Inspection(count, tuple(image_only))


def open_reader(path: Path) -> PdfReader:
    """The file as pypdf reads it, decrypted if no password is needed.

    Raises:
        UnreadableError: one of its kinds.
    """
    # pypdf reports each repair; what matters is raised here.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    check_envelope(path)
    try:
        reader = PdfReader(path)
        is_locked = reader.is_encrypted and not reader.decrypt("")
    except (LimitReachedError, MemoryError) as error:
        raise _too_costly() from error
    except Exception as error:  # pypdf meets broken structures with exceptions of any kind
        raise UnreadableError(
            "The PDF's structure is broken. Print it to a new PDF in a viewer and upload that."
        ) from error
    if is_locked:
        raise PasswordError("The PDF asks for a password. Save it without one and upload it again.")
    return reader


def _page_count(reader: PdfReader) -> int:
    try:
        count = len(reader.pages)
    except (LimitReachedError, MemoryError) as error:
        raise _too_costly() from error
    except Exception as error:  # as above
        raise UnreadableError(
            "The PDF's page list is broken. Print it to a new PDF and upload that."
        ) from error
    if count == 0:
        raise UnreadableError("The PDF has no pages. Upload one that has.")
    return count


def _inflate(page: PageObject, number: int, inflated: Inflated) -> bytes | None:
    """The page's drawing instructions, or None if they can't be read."""
    try:
        return inflated.instructions(page)
    except (LimitReachedError, MemoryError) as error:
        raise _too_costly(number) from error
    except Exception:  # noqa: BLE001  # one page that pypdf can't read doesn't refuse the filing
        logging.getLogger(__name__).info("page %d has unreadable contents", number)
        return None


def _too_costly(page: int | None = None) -> TooCostlyError:
    where = f"Page {page}" if page else "The PDF"
    return TooCostlyError(
        f"{where} inflates to far more than a page of text needs. "
        "Print it to a new PDF, or leave that page out.",
    )


def _shows_text(page: PageObject, contents: bytes | None, inflated: Inflated) -> bool:
    """Whether a page paints text. A scan may name a font all the same."""
    if contents is None:
        return True  # can't tell: reading the text will
    try:
        resources = _resources(page) or _inherited_resources(page)
        resources = resources or DictionaryObject()
        return _paints_text(contents, resources, MAX_FORM_DEPTH, inflated)
    except (LimitReachedError, MemoryError) as error:
        raise _too_costly() from error
    except Exception:  # noqa: BLE001  # can't tell either
        return True


def _paints_text(
    contents: bytes, resources: DictionaryObject, depth: int, inflated: Inflated
) -> bool:
    if resources.get("/Font") and SHOWS_TEXT.search(contents):
        return True
    if depth == 0:
        return False
    drawn: Any = resources.get("/XObject") or DictionaryObject()
    forms = (entry.get_object() for entry in drawn.get_object().values())
    return any(_form_paints_text(f, resources, depth - 1, inflated) for f in forms if _is_form(f))


def _form_paints_text(
    form: Any,  # noqa: ANN401  # a pypdf stream
    page_resources: DictionaryObject,
    depth: int,
    inflated: Inflated,
) -> bool:
    resources = _resources(form)
    if resources is None:  # it draws with what the page has, and no further forms
        return _paints_text(inflated.form(form), page_resources, 0, inflated)
    return _paints_text(inflated.form(form), resources, depth, inflated)


def _is_form(drawn: Any) -> bool:  # noqa: ANN401  # a pypdf object of any kind
    return bool(drawn.get("/Subtype") == "/Form")


def _resources(holder: DictionaryObject) -> Any:  # noqa: ANN401  # a pypdf object of any kind
    resources = holder.get("/Resources")
    return resources.get_object() if resources is not None else None


def _inherited_resources(page: PageObject) -> Any:  # noqa: ANN401  # a pypdf object of any kind
    parent: Any = page.get("/Parent")
    for _ in range(MAX_FORM_DEPTH * 4):
        if parent is None:
            return None
        parent = parent.get_object()
        if parent.get("/Resources"):
            return parent["/Resources"].get_object()
        parent = parent.get("/Parent")
    return None
