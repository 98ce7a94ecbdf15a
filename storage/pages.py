"""Pages as they were read: their text, and where each part of it is printed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

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


_PAGE = """
select number, width, height, text, layout from pages
where document_version_id = %s and number = %s
"""
