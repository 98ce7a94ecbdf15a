"""A figure: one cell of a table, with what it says and where it is printed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID


class Basis(StrEnum):
    """Of what a figure is."""

    GROUP = "group"
    """The reporting entity as a whole, subsidiaries included."""
    PARENT = "parent"
    """The parent company alone."""
    PART = "part"
    """A segment, product, region or other part; or one of the items that a note breaks down."""


class Version(StrEnum):
    """Which of several versions of a figure is printed, where a table shows more than one."""

    AS_REPORTED = "as_reported"
    """Before a restatement."""
    ADJUSTMENT = "adjustment"
    """What the restatement changed."""
    RESTATED = "restated"


class FigureBox(NamedTuple):
    """Where a figure stands on its page, in points from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Figure:
    """A cell of a table, as data."""

    page: int
    """Place in the PDF, from 1."""
    table: int
    """Among the page's tables, from 0."""
    row: int
    """Among the table's rows, from 0."""
    cell: int
    """Among the row's cells, from 0."""
    label: str
    groups: tuple[str, ...]
    """The headings above the row within its table, from the outside in."""
    column: str
    """The column's header."""
    caption: str
    """The table's title and the note on its units."""
    section: str
    """The headings above the table: `Item 8. Financial Statements > Note 12. Leases`."""
    statement: str | None
    """A value of `knowledge.statements.Statement`, if the table is a primary statement."""
    concept: str | None
    """The canonical name of what is measured, a US-GAAP or IFRS element name: `Revenues`."""
    basis: Basis
    is_adjusted: bool
    """Whether it is labelled as adjusted, underlying, pro forma or non-GAAP."""
    version: Version | None
    is_total: bool
    period: str | None
    """`FY2022`, `Q2 2024`, `H1 2024`, `9M 2024`, or the day of a balance: `2022-12-31`."""
    starts_on: date | None
    """None for a balance, and where no day is printed."""
    ends_on: date | None
    value: Decimal
    """Signed, before scaling."""
    text: str
    """As printed: `(1,404)`."""
    unit: str | None
    """`USD`, `percent`, `USD/share`, `shares`, or the word that the table prints."""
    scale: int
    """What `value` is multiplied by: 1, 1000, 10**6, ...."""
    start: int
    """`page.text[start:end] == text`."""
    end: int
    box: FigureBox
    doubts: tuple[str, ...]
    """Why it may have been misread, in words; empty if every check passed."""
    words: tuple[str, ...]
    """Stems of label, groups, column and caption, by which it is found."""

    @property
    def amount(self) -> Decimal:
        """The value in single units."""
        return self.value * self.scale


@dataclass(frozen=True)
class FoundFigure:
    """A stored figure with its document."""

    id: UUID
    document_id: UUID
    version_id: UUID
    document: str
    """The document's name, as uploaded."""
    figure: Figure
