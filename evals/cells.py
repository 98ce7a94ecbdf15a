"""Compares the cells that were read from documents with those that they print, fault by fault.

A printed figure is held against the cell of its page that agrees with it best: one of the same
digits, or else one of the same row and column. What differs there is its faults; without such a
cell it is missing. Where the truth names no period, none is compared; a count has no unit.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

from knowledge.pages import Cell, Page, Row

Fault = Literal["missing", "label", "column", "period", "days", "value", "sign", "unit", "scale"]
FAULTS: tuple[Fault, ...] = get_args(Fault)
SCALES = {
    "ones": 1,
    "thousands": 10**3,
    "lakhs": 10**5,
    "millions": 10**6,
    "crores": 10**7,
    "billions": 10**9,
}
COUNT = "count"
CURRENCY_LETTERS = 3


@dataclass(frozen=True)
class Truth:
    """A line of `figures.jsonl`: a figure as a document prints it."""

    doc_name: str
    row_label: str
    period: str | None
    value: Decimal
    unit: str
    scale: str
    page: int
    """From 0."""
    column: str = ""
    """What its column is of beside a period."""
    statement: str = ""
    printed: str = ""
    starts_on: str | None = None
    ends_on: str | None = None
    """Days of the period, as ISO dates."""

    @classmethod
    def of(cls, line: Mapping[str, object]) -> "Truth":
        known = {name: line[name] for name in cls.__dataclass_fields__ if name in line}
        return cls(**known | {"value": Decimal(str(line["value"]))})  # type: ignore[arg-type]


@dataclass
class Tally:
    """Of a document, or of several."""

    figures: int = 0
    faulty: int = 0
    faults: Counter[Fault] = field(default_factory=Counter)
    examples: list[tuple[Truth, tuple[Fault, ...]]] = field(default_factory=list)
    """The faulty ones."""

    @property
    def right(self) -> float:
        """The share of figures without a fault."""
        return 1 - self.faulty / self.figures if self.figures else 1.0

    def rate(self, fault: Fault) -> float:
        """The share of figures without this fault."""
        return 1 - self.faults[fault] / self.figures if self.figures else 1.0

    def add(self, truth: Truth, faults: Sequence[Fault]) -> None:
        self.figures += 1
        self.faulty += bool(faults)
        self.faults.update(faults)
        if faults:
            self.examples.append((truth, tuple(faults)))


def tally(truths: Iterable[Truth], pages: Mapping[str, Sequence[Page]]) -> dict[str, Tally]:
    """By document.

    Args:
        truths: of all documents.
        pages: as they were read, by `doc_name`.
    """
    found: dict[str, Tally] = defaultdict(Tally)
    for truth in truths:
        (page,) = (each for each in pages[truth.doc_name] if each.number == truth.page + 1)
        found[truth.doc_name].add(truth, faults(truth, page))
    return dict(found)


def faults(truth: Truth, page: Page) -> tuple[Fault, ...]:
    """What is wrong with the cell that was read for a figure; nothing if all is right."""
    candidates = [
        found
        for row, cell in _cells(page)
        for found in [tuple(_faults(truth, row, cell))]
        if "value" not in found or not {"label", "column", "period"} & set(found)
    ]
    return min(candidates, key=len, default=("missing",))


def _cells(page: Page) -> Iterator[tuple[Row, Cell]]:
    for table in page.tables:
        for row in table.rows:
            yield from ((row, cell) for cell in row.cells)


def _faults(truth: Truth, row: Row, cell: Cell) -> Iterator[Fault]:
    if not _same_label(truth.row_label, row, cell):
        yield "label"
    if truth.column and _plain(truth.column) not in _plain(cell.column):
        yield "column"
    if truth.period and cell.period != truth.period:
        yield "period"
    if _differs(cell.starts_on, truth.starts_on) or _differs(cell.ends_on, truth.ends_on):
        yield "days"
    if abs(cell.value) != abs(truth.value):
        yield "value"
    elif cell.value != truth.value:
        yield "sign"
    if not _same_unit(truth.unit, cell.unit):
        yield "unit"
    if cell.scale != SCALES[truth.scale]:
        yield "scale"


def _differs(read: date | None, day: str | None) -> bool:
    """A header may give no day, but not another one."""
    return read is not None and day is not None and str(read) != day


def _same_label(label: str, row: Row, cell: Cell) -> bool:
    """A column may be part of the label, a day before it needn't."""
    read = {_plain(row.label), _plain(f"{row.label}: {cell.column}")}
    return _plain(label) in read or _plain(row.label).endswith(f" {_plain(label)}")


def _same_unit(unit: str, read: str | None) -> bool:
    if unit != COUNT:
        return read == unit
    return read is None or not (len(read) == CURRENCY_LETTERS and read.isupper())


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).replace(" %", "%")
