"""What a document prints, as data: pages of headings, prose and tables, and the questions on it."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from evals.examples import Category
from evals.filings.world.numbers import ENGLISH, Numbers

ScaleWord = Literal["ones", "thousands", "lakhs", "millions", "crores", "billions"]
Style = Literal["line", "heading", "total"]
Value = Decimal | str | None
"""Of a text column the text; None where nothing is printed."""


@dataclass(frozen=True)
class Column:
    """`header` is printed line by line; `name` is what it is of beside a period: "Group"."""

    header: tuple[str, ...]
    period: str | None = None
    name: str = ""
    unit: str | None = None
    """Instead of the table's."""
    scale: ScaleWord | None = None
    is_text: bool = False
    """Such as references to notes: no figures."""
    width: float = 68
    suffix: str = ""
    """Printed behind each figure: `%`."""
    places: int | None = None


@dataclass(frozen=True)
class Row:
    label: str
    values: tuple[Value, ...] = ()
    style: Style = "line"
    unit: str | None = None
    scale: ScaleWord | None = None
    places: int | None = None
    period: str | None = None
    """Where the columns have none."""
    lead: str = ""
    """Printed before the label: the day of an entry."""


@dataclass(frozen=True)
class Table:
    """`spans` are headers over several columns: text, first and last column."""

    title: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unit: str
    scale: ScaleWord
    numbers: Numbers = ENGLISH
    places: int = 0
    spans: tuple[tuple[str, int, int], ...] = ()
    prints_header: bool = True
    """Not where it goes on from the page before."""
    lead_width: float = 0
    notes: tuple[str, ...] = ()

    def split(self, at: int) -> tuple["Table", "Table"]:
        """The rows before and those from `at`, which go on without a header."""
        rest = replace(self, rows=self.rows[at:], prints_header=False)
        return replace(self, rows=self.rows[:at], notes=()), rest


@dataclass(frozen=True)
class Heading:
    text: str
    size: float = 12


@dataclass(frozen=True)
class Prose:
    text: str


@dataclass(frozen=True)
class Space:
    """Room that a picture would take, in points."""

    height: float


@dataclass(frozen=True)
class SideBySide:
    """Two columns of prose, each a run of paragraphs."""

    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True)
class Field:
    """A form field: a printed label, and a value that the form holds."""

    label: str
    text: str
    value: Decimal | None = None
    unit: str = ""


Block = Heading | Prose | Space | SideBySide | Table | Field


@dataclass(frozen=True)
class Ask:
    """A question. `rows` name where the answer stands: title of the table and label of the row."""

    id: str
    question: str
    answer: str
    """Of an unanswerable question, what is missing."""
    rows: tuple[tuple[str, str], ...] = ()
    says: tuple[str, ...] = ()
    """Sentences of the prose that tell it, or labels of form fields."""
    expression: str = ""
    """As a good run calculates it."""
    category: Category = Category.LOOKUP
    language: str = "en"
    ways: tuple[str, ...] = ()
    """Other ways to say the answer."""
    contradictions: tuple[str, ...] = ()

    @property
    def is_answerable(self) -> bool:
        return self.category is not Category.UNANSWERABLE


@dataclass(frozen=True)
class Page:
    blocks: tuple[Block, ...]
    is_sideways: bool = False


@dataclass(frozen=True)
class Document:
    name: str
    """Of its file, without `.pdf`."""
    company: str
    fiscal_year: int
    kind: str
    """What a reader has to cope with, for reports."""
    pages: tuple[Page, ...]
    asks: tuple[Ask, ...]
    font: Literal["Helvetica", "Times"] = "Helvetica"
    is_letter: bool = False
    paints_spaces: bool = True
    year_end: tuple[int, int] = (12, 31)
    """Month and day on which the fiscal year ends; a year is named for the one it ends in."""


def row(label: str, *values: object, **options: object) -> Row:
    """Numbers become decimals; a text stays one."""
    read = tuple(Decimal(str(each)) if isinstance(each, int | float) else each for each in values)
    return Row(label, read, **options)  # type: ignore[arg-type]  # a shorthand for data


def total(label: str, *values: object, **options: object) -> Row:
    return row(label, *values, style="total", **options)


def heading(label: str) -> Row:
    return Row(label, style="heading")


NOTE = Column(("Note",), is_text=True, width=34)
