"""What the parts of the reader hand to each other: words, and lines of them."""

from dataclasses import dataclass

from knowledge.pages import Box


@dataclass(slots=True)
class Word:
    """Characters without a gap, in one font. Coordinates in points from the frame's top left.

    On a line, it is a token: a stretch between two blanks, "$895,410" though it may be painted in
    parts. One object is both, since making thousands takes much of the time that a page takes.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    """Of the font, near enough: the height from descent to ascent."""
    bold: bool
    spaced: bool
    """Whether the file paints a space before it."""
    start: int = 0
    """Of the text, within its line."""
    gap: float = 0.0
    """Points of blank space to its left, 0 for a line's first."""
    raised: bool = False
    """A footnote mark."""

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def box(self) -> Box:
        return Box(self.left, self.top, self.right, self.bottom)


@dataclass(slots=True)
class TextLine:
    """A visual line, left to right."""

    text: str
    tokens: list[Word]
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool
    """Whether nearly all of it is."""
    start: int = 0
    """Of the line within its page's text."""
    quarter: int = 0
    """Clockwise quarter turns of the page after which it is upright."""

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def box(self) -> Box:
        return Box(self.left, self.top, self.right, self.bottom)
