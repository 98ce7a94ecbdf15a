"""What is searched, and the larger stretch around it that is read."""

from dataclasses import dataclass

from knowledge.statements import Statement


@dataclass(frozen=True)
class Chunk:
    """A part of one page and of one section: `text == page.text[start:end]`."""

    ordinal: int
    """Place in the document, from 0."""
    page: int
    start: int
    end: int
    text: str
    passage_start: int
    passage_end: int
    """The stretch of the page that a reader of the chunk is handed: its section's."""
    section: str = ""
    """`Item 8. Financial Statements > Note 12. Leases`."""
    statement: Statement | None = None
    """The primary statement that the chunk is a part of."""
    embedded: str = ""
    """What the embedding model reads: filing, section, and of a table its title and labels. At most
    MAX_TOKENS word pieces."""
    table: str | None = None
    """A table's title and rows in words: figures with period, unit, scale. None for prose."""
