"""Parts "Balance due: £301.94" into a label and its figure, as forms and invoices print them."""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.pdf.tables.number_styles import NumberStyle
from knowledge.pdf.tables.segments import Segment, segments_of
from knowledge.pdf.words import TextLine

MAX_WORDS = 9
"""Of the whole line: a longer one is a sentence."""
MAX_OF_FIGURE = 3
"""Words that print the figure: `GBP 1,450,000`, `12 months`."""


def label_and_figure(
    line: TextLine, segments: Sequence[Segment], style: NumberStyle
) -> list[Segment]:
    """A label and its figure, of a line that is nothing else; else nothing."""
    if len(segments) != 1 or segments[0].figure is not None or ":" not in line.text:
        return []
    tokens = segments[0].tokens
    ends = [at for at, token in enumerate(tokens) if token.text.endswith(":")]
    if len(tokens) > MAX_WORDS or len(ends) != 1 or line.text.endswith((".", ")")):
        return []
    if not 0 < len(tokens) - ends[0] - 1 <= MAX_OF_FIGURE:
        return []
    label, rest = tokens[: ends[0] + 1], tokens[ends[0] + 1 :]
    parts = segments_of(replace(line, tokens=rest), style)
    if len(parts) != 1 or parts[0].figure is None or parts[0].figure.is_year:
        return []
    return [Segment(label, None, is_placeholder=False), parts[0]]
