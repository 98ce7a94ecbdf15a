"""What is known of a filing as a whole."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.errors import NotFoundError


@dataclass(frozen=True)
class FilingFacts:
    """None where neither the cover nor the file's name tells."""

    company: str | None = None
    """As on the cover: `Halvorsen Pumpworks, Inc.`."""
    ticker: str | None = None
    form: str | None = None
    """`10-K`, `10-Q`, `8-K`, `20-F`, `40-F`, `6-K` or `earnings release`."""
    fiscal_year: int | None = None
    """As the company counts them."""
    fiscal_quarter: int | None = None
    """None for a whole year."""
    period_end: date | None = None
    """Of an 8-K, the day of the event."""

    @property
    def period(self) -> str | None:
        """`fiscal 2022`, `Q2 fiscal 2024`."""
        if self.fiscal_year is None:
            return None
        quarter = f"Q{self.fiscal_quarter} " if self.fiscal_quarter else ""
        return f"{quarter}fiscal {self.fiscal_year}"

    @property
    def headline(self) -> str:
        """`Halvorsen Pumpworks, Inc. 10-K fiscal 2022`; empty when nothing is known."""
        return " ".join(part for part in (self.company, self.form, self.period) if part)


@dataclass(frozen=True)
class Filing:
    """A document's current version, as search sees it."""

    version_id: UUID
    document_id: UUID
    name: str
    number: int
    chunks: int
    facts: FilingFacts


def unknown_document(*document_ids: UUID) -> NotFoundError:
    """The same for one that doesn't exist and one that the caller must not know of."""
    ids = ", ".join(sorted(map(str, document_ids)))
    return NotFoundError(f"No such document: {ids}. GET /documents lists yours.")
