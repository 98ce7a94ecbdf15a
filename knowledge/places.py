"""Where on a page a stretch of its text is printed."""

from uuid import UUID

from pydantic import TypeAdapter

from core.principal import Permission, Principal
from knowledge.pages import Box, Line, Page, Table
from storage.pages import PageRepository

_LINES = TypeAdapter(tuple[Line, ...])
_TABLES = TypeAdapter(tuple[Table, ...])


class Places:
    """From the offsets of passages, cells and citations back to the PDF."""

    def __init__(self, pages: PageRepository) -> None:
        self._pages = pages

    async def page(self, principal: Principal, version_id: UUID, number: int) -> Page:
        """A page as it was read when it was indexed.

        Raises:
            PermissionDeniedError: without `query:document`.
            NotFoundError: there is no such page.
        """
        principal.require(Permission.QUERY_DOCUMENT)
        row = await self._pages.page(principal, version_id, number)
        return Page(
            row.number,
            row.width,
            row.height,
            row.text,
            lines=_LINES.validate_python(row.layout.get("lines", [])),
            tables=_TABLES.validate_python(row.layout.get("tables", [])),
        )

    async def boxes(
        self, principal: Principal, version_id: UUID, number: int, start: int, end: int
    ) -> list[Box]:
        """Where `page.text[start:end]` is printed: a figure's own box, or its lines'.

        Raises:
            PermissionDeniedError, NotFoundError: as `page`.
        """
        return boxes_of(await self.page(principal, version_id, number), start, end)


def boxes_of(page: Page, start: int, end: int) -> list[Box]:
    """From top to bottom, in points from the page's top left corner."""
    for table in page.tables:
        for row in table.rows:
            for cell in row.cells:
                if cell.start <= start < end <= cell.end:
                    return [cell.box]
    return [line.box for line in page.lines if line.start < end and start < line.end]
