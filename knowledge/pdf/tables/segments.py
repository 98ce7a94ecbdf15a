"""Cuts a line where blanks part it, and says which parts are figures."""

import re
from dataclasses import dataclass, field

from knowledge.pages import Box
from knowledge.pdf.tables.figures import UNIT_WORDS, Figure, is_placeholder, parse_figure
from knowledge.pdf.words import TextLine, Token

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

    tokens: list[Token]
    figure: Figure | None
    """What the segment prints, where that is one figure and nothing else."""
    is_placeholder: bool
    left: float = field(init=False)
    right: float = field(init=False)

    def __post_init__(self) -> None:
        self.left = self.tokens[0].left
        self.right = max(token.right for token in self.tokens)

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
    parts: list[list[Token]] = []
    before: Figure | None = None
    for token in line.tokens:
        figure = None if token.raised or token.text.isalpha() else parse_figure(token.text)
        if before is not None and _is_mark(token, line):
            parts[-1].append(token)
            continue
        apart = token.gap > CELL_GAP * line.size or (figure is not None and before is not None)
        if parts and not apart:
            parts[-1].append(token)
        else:
            parts.append([token])
        before = figure if len(parts[-1]) == 1 else None
    return [_segment(part) for part in parts]


def _is_mark(token: Token, line: TextLine) -> bool:
    """A footnote mark behind a figure: part of its cell, not a figure of its own."""
    if token.gap > MARK_GAP * line.size:
        return False
    return token.raised or _MARK.fullmatch(token.text) is not None


def _segment(tokens: list[Token]) -> Segment:
    first = tokens[0]
    rest = [token for token in tokens[1:] if not token.raised and not _MARK.fullmatch(token.text)]
    figure = None if first.raised else parse_figure(first.text)
    if figure is None:
        return Segment(tokens, None, is_placeholder=not rest and is_placeholder(first.text))
    if not rest:
        return Segment(tokens, figure, is_placeholder=False)
    if len(rest) == 1 and (unit := UNIT_WORDS.get(rest[0].text.lower().rstrip("."))):
        worded = Figure(figure.value, unit, is_year=False, is_nil=False, is_plain=False)
        return Segment(tokens, worded, is_placeholder=False)
    return Segment(tokens, None, is_placeholder=False)


def without_leaders(text: str) -> str:
    """A label without the dots that lead to its figure."""
    label = text.rstrip("._\u2026 ")
    dots = len(text) - len(label)
    return (label if dots >= MIN_LEADERS or text.endswith(" .") else text).strip()
