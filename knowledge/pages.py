"""A filing's page as it is read: text in order, where each line stands, sections and tables."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle on a page, in points from its top left corner, as a viewer shows it."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Line:
    """`page.text[start:end]` is printed inside of `box`."""

    start: int
    end: int
    box: Box


@dataclass(frozen=True)
class Section:
    """The stretch of a page below one path of headings. A page's sections follow each other."""

    start: int
    end: int
    path: tuple[str, ...]
    """From the outside in: `("Item 8. Financial Statements", "Note 12. Leases")`."""


@dataclass(frozen=True)
class Cell:
    """One figure of a table; `page.text[start:end] == text`."""

    text: str
    """As printed: `(1,404)`."""
    value: Decimal
    """Signed, before scaling: -1404."""
    start: int
    end: int
    box: Box
    column: str
    """The column's header, its lines joined: `Years ended December 31, 2022`."""
    period: str | None
    """`FY2022`, `Q2 2024`, `H1 2024`, `9M 2024`, or the day of a balance: `2022-12-31`."""
    unit: str | None
    """An ISO 4217 code such as `USD`, `percent`, `USD/share`, `pence/share`, `shares`, or the word
    that the table prints; None if nothing says."""
    scale: int
    """What a value is multiplied by: 1, 1000, 100_000 (lakh), 10**6, 10**7 (crore) or 10**9."""
    starts_on: date | None = None
    """The first day of the period; None for a balance, and where the header gives no day."""
    ends_on: date | None = None
    """The last day of the period, or the day of a balance."""
    doubts: tuple[str, ...] = ()
    """Why the figure may have been misread, in words: `no column header`."""


@dataclass(frozen=True)
class Row:
    """A line item; a label that wraps is one label, and a group's heading is part of `group`."""

    start: int
    end: int
    label: str
    group: tuple[str, ...]
    """The headings above it within the table: `("Current assets",)`."""
    cells: tuple[Cell, ...]
    adds_up: bool | None = None
    """Whether it is the sum of rows above it, or balances another total; None if it is no total
    that could be checked."""


@dataclass(frozen=True)
class Table:
    """A table on one page; one that goes on over pages is continued by the next page's first."""

    start: int
    end: int
    caption: str
    """Title and note above it: `Consolidated Balance Sheets (in millions)`; carried over to the
    pages on which the table goes on."""
    is_continued: bool
    """Whether its header was taken from the page before."""
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Page:
    """A page's text without running headers and footers, NUL and lone surrogates replaced.

    All offsets count in `text`.
    """

    number: int
    """Place in the PDF, from 1."""
    width: float
    """In points."""
    height: float
    text: str
    lines: tuple[Line, ...] = ()
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()
    doubts: tuple[str, ...] = ()
    """Why the page may have been misread, in words."""
