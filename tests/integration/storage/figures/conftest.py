from uuid import uuid4

import pytest

from storage.chunks import ChunkRepository, NewPage
from storage.documents import DocumentRepository, NewVersion
from storage.figures.search import FigureSearch


@pytest.fixture
def admit(database):
    """A current version that holds these figures, with their pages."""
    documents = DocumentRepository(database)

    async def admit(principal, figures, *, private=False):
        new = NewVersion(f"{uuid4()}.pdf", uuid4().hex * 2, 1, 1, (), private)
        version, _ = await documents.accept(principal, new)
        pages = [NewPage(n, 612, 792, "x", "{}") for n in {each.page for each in figures}]
        ids = (principal, version.document_id, version.id)
        await ChunkRepository(database).load(*ids, [], pages, figures=figures)
        await documents.publish(principal, version.id, [])
        return version

    return admit


@pytest.fixture
def look_up(database):
    """Calls a method of FigureSearch as a principal."""

    async def look_up(principal, method, *arguments, **named):
        async with database.psycopg_transaction(principal) as connection:
            return await getattr(FigureSearch(connection), method)(*arguments, **named)

    return look_up
