"""A figure as a run is shown it, with its document and the passage that prints it."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, PlainSerializer

from knowledge.passages import Passage
from storage.figures.figure import Basis, FoundFigure, Version

SCALE_WORDS = {
    1000: "thousand",
    100_000: "lakh",
    10**6: "million",
    10**7: "crore",
    10**9: "billion",
    10**12: "trillion",
}


class ShownFigure(BaseModel):
    """One cell of a table. `value * scale` is the amount in single units."""

    model_config = ConfigDict(frozen=True)

    figure_id: UUID
    document_id: UUID
    document_version_id: UUID
    document: str
    """The document's name, as uploaded."""
    company: str | None
    """As on the cover."""
    page: int
    start: int
    """The figure stands at `page_text[start:end]`."""
    end: int
    box: tuple[float, float, float, float]
    """Left, top, right and bottom in points from the page's top left corner."""
    label: str
    groups: tuple[str, ...]
    column: str
    caption: str
    statement: str | None
    concept: str | None
    basis: Basis
    version: Version | None
    period: str
    """The period that was asked for, as the column's header or the document tells it."""
    starts_on: date | None
    ends_on: date | None
    value: Annotated[Decimal, PlainSerializer(str)]
    """A string where it is dumped: not every encoder of JSON takes a Decimal."""
    text: str
    """As printed."""
    unit: str | None
    scale: int
    doubts: tuple[str, ...]
    printed_row: str
    """The line of the page that prints the figure."""
    chunk_id: UUID
    """Of the passage that prints it."""

    @property
    def amount(self) -> Decimal:
        """In single units."""
        return self.value * self.scale

    @property
    def name(self) -> str:
        """The row with the headings above it: `Cost of sales > Devices`."""
        return " > ".join((*self.groups, self.label))

    @property
    def unit_in_words(self) -> str:
        """`USD million`, `percent`, `USD/share`; empty where nothing tells."""
        return " ".join(filter(None, (self.unit, SCALE_WORDS.get(self.scale))))

    @classmethod
    def of(cls, found: FoundFigure, company: str | None, period: str, passage: Passage) -> Self:
        """Args: passage: the one that prints the figure."""
        figure = found.figure
        return cls(
            figure_id=found.id,
            document_id=found.document_id,
            document_version_id=found.version_id,
            document=found.document,
            company=company,
            period=period,
            chunk_id=passage.chunk_id,
            printed_row=row_around(passage, figure.start),
            **{
                name: getattr(figure, name)
                for name in cls.model_fields
                if hasattr(figure, name) and name != "period"
            },
        )


def row_around(passage: Passage, at: int) -> str:
    """The line of a passage that holds an offset of its page."""
    place = at - passage.start
    if not 0 <= place < len(passage.text):
        return ""
    start = passage.text.rfind("\n", 0, place) + 1
    end = passage.text.find("\n", place)
    return " ".join(passage.text[start : end if end >= 0 else None].split())
