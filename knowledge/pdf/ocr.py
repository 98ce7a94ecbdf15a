"""Reads scanned pages with tesseract, if the extra `ocr` and the program are installed."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from statistics import fmean
from typing import Any

import pypdfium2 as pdfium

from knowledge.pdf.columns import rows_in_order
from knowledge.pdf.doubts import doubts_of
from knowledge.pdf.frames import Bounds, size
from knowledge.pdf.layout import PageLayout
from knowledge.pdf.tokens import text_line
from knowledge.pdf.words import Word

POINTS_PER_INCH = 72
DOTS_PER_INCH = 300
MAX_PIXELS = 5_000
"""Of a page's longer side: larger sheets are rendered more coarsely."""
MIN_CONFIDENCE = 20.0
"""Of 100: below it, tesseract sees letters in specks."""
SECONDS = 60
WORD_LEVEL = 5
"""tesseract's level of words, below those of blocks, paragraphs and lines."""


def is_available() -> bool:
    """Whether the package is installed and the program is on the PATH."""
    return find_spec("pytesseract") is not None and shutil.which("tesseract") is not None


def recognize(document: pdfium.PdfDocument, page: PageLayout) -> PageLayout:
    """A page without text as tesseract reads it; as it is, where nothing can be read."""
    bounds, rotation = page.bounds, page.rotation
    try:
        words, confidence = _words(document, page.number - 1, bounds, rotation)
    except (pdfium.PdfiumError, RuntimeError, ValueError, OSError):
        return page  # it can't be drawn, or tesseract failed or took too long
    lines = [text_line(row) for row in rows_in_order(words)] if words else []
    for line in lines:
        line.quarter = rotation
    lines = [line for line in lines if line.text]
    doubts = doubts_of(lines, confidence=confidence)
    return PageLayout(page.number, bounds, rotation, rotation, lines, doubts)


def _words(
    document: pdfium.PdfDocument, index: int, bounds: Bounds, rotation: int
) -> tuple[list[Word], float | None]:
    """Words in points, and how sure tesseract is of them, in percent."""
    import pytesseract  # noqa: PLC0415  # an extra

    width, height = size(bounds, rotation)
    scale = min(DOTS_PER_INCH / POINTS_PER_INCH, MAX_PIXELS / max(width, height))
    page = document[index]
    try:
        image = page.render(scale=scale, grayscale=True).to_pil()
    finally:
        page.close()
    found = pytesseract.image_to_data(image, output_type=pytesseract.Output.DICT, timeout=SECONDS)
    sure = [float(each) for each in found["conf"] if float(each) >= MIN_CONFIDENCE]
    return list(_scaled(found, scale)), fmean(sure) if sure else None


def _scaled(found: Mapping[str, Sequence[Any]], scale: float) -> Iterator[Word]:
    """Words in points; a line's words share its height, since a word's own is that of its ink."""
    lines: dict[tuple[int, int, int], list[int]] = {}
    for at, text in enumerate(found["text"]):
        sure = float(found["conf"][at]) >= MIN_CONFIDENCE
        if int(found["level"][at]) == WORD_LEVEL and sure and str(text).strip():
            key = tuple(int(found[name][at]) for name in ("block_num", "par_num", "line_num"))
            lines.setdefault((key[0], key[1], key[2]), []).append(at)
    for places in lines.values():
        top = min(found["top"][at] for at in places) / scale
        bottom = max(found["top"][at] + found["height"][at] for at in places) / scale
        for at in places:
            left, right = found["left"][at], found["left"][at] + found["width"][at]
            yield Word(
                str(found["text"][at]).strip(),
                left / scale,
                top,
                right / scale,
                bottom,
                bottom - top,
                bold=False,
                spaced=True,
            )
