"""Cuts a line where blanks part it, and says which parts are figures."""

import re
from dataclasses import dataclass, field, replace

from knowledge.pages import Box
from knowledge.pdf.tables.compounds import compound_of, goes_on
from knowledge.pdf.tables.currencies import LEADS, currency_of
from knowledge.pdf.tables.figures import Figure, is_placeholder, is_unreadable, parse_figure
from knowledge.pdf.tables.number_styles import US_STYLE, NumberStyle
from knowledge.pdf.words import TextLine, Word

CELL_GAP = 0.85
"""Of the font's size: a wider blank parts cells. Words are at most 0.6 apart in set prose."""
MARK_GAP = 0.6
CURRENCY_GAP = 8.0
MIN_LEADERS = 3
MAX_FIGURES = 64
"""In one line. A wider table is read as text."""
_MARK = re.compile(
    r"[(\[](?:\d{1,2}|[a-zA-Z]{1,2}|\*)[)\]](?:,?[(\[](?:\d{1,2}|[a-z])[)\]])*|\*{1,3}|[†‡§]|"
    r"[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+"
)
_SIDES = {"(Cr)", "(CR)", "(Dr)", "(DR)"}


@dataclass(slots=True)
class Segment:
    """Tokens with no wide blank between them."""

    tokens: list[Word]
    figure: Figure | None
    """What the segment prints, where that is one figure and nothing else."""
    is_placeholder: bool
    """Whether it stands in a figure's place: "NM", or a figure that can't be read."""
    is_unreadable: bool = False
    printed: tuple[int, int] = (0, 0)
    """The first and the last of the tokens that print the figure, without marks behind it."""
    left: float = field(init=False)
    right: float = field(init=False)

    def __post_init__(self) -> None:
        self.left = self.tokens[0].left
        self.right = max([token.right for token in self.tokens])

    @property
    def center(self) -> float:
        return (self.left + self.right) / 2

    @property
    def figure_right(self) -> float:
        """Without the footnote marks behind it, which may reach into the next column."""
        return self.tokens[self.printed[1]].right

    @property
    def figure_span(self) -> tuple[int, int]:
        """Where the figure stands in its line, without marks."""
        first, last = self.printed
        marks = self.figure.marks if self.figure is not None else 0
        return self.tokens[first].start, self.tokens[last].end - marks

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


def segments_of(line: TextLine, style: NumberStyle = US_STYLE) -> list[Segment]:
    """A line's parts from left to right.

    Args:
        line: with its tokens.
        style: how its page prints figures.
    """
    parts: list[list[Word]] = []
    before: Figure | None = None
    for token in line.tokens:
        if before is not None and (
            _is_mark(token, line) or goes_on(parts[-1], token, line.size, style)
        ):
            parts[-1].append(token)
            continue
        apart = not parts or token.gap > CELL_GAP * line.size
        # Within words, a figure parts nothing: most tokens need no closer look.
        figure = _figure(token, style) if apart or before is not None else None
        if apart or figure is not None:
            parts.append([token])
        else:
            parts[-1].append(token)
        before = figure
    return _with_currencies([_segment(part, style) for part in parts], line)


def _with_currencies(segments: list[Segment], line: TextLine) -> list[Segment]:
    """Puts a currency's word that stands apart to the figure behind it: "EUR      1,404"."""
    found: list[Segment] = []
    for segment in segments:
        lead = found[-1] if found else None
        if (
            lead is not None
            and segment.figure is not None
            and segment.figure.unit is None
            and len(lead.tokens) == 1
            and lead.tokens[0].text.lower() in LEADS
            and segment.left - lead.right < CURRENCY_GAP * line.size
        ):
            figure = replace(segment.figure, unit=currency_of(lead.text), is_year=False)
            tokens = [*lead.tokens, *segment.tokens]
            found[-1] = Segment(
                tokens, figure, is_placeholder=False, printed=(0, segment.printed[1] + 1)
            )
        else:
            found.append(segment)
    return found


def _figure(token: Word, style: NumberStyle) -> Figure | None:
    return None if token.raised or token.text.isalpha() else parse_figure(token.text, style)


def _is_mark(token: Word, line: TextLine) -> bool:
    """A footnote mark behind a figure: part of its cell, not a figure of its own."""
    if token.gap > MARK_GAP * line.size:
        return False
    return token.raised or _is_set_mark(token)


def _is_set_mark(token: Word) -> bool:
    return _MARK.fullmatch(token.text) is not None and token.text not in _SIDES


def _segment(tokens: list[Word], style: NumberStyle) -> Segment:
    if len(tokens) == 1:
        return _alone(tokens, _figure(tokens[0], style))
    marks = [token.raised or _is_set_mark(token) for token in tokens]
    if not tokens[0].raised and (found := compound_of(tokens, style, marks)):
        printed = (found.first, found.last)
        return Segment(tokens, found.figure, is_placeholder=False, printed=printed)
    if all(marks[1:]):
        return _alone(tokens, _figure(tokens[0], style))
    return Segment(tokens, None, is_placeholder=False)


def _alone(tokens: list[Word], figure: Figure | None) -> Segment:
    """One token, with marks behind it at most."""
    if figure is not None:
        return Segment(tokens, figure, is_placeholder=False)
    text = tokens[0].text
    lost = not tokens[0].raised and is_unreadable(text)
    return Segment(tokens, None, is_placeholder=lost or is_placeholder(text), is_unreadable=lost)


def without_leaders(text: str) -> str:
    """A label without the dots that lead to its figure."""
    label = text.rstrip("._\u2026 ")
    dots = len(text) - len(label)
    return (label if dots >= MIN_LEADERS or text.endswith(" .") else text).strip()
