"""Writes text on a page, as a typesetter with or without spaces does."""

from typing import Literal

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

FACES = {
    "Helvetica": ("Helvetica", "Helvetica-Bold"),
    "Times": ("Times-Italic", "Times-Bold"),
}
WORD_GAP = 0.22
"""Of the font's size, where no space is painted: an italic f reaches over more than half of it."""
LIGATURES = {"ffi": "f\ufb01", "fi": "\ufb01", "fl": "\ufb02"}


class Pen:
    """`y` is where the page goes on, from the bottom."""

    def __init__(
        self, canvas: Canvas, font: str, width: float, y: float, *, paints_spaces: bool
    ) -> None:
        self.canvas, self.width, self.y = canvas, width, y
        self._faces, self._paints_spaces = FACES[font], paints_spaces

    def face(self, *, bold: bool = False) -> str:
        return self._faces[bold]

    def write(  # noqa: PLR0913  # a place, a text and how it looks
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        anchor: Literal["start", "middle", "end"] = "start",
    ) -> None:
        face = self.face(bold=bold)
        width = self.measure(text, size, bold=bold)
        x -= {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        if self._paints_spaces:
            self.canvas.setFont(face, size)
            self.canvas.drawString(x, y, text)
            return
        for word in text.split(" "):
            self.canvas.setFont(_with_ligatures(face), size)
            self.canvas.drawString(x, y, _ligated(word))
            x += self._word(word, face, size) + WORD_GAP * size

    def measure(self, text: str, size: float, *, bold: bool = False) -> float:
        face = self.face(bold=bold)
        if self._paints_spaces:
            return float(pdfmetrics.stringWidth(text, face, size))
        words = text.split(" ")
        widths = sum(self._word(word, face, size) for word in words)
        return widths + WORD_GAP * size * (len(words) - 1)

    def rule(self, left: float, right: float, y: float, thickness: float = 0.5) -> None:
        self.canvas.setLineWidth(thickness)
        self.canvas.line(left, y, right, y)

    def _word(self, word: str, face: str, size: float) -> float:
        return float(pdfmetrics.stringWidth(_ligated(word), _with_ligatures(face), size))


def _ligated(word: str) -> str:
    for letters, ligature in LIGATURES.items():
        word = word.replace(letters, ligature)
    return word


def _with_ligatures(face: str) -> str:
    """The face in the encoding that has the ligatures."""
    name = f"{face}-mac"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(pdfmetrics.Font(name, face, "MacRomanEncoding"))
    return name
