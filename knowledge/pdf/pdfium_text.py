"""Reads what pdfium knows about a page's characters, many at a time.

pdfium answers for one character a call. The calls run from a C loop over bound functions whose
arguments need no conversion: handles, numbers, and pointers that were made once. So each takes 0.16
microseconds, where it takes 0.32 with declared arguments, and 1.5 with structures made for it.

pdfium may be used by one thread of a process only, and so may this.
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
CHUNK = 4096
"""Characters whose boxes are asked for at a time."""
FAR = 1e7
"""Points: beyond it, a broken matrix put the character."""
SURROGATES = (0xD800, 0xE000)
SLANTED = QUARTERS
"""In a quarter's place: no turn makes it upright."""
SKEW = 0.15
"""Of a quarter turn: as far as a scan may lean."""
NO_CHARACTER = 0xFFFE
_NAME = ctypes.c_char * 200
_BOLD = (b"bold", b"black", b"heavy", b"demi")

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.uint32]


def _bound(function: Any, result: Any, *arguments: Any) -> Any:  # noqa: ANN401  # ctypes' own types
    """A pdfium function that keeps Python's lock.

    Without declared arguments it takes pointers as ctypes objects and numbers as C integers;
    an address as an integer has to be declared.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


_POINTER = ctypes.c_void_p
_box_of = _bound(raw.FPDFText_GetLooseCharBox, ctypes.c_int)
_code_of = _bound(raw.FPDFText_GetUnicode, ctypes.c_uint)
_angle_of = _bound(raw.FPDFText_GetCharAngle, ctypes.c_float)
_is_generated = _bound(raw.FPDFText_IsGenerated, ctypes.c_int)
_object_of = _bound(raw.FPDFText_GetTextObject, _POINTER)
_font_of = _bound(raw.FPDFTextObj_GetFont, _POINTER, _POINTER)
_font_name = _bound(
    raw.FPDFFont_GetBaseFontName, ctypes.c_size_t, _POINTER, ctypes.c_char_p, ctypes.c_size_t
)

_rects = (raw.FS_RECTF * CHUNK)()
_rect_values = np.frombuffer(_rects, np.float32).reshape(CHUNK, 4)
_rect_pointers = [ctypes.byref(_rects, at * ctypes.sizeof(raw.FS_RECTF)) for at in range(CHUNK)]


class TextPage:
    """A page's characters by their place in pdfium's text, valid while the page is open."""

    def __init__(self, handle: Any) -> None:  # noqa: ANN401  # a pdfium handle
        self._handle = handle
        self.count: int = min(max(0, raw.FPDFText_CountChars(handle)), MAX_CHARACTERS)

    def codes(self) -> Codes:
        """Unicode code points, (count,)."""
        buffer = np.zeros(self.count + 1, np.uint16)
        pointer = buffer.ctypes.data_as(ctypes.POINTER(ctypes.c_ushort))
        written = raw.FPDFText_GetText(self._handle, 0, self.count, pointer)
        codes = buffer[: self.count].astype(np.uint32)
        low, high = SURROGATES
        if written == self.count + 1 and not ((codes >= low) & (codes < high)).any():
            # It stands for a hyphen at a line's end, and for a glyph of which nothing is known.
            for at in np.flatnonzero(codes == NO_CHARACTER).tolist():
                codes[at] = _code_of(self._handle, at)
            return codes
        # A character without a code, or with two, moves the others from their places.
        each = map(_code_of, repeat(self._handle), range(self.count))
        return np.fromiter(each, np.uint32, self.count)

    def boxes(self) -> Floats:
        """Left, bottom, right and top in the PDF's coordinates, (4, count)."""
        left_top_right_bottom = np.empty((4, self.count))
        for first in range(0, self.count, CHUNK):
            places = range(first, min(first + CHUNK, self.count))
            _rect_values.fill(0.0)  # pdfium leaves the box of a broken character as it was
            deque(map(_box_of, repeat(self._handle), places, _rect_pointers), maxlen=0)
            left_top_right_bottom[:, first : first + CHUNK] = _rect_values[: len(places)].T
        left_top_right_bottom[np.isnan(left_top_right_bottom)] = 0.0
        return np.clip(left_top_right_bottom[[0, 3, 2, 1]], -FAR, FAR)

    def tight_box(self, index: int) -> tuple[float, float, float, float]:
        """The ink of one character: left, bottom, right, top."""
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        raw.FPDFText_GetCharBox(self._handle, index, left, right, bottom, top)
        return left.value, bottom.value, right.value, top.value

    def origins(self, indices: Sequence[int]) -> Floats:
        """Where the pen was put to paint each character: (2, n), x and y of the PDF."""
        x, y = ctypes.c_double(), ctypes.c_double()
        found = np.zeros((2, len(indices)))
        for at, index in enumerate(indices):
            raw.FPDFText_GetCharOrigin(self._handle, index, x, y)
            found[:, at] = x.value, y.value
        return np.clip(np.nan_to_num(found), -FAR, FAR)

    def are_generated(self, indices: Iterable[int]) -> list[bool]:
        """Whether pdfium made each character up, as a space where the file moves on."""
        return [made == 1 for made in map(_is_generated, repeat(self._handle), indices)]

    def quarters(self, indices: Iterable[int]) -> list[int]:
        """Clockwise quarter turns of the page after which each character is upright, or SLANTED."""
        angles = map(_angle_of, repeat(self._handle), indices)
        return [_quarter(angle) for angle in angles]

    def are_bold(self, indices: Sequence[int]) -> list[bool]:
        """Whether each character's font is a bold one."""
        painted = list(map(_object_of, repeat(self._handle), indices))
        objects = list(set(painted))
        fonts = dict(zip(objects, map(_font_of, objects), strict=True))
        bold = {font: _is_bold(font) for font in set(fonts.values())}
        return [bold[fonts[it]] for it in painted]


def _quarter(angle: float) -> int:
    """Args: angle: counterclockwise, in radians."""
    if not math.isfinite(angle):
        return 0
    turns = -angle / (math.pi / 2)
    quarter = round(turns)
    return quarter % QUARTERS if abs(turns - quarter) <= SKEW else SLANTED


def _is_bold(font: int | None) -> bool:
    if not font:
        return False
    name = _NAME()
    length = _font_name(font, name, len(name))
    return any(word in name.raw[:length].lower() for word in _BOLD)
