"""Pages as they were read: their text, and where each part of it is printed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from core.errors import NotFoundError
from core.principal import Principal
from storage.database import Database


@dataclass(frozen=True)
class PageRow:
    """A page of a document version."""

    number: int
    width: float
    """In points."""
    height: float
    text: str
    layout: dict[str, Any]
    """`lines` and `tables` as knowledge.pages.Page holds them."""


@dataclass(frozen=True)
class PageText:
    """What stands on a page, masked."""

    number: int
    """From 1."""
    text: str


class PageRepository:
    """Every call is one transaction, bound to a principal."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(self, principal: Principal, version_id: UUID, number: int) -> PageRow:
        """Raises: NotFoundError."""
        async with self._database.psycopg_transaction(principal) as connection:
            cursor = await connection.execute(_PAGE, (version_id, number))
            row = await cursor.fetchone()
        if row is None:
            raise NotFoundError(f"No page {number} of document version {version_id}.")
        return PageRow(**row)

    async def texts(self, principal: Principal, version_id: UUID) -> list[PageText]:
        """Of all pages of a version, in order; none of a version that isn't there."""
        async with self._database.psycopg_transaction(principal) as connection:
            cursor = connection.cursor(row_factory=class_row(PageText))
            await cursor.execute(_TEXTS, (version_id,))
            return await cursor.fetchall()


_PAGE = """
select number, width, height, text, layout from pages
where document_version_id = %s and number = %s
"""
_TEXTS = "select number, text from pages where document_version_id = %s order by number"
