"""A private document is not there for anybody else, whatever SQL the app sends."""

from dataclasses import replace

import numpy as np
import pytest

from core.errors import ConflictError, NotFoundError, PermissionDeniedError
from storage.chunks import ChunkRepository, NewChunk, NewPage
from storage.indexing import NotPendingError

TABLES = (
    *("documents", "document_versions", "chunks", "pages", "lexeme_postings"),
    *("figures", "figure_words"),
)
VECTOR = np.eye(384, dtype=np.float32)[0]
CHUNK = NewChunk(0, 1, 0, 6, "secret", VECTOR, 0, 6, "", None, None)
PAGE = NewPage(1, 612, 792, "secret", "{}")


@pytest.fixture
def colleague(principal):
    return replace(principal, subject="colleague")


@pytest.fixture
def admit(database, documents, upload, figure):
    """A current version with a chunk, a page and a figure."""

    async def admit(principal, *, private, name="a.pdf", letter="a"):
        new = replace(upload(name, letter), is_private=private)
        version, _ = await documents.accept(principal, new)
        ids = (principal, version.document_id, version.id)
        await ChunkRepository(database).load(
            *ids, [CHUNK], [PAGE], figures=[figure(words=("inventori",))]
        )
        await documents.publish(principal, version.id, [])
        return version

    return admit


async def counts(database, owner):
    async with database.psycopg_transaction(owner) as connection:
        return [
            (await (await connection.execute(f"select count(*) as n from {table}")).fetchone())["n"]  # noqa: S608
            for table in TABLES
        ]


async def test_only_the_owner_sees_it(documents, principal, colleague, stranger, admit):
    database = documents._database
    version = await admit(principal, private=True)
    assert await counts(database, principal) == [1] * 7
    for other in (colleague, stranger, principal.organization_id):
        assert await counts(database, other) == [0] * 7
    with pytest.raises(NotFoundError):
        await documents.version(colleague, version.id)
    with pytest.raises(NotFoundError, match=str(version.document_id)):
        await documents.current_versions(colleague, [version.document_id])


async def test_others_change_nothing_of_it(database, principal, colleague, admit):
    await admit(principal, private=True)
    async with database.psycopg_transaction(colleague) as connection:
        for table in TABLES:
            changed = await connection.execute(
                f"update {table} set organization_id = organization_id"  # noqa: S608
            )
            assert (await connection.execute(f"delete from {table}")).rowcount == 0  # noqa: S608
            assert changed.rowcount == 0
    assert await counts(database, principal) == [1] * 7


async def test_nothing_is_hung_under_it(database, documents, principal, colleague, admit):
    version = await admit(principal, private=True)
    ids = (colleague, version.document_id, version.id)
    with pytest.raises(NotPendingError):  # of what isn't seen
        await ChunkRepository(database).load(*ids, [replace(CHUNK, ordinal=7)])


async def test_sharing_shows_all_of_it_and_back(database, documents, principal, colleague, admit):
    first = await admit(principal, private=True)
    await admit(principal, private=True, letter="b")  # another version of it
    await documents.share(principal, first.document_id, private=False)
    assert await counts(database, colleague) == [1] + [2] * 6
    await documents.share(principal, first.document_id, private=True)
    assert await counts(database, colleague) == [0] * 7
    assert await counts(database, principal) == [1] + [2] * 6


async def test_only_the_owner_shares(documents, principal, colleague, admit):
    hidden = await admit(principal, private=True)
    shared = await admit(principal, private=False, name="b.pdf")
    with pytest.raises(NotFoundError):
        await documents.share(colleague, hidden.document_id, private=False)
    with pytest.raises(PermissionDeniedError):
        await documents.share(colleague, shared.document_id, private=True)


async def test_names_of_private_documents_tell_nobody(
    database, documents, principal, colleague, admit
):
    mine = await admit(principal, private=True)
    theirs = await admit(colleague, private=True)
    shared = await admit(colleague, private=False)
    assert len({mine.document_id, theirs.document_id, shared.document_id}) == 3
    again = await admit(principal, private=True, letter="b")
    assert (again.document_id, again.number) == (mine.document_id, 2)
    with pytest.raises(ConflictError, match="of this name"):
        await documents.share(principal, mine.document_id, private=False)


async def test_its_ids_go_with_it(database, principal, admit, as_owner):
    await admit(principal, private=True)
    query = "select count(*) from private_ids"
    assert as_owner(query, organization=principal.organization_id) == [(2,)]
    async with database.psycopg_transaction(principal) as connection:
        await connection.execute("delete from documents")
    assert as_owner(query, organization=principal.organization_id) == [(0,)]
