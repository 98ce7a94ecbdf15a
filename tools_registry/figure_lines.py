"""Figures in words, a line each: what models read, and what the extractive one parses again."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from knowledge.figures.shown import ShownFigure

MAX_WORDS = 200
_LINE = re.compile(
    r"^F(?P<number>\d{1,6}) \| item: (?P<item>[^|\n]*+) \| period: (?P<period>[^|\n]*+) \| "
    r"value: (?P<value>-?\d[\d.]{0,60}) \| printed: (?P<printed>[^|\n]*+) \| unit: (?P<unit>[^|\n]*+) \| "
    r"scale: (?P<scale>\d{1,13}) \| company: (?P<company>[^|\n]*+) \| (?:note: (?P<note>[^|\n]*+) \| )?"
    r"source: (?P<source>[^|\n]*+) \[(?P<passage>\d{1,6})\]$"
)


@dataclass(frozen=True)
class FigureLine:
    """A figure as a tool result words it."""

    number: int
    """Of its id: 12 for F12."""
    item: str
    period: str
    value: Decimal
    printed: str
    unit: str
    scale: int
    company: str
    note: str
    source: str
    """Document and page."""
    passage: int
    """The citation number of the passage that prints it."""

    @property
    def id(self) -> str:
        return f"F{self.number}"

    @property
    def amount(self) -> Decimal:
        return self.value * self.scale


def figure_line(figure: ShownFigure, number: int, passage: int, note: str = "") -> str:
    """`F3 | item: Cost of sales > Devices | period: Q3 2023 | value: 3952 | ... [2]`.

    Args:
        figure: what to word.
        number: of the figure's id.
        passage: the citation number of the passage that prints it.
        note: what else to say of it.
    """
    notes = "; ".join(filter(None, (note, *figure.doubts)))
    fields = (
        f"F{number}",
        f"item: {_words(figure.name)}",
        f"period: {_words(figure.period)}",
        f"value: {figure.value:f}",
        f"printed: {_words(figure.text)}",
        f"unit: {_words(figure.unit or 'not stated')}",
        f"scale: {figure.scale}",
        f"company: {_words(figure.company or figure.document)}",
        *((f"note: {_words(notes)}",) if notes else ()),
        f"source: {_words(figure.document)} page {figure.page} [{passage}]",
    )
    return " | ".join(fields)


def read_figure_lines(text: str) -> list[FigureLine]:
    """The figures that a tool result words; whatever else it says is left out."""
    return [line for each in text.splitlines() if (line := _read(each)) is not None]


def _read(text: str) -> FigureLine | None:
    found = _LINE.match(text)
    if found is None:
        return None
    try:
        value = Decimal(found["value"])
    except InvalidOperation:
        return None
    return FigureLine(
        int(found["number"]),
        found["item"],
        found["period"],
        value,
        found["printed"],
        "" if found["unit"] == "not stated" else found["unit"],
        int(found["scale"]),
        found["company"],
        found["note"] or "",
        found["source"],
        int(found["passage"]),
    )


def _words(text: str) -> str:
    """A document's words on one line, without what separates fields."""
    return " ".join(text.replace("|", "/").split())[:MAX_WORDS]
