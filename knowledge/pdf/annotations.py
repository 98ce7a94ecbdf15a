"""Reads what was filled in: values of form fields, and text typed onto a page."""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

MAX_ANNOTATIONS = 2_000
"""Per page."""
MAX_UNITS = 4_000
"""UTF-16 code units of a value; what goes beyond is left out."""
HIDDEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
CHECKED, UNCHECKED = "\u2611", "\u2610"
_MARKS = (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON)
_CHOICES = (raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)
AUTOMATIC = 0.0
"""A font size that fits the field."""


@dataclass(frozen=True)
class Typed:
    """A value and where it stands, in the PDF's coordinates."""

    text: str
    box: tuple[float, float, float, float]
    """Left, bottom, right, top."""
    font_size: float = AUTOMATIC
    has_lines: bool = False
    """Whether it fills its box from the top, rather than along its middle."""

    @property
    def is_mark(self) -> bool:
        return self.text in (CHECKED, UNCHECKED)


def typed_on(document: pdfium.PdfDocument, page: Any) -> list[Typed]:  # noqa: ANN401  # a pdfium handle
    """What fields and free text of a page say. Fields need the document's form environment."""
    form = document.formenv.raw if document.formenv else None
    found: list[Typed] = []
    for at in range(min(raw.FPDFPage_GetAnnotCount(page), MAX_ANNOTATIONS)):
        annotation = raw.FPDFPage_GetAnnot(page, at)
        if not annotation:
            continue
        try:
            found += _typed(form, annotation)
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    return found


def _typed(form: Any, annotation: Any) -> Iterator[Typed]:  # noqa: ANN401  # pdfium handles
    kind = raw.FPDFAnnot_GetSubtype(annotation)
    if kind not in (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT):
        return
    rect = raw.FS_RECTF()
    if raw.FPDFAnnot_GetFlags(annotation) & HIDDEN or not raw.FPDFAnnot_GetRect(annotation, rect):
        return
    box = (rect.left, rect.bottom, rect.right, rect.top)
    if not (box[2] > box[0] and box[3] > box[1]):
        return
    if kind == raw.FPDF_ANNOT_FREETEXT:
        text = _string(lambda *into: raw.FPDFAnnot_GetStringValue(annotation, b"Contents", *into))
        if text:
            yield Typed(text, box, has_lines=True)
    elif form:
        yield from _field(form, annotation, box)


def _field(
    form: Any,  # noqa: ANN401  # a pdfium handle
    annotation: Any,  # noqa: ANN401  # a pdfium handle
    box: tuple[float, float, float, float],
) -> Iterator[Typed]:
    kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind in _MARKS:
        # The name of the appearance that is shown: "Off" in every language.
        shown = _string(lambda *into: raw.FPDFAnnot_GetStringValue(annotation, b"AS", *into))
        is_checked = raw.FPDFAnnot_IsChecked(form, annotation) or shown not in ("", "Off")
        yield Typed(CHECKED if is_checked else UNCHECKED, box)
        return
    flags = raw.FPDFAnnot_GetFormFieldFlags(form, annotation)
    text = ""
    if kind in _CHOICES:
        text = ", ".join(_chosen(form, annotation))
    is_secret = kind == raw.FPDF_FORMFIELD_TEXTFIELD and flags & raw.FPDF_FORMFLAG_TEXT_PASSWORD
    if not text and kind in (*_CHOICES, raw.FPDF_FORMFIELD_TEXTFIELD) and not is_secret:
        text = _string(lambda *into: raw.FPDFAnnot_GetFormFieldValue(form, annotation, *into))
    if text:
        size = ctypes.c_float()
        raw.FPDFAnnot_GetFontSize(form, annotation, size)
        has_lines = kind == raw.FPDF_FORMFIELD_TEXTFIELD and bool(
            flags & raw.FPDF_FORMFLAG_TEXT_MULTILINE
        )
        yield Typed(text, box, size.value, has_lines)


def _chosen(form: Any, annotation: Any) -> Iterator[str]:  # noqa: ANN401  # pdfium handles
    for at in range(min(raw.FPDFAnnot_GetOptionCount(form, annotation), MAX_ANNOTATIONS)):
        if raw.FPDFAnnot_IsOptionSelected(form, annotation, at):
            yield _string(
                lambda *into, at=at: raw.FPDFAnnot_GetOptionLabel(form, annotation, at, *into)
            )


def _string(ask: Callable[..., int]) -> str:
    """What pdfium writes into a buffer of UTF-16, without the zero at its end."""
    length = ask(None, 0) // 2
    if not 1 < length <= MAX_UNITS:
        return ""
    buffer = (ctypes.c_ushort * length)()
    ask(buffer, ctypes.sizeof(buffer))
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0").strip()
