"""Figures in words, a line each: what models read, and what the extractive one parses again."""

import re
from dataclasses import dataclass
from decimal import Decimal

from knowledge.figures.shown import ShownFigure

MAX_WORDS = 200
_ID = re.compile(r"F(\d{1,6})")
_VALUE = re.compile(r"-?\d{1,60}(?:\.\d{1,60})?")
_SOURCE = re.compile(r"(.{1,400}) \[(\d{1,6})\]")


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
    first, *rest = text.split(" | ")
    fields = dict(part.split(": ", 1) for part in rest if ": " in part)
    number, source = _ID.fullmatch(first), _SOURCE.fullmatch(fields.get("source", ""))
    value, scale = fields.get("value", ""), fields.get("scale", "")
    if number is None or source is None or not _VALUE.fullmatch(value) or not scale.isdecimal():
        return None
    return FigureLine(
        number=int(number[1]),
        item=fields.get("item", ""),
        period=fields.get("period", ""),
        value=Decimal(value),
        printed=fields.get("printed", ""),
        unit=fields.get("unit", "").replace("not stated", ""),
        scale=int(scale),
        company=fields.get("company", ""),
        note=fields.get("note", ""),
        source=source[1],
        passage=int(source[2]),
    )


def _words(text: str) -> str:
    """A document's words on one line, without what separates fields."""
    return " ".join(text.replace("|", "/").split())[:MAX_WORDS]
