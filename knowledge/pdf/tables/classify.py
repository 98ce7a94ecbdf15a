"""What each line of a page may be in a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from knowledge.pdf.tables.colon_lines import label_and_figure
from knowledge.pdf.tables.figures import Figure
from knowledge.pdf.tables.header_words import DATED, HEADER_WORDS, LENGTH, UNIT
from knowledge.pdf.tables.number_styles import US_STYLE, NumberStyle
from knowledge.pdf.tables.segments import MARK_GAP, MAX_FIGURES, Segment, segments_of
from knowledge.pdf.words import TextLine

PROSE_WORDS = 13
PROSE_WIDTH = 0.72
MAX_HEADER_WORDS = 26


class Kind(Enum):
    """A line's part in a table."""

    ROW = "row"
    """Figures in columns, with or without a label."""
    HEADER = "header"
    """Years, dates and names of columns, no figures."""
    LABEL = "label"
    """A few words: a heading, a title, a part of a label."""
    PROSE = "prose"
    """Ends a table."""


@dataclass(slots=True)
class Classified:
    """A line with its parts."""

    line: TextLine
    segments: list[Segment]
    kind: Kind
    at: int
    """Its place among the page's lines."""

    first_cell: int
    """Where the label ends among the segments."""
    figures: list[Segment]
    """The segments that are cells; a first one that is followed by words is a label."""
    is_pair: bool = False
    """Whether it is a label with its figure right behind a colon, wherever that stands."""


MAX_MARK = 20


def classify(lines: Sequence[TextLine], style: NumberStyle = US_STYLE) -> list[Classified]:
    """Each line, by itself, with the width of the page's text in mind."""
    left = min((line.left for line in lines), default=0.0)
    right = max((line.right for line in lines), default=0.0)
    return [_classified(line, at, right - left, style) for at, line in enumerate(lines)]


def _classified(line: TextLine, at: int, width: float, style: NumberStyle) -> Classified:
    segments = segments_of(line, style)
    if pair := label_and_figure(line, segments, style):
        return Classified(line, pair, Kind.ROW, at, 1, pair[1:], is_pair=True)
    first = _first_cell(segments)
    cells = [part for part in segments[first:] if part.is_cell and not _is_mark(part)]
    kind = _kind(line, segments, cells, width)
    return Classified(line, segments, kind, at, first, cells if kind is Kind.ROW else [])


def _kind(line: TextLine, segments: list[Segment], cells: Sequence[Segment], width: float) -> Kind:
    if len(cells) > MAX_FIGURES:
        return Kind.PROSE
    if _is_header(line, segments):
        return Kind.HEADER
    if any(cell.figure for cell in cells) and not _is_set_prose(line, segments, cells, width):
        return Kind.ROW
    if _is_prose(line, segments, width):
        return Kind.PROSE
    return Kind.HEADER if len(segments) > 1 else Kind.LABEL


def _first_cell(segments: Sequence[Segment]) -> int:
    """A line that begins with a figure and goes on in words, or in more figures, is labelled."""
    for at, segment in enumerate(segments):
        if segment.figure is not None or (segment.is_placeholder and at > 0):
            if at == 0 and _labels(segment, segments):
                continue
            return at
    return len(segments)


def _labels(first: Segment, segments: Sequence[Segment]) -> bool:
    figure = first.figure
    if figure is None or len(segments) == 1:
        return False
    follower = segments[1]
    if not follower.is_cell:
        return True
    others = [segment.figure for segment in segments[1:] if segment.figure]
    return figure.is_year and not all(other.is_year for other in others)


def _is_header(line: TextLine, segments: Sequence[Segment]) -> bool:
    words = line.text.split()
    if not 0 < len(words) <= MAX_HEADER_WORDS:
        return False
    all_known = all(map(HEADER_WORDS.fullmatch, words))
    # Most lines are told from headers by their first word and their lack of years.
    if not all_known and sum([s.figure is not None and s.figure.is_year for s in segments]) <= 1:
        return False
    figures = _figures_of_header(line, segments)
    if not all(figure.is_year for figure in figures):
        return False
    if len(figures) > 1 and not _is_prose(line, segments, float("inf")):
        return True  # "2022 Actual Constant 2021", with any words before and between
    if not all_known:
        return False
    units = any(_is_unit(segment) or _is_length(segment) for segment in segments)
    return bool(figures) or units or DATED.search(line.text) is not None


def _figures_of_header(line: TextLine, segments: Sequence[Segment]) -> list[Figure]:
    """Without those that are units, "€000", and the marks of footnotes behind years."""
    found: list[Figure] = []
    for segment in segments:
        figure = segment.figure
        if figure is None or _is_unit(segment) or _is_length(segment):
            continue
        near = segment.tokens[0].gap < MARK_GAP * line.size
        if near and found and found[-1].is_year and figure.is_plain and figure.value <= MAX_MARK:
            continue
        found.append(figure)
    return found


def _is_mark(segment: Segment) -> bool:
    """Whether a segment is nothing but a footnote's mark, apart from its figure."""
    return segment.figure is None and all(token.raised for token in segment.tokens)


def _is_unit(segment: Segment) -> bool:
    return len(segment.tokens) <= 2 and UNIT.fullmatch(segment.text) is not None  # noqa: PLR2004


def _is_length(segment: Segment) -> bool:
    return LENGTH.fullmatch(segment.text) is not None


def _is_set_prose(
    line: TextLine, segments: Sequence[Segment], cells: Sequence[Segment], width: float
) -> bool:
    """Whether figures stand between words of a justified sentence."""
    words = sum(len(segment.tokens) for segment in segments if not segment.is_cell)
    last = segments[-1]
    return (
        not last.is_cell
        and words > PROSE_WORDS
        and line.right - line.left > PROSE_WIDTH * width
        and len(cells) < len(segments) - len(cells)
    )


def _is_prose(line: TextLine, segments: Sequence[Segment], width: float) -> bool:
    words = len(line.tokens)
    if len(segments) > 2:  # noqa: PLR2004  # two wide blanks are more than a bullet's
        return False
    if line.right - line.left > PROSE_WIDTH * width and words > PROSE_WORDS:
        return True
    sentence = line.text.endswith((".", ":", ";")) and words > PROSE_WORDS // 2
    return sentence and not line.bold and len(segments) == 1 and line.text.endswith(".")
