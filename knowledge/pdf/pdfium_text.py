"""Reads what pdfium knows about a page's characters, many at a time.

pdfium answers for one character a call. The calls run from a C loop over bound functions that take
addresses: 0.2 microseconds each, where an ordinary ctypes call with structures takes 1.5.
"""

import ctypes
import math
from collections import deque
from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt
from pypdfium2 import raw

from knowledge.pdf.frames import QUARTERS

MAX_CHARACTERS = 200_000
"""Per page; the densest pages of filings hold 15,000."""
RECT_BYTES = 16
FAR = 1e7
"""Points: beyond it, a broken matrix put the character."""
SURROGATES = (0xD800, 0xE000)
_BOLD = (b"bold", b"black", b"heavy", b"demi")

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.uint32]


def _bound(function: Any, result: Any, *arguments: Any) -> Any:  # noqa: ANN401  # ctypes' own types
    """A pdfium function that takes plain integers for pointers and keeps Python's lock."""
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
_box_of = _bound(raw.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)
_code_of = _bound(raw.FPDFText_GetUnicode, ctypes.c_uint, _POINTER, _INT)
_angle_of = _bound(raw.FPDFText_GetCharAngle, ctypes.c_float, _POINTER, _INT)
_object_of = _bound(raw.FPDFText_GetTextObject, _POINTER, _POINTER, _INT)
_font_of = _bound(raw.FPDFTextObj_GetFont, _POINTER, _POINTER)
_font_name = _bound(
    raw.FPDFFont_GetBaseFontName, ctypes.c_size_t, _POINTER, ctypes.c_char_p, ctypes.c_size_t
)


class TextPage:
    """A page's characters by their place in pdfium's text, valid while the page is open."""

    def __init__(self, handle: Any) -> None:  # noqa: ANN401  # a pdfium handle
        self._handle = handle
        self._address = ctypes.cast(handle, ctypes.c_void_p).value
        self.count: int = min(max(0, raw.FPDFText_CountChars(handle)), MAX_CHARACTERS)

    def codes(self) -> Codes:
        """Unicode code points, (count,)."""
        buffer = np.zeros(self.count + 1, np.uint16)
        pointer = buffer.ctypes.data_as(ctypes.POINTER(ctypes.c_ushort))
        written = raw.FPDFText_GetText(self._handle, 0, self.count, pointer)
        codes = buffer[: self.count]
        low, high = SURROGATES
        if written == self.count + 1 and not ((codes >= low) & (codes < high)).any():
            return codes.astype(np.uint32)
        # A character without a code, or with two, moves the others from their places.
        each = map(_code_of, repeat(self._address), range(self.count))
        return np.fromiter(each, np.uint32, self.count)

    def boxes(self) -> Floats:
        """Left, bottom, right and top in the PDF's coordinates, (4, count)."""
        rects = np.zeros((self.count, 4), np.float32)
        base = rects.ctypes.data
        places = range(base, base + RECT_BYTES * self.count, RECT_BYTES)
        deque(map(_box_of, repeat(self._address), range(self.count), places), maxlen=0)
        left, top, right, bottom = np.clip(np.nan_to_num(rects.T.astype(np.float64)), -FAR, FAR)
        return np.stack([left, bottom, right, top])

    def tight_box(self, index: int) -> tuple[float, float, float, float]:
        """The ink of one character: left, bottom, right, top."""
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        raw.FPDFText_GetCharBox(self._handle, index, left, right, bottom, top)
        return left.value, bottom.value, right.value, top.value

    def quarters(self, indices: Iterable[int]) -> list[int]:
        """Clockwise quarter turns of the page after which each character is upright."""
        angles = map(_angle_of, repeat(self._address), indices)
        return [
            round(angle / (math.pi / 2)) % QUARTERS if math.isfinite(angle) else 0
            for angle in angles
        ]

    def are_bold(self, indices: Sequence[int]) -> list[bool]:
        """Whether each character's font is a bold one."""
        painted = list(map(_object_of, repeat(self._address), indices))
        fonts = {it: _font_of(it) if it else None for it in set(painted)}
        bold = {font: _is_bold(font) for font in set(fonts.values())}
        return [bold[fonts[it]] for it in painted]


def _is_bold(font: int | None) -> bool:
    if not font:
        return False
    name = ctypes.create_string_buffer(200)
    length = _font_name(font, name, len(name))
    return any(word in name.raw[:length].lower() for word in _BOLD)
