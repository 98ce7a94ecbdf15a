"""What retrieval returns: a chunk with its place in the filing and its score."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Passage(BaseModel):
    """A chunk found for a query.

    `text == page_text[start:end]`, where page_text is the extracted text of page `page`.
    """

    model_config = ConfigDict(frozen=True)

    chunk_id: UUID
    document_id: UUID
    document_version_id: UUID
    document: str
    """The document's name, as uploaded."""
    headline: str = ""
    """Company, form and fiscal period: `Halvorsen Pumpworks, Inc. 10-K fiscal 2022`."""
    version: int
    """1 for the first bytes under this name."""
    page: int
    """The page's place in the PDF, from 1 (not the number printed on it)."""
    start: int
    end: int
    text: str
    section: str = ""
    """The headings above it: `Item 8. Financial Statements > Note 12. Leases`."""
    table: str | None = None
    """The rows of its tables in words, each figure with its period, unit and scale."""
    match_start: int
    match_end: int
    """The chunk that was found, on the same page; the passage is what stands around it."""
    score: float
    """Comparable within one search only; the higher, the likelier it answers."""
    why: dict[str, float] = {}
    """What the score is made of."""
