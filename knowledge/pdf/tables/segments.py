"""Cuts a line where blanks part it, and says which parts are figures."""

import re
from dataclasses import dataclass, field

from knowledge.pages import Box
from knowledge.pdf.tables.figures import UNIT_WORDS, Figure, is_placeholder, parse_figure
from knowledge.pdf.words import TextLine, Word

CELL_GAP = 0.85
"""Of the font's size: a wider blank parts cells. Words are at most 0.6 apart in set prose."""
MARK_GAP = 0.6
MIN_LEADERS = 3
MAX_FIGURES = 64
"""In one line. A wider table is read as text."""
_MARK = re.compile(
    r"[(\[](?:\d{1,2}|[a-zA-Z]{1,2}|\*)[)\]](?:,?[(\[](?:\d{1,2}|[a-z])[)\]])*|\*{1,3}|[†‡]"
)


@dataclass(slots=True)
class Segment:
    """Tokens with no wide blank between them."""

    tokens: list[Word]
    figure: Figure | None
    """What the segment prints, where that is one figure and nothing else."""
    is_placeholder: bool
    left: float = field(init=False)
    right: float = field(init=False)

    def __post_init__(self) -> None:
        self.left = self.tokens[0].left
        self.right = max([token.right for token in self.tokens])

    @property
    def center(self) -> float:
        return (self.left + self.right) / 2

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    @property
    def text(self) -> str:
        return " ".join(token.text for token in self.tokens)

    @property
    def is_cell(self) -> bool:
        return self.figure is not None or self.is_placeholder

    @property
    def box(self) -> Box:
        return Box(
            self.left,
            min(token.top for token in self.tokens),
            self.right,
            max(token.bottom for token in self.tokens),
        )


def segments_of(line: TextLine) -> list[Segment]:
    """A line's parts from left to right."""
    parts: list[list[Word]] = []
    before: Figure | None = None
    for token in line.tokens:
        if before is not None and _is_mark(token, line):
            parts[-1].append(token)
            continue
        apart = not parts or token.gap > CELL_GAP * line.size
        # Within words, a figure parts nothing: most tokens need no closer look.
        figure = _figure(token) if apart or before is not None else None
        if apart or figure is not None:
            parts.append([token])
        else:
            parts[-1].append(token)
        before = figure
    return [_segment(part) for part in parts]


def _figure(token: Word) -> Figure | None:
    return None if token.raised or token.text.isalpha() else parse_figure(token.text)


def _is_mark(token: Word, line: TextLine) -> bool:
    """A footnote mark behind a figure: part of its cell, not a figure of its own."""
    if token.gap > MARK_GAP * line.size:
        return False
    return token.raised or _MARK.fullmatch(token.text) is not None


def _segment(tokens: list[Word]) -> Segment:
    figure = _figure(tokens[0])
    if figure is None and not is_placeholder(tokens[0].text):
        return Segment(tokens, None, is_placeholder=False)
    rest = [token for token in tokens[1:] if not token.raised and not _MARK.fullmatch(token.text)]
    if figure is None or not rest:
        return Segment(tokens, figure, is_placeholder=figure is None and not rest)
    if len(rest) == 1 and (unit := UNIT_WORDS.get(rest[0].text.lower().rstrip("."))):
        worded = Figure(figure.value, unit, is_year=False, is_nil=False, is_plain=False)
        return Segment(tokens, worded, is_placeholder=False)
    return Segment(tokens, None, is_placeholder=False)


def without_leaders(text: str) -> str:
    """A label without the dots that lead to its figure."""
    label = text.rstrip("._\u2026 ")
    dots = len(text) - len(label)
    return (label if dots >= MIN_LEADERS or text.endswith(" .") else text).strip()
