"""All that a person brought in or was told goes, at once."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from core.errors import NotFoundError
from core.principal import LOCAL_USER_ID, Principal, person
from storage.api_keys import revoke_keys_of
from storage.database import Database
from storage.deletion import Deletion, delete_documents, delete_versions
from storage.sent_messages import forget_messages


@dataclass(frozen=True)
class Erased:
    """How much of what is gone."""

    documents: int
    versions: int
    chunks: int
    pages: int
    figures: int
    blobs: int
    threads: int
    checkpoints: int
    quoting_threads: int
    """Of others: what they quoted of the documents is gone from them."""


ForgetQuotes = Callable[[AsyncConnection, Sequence[UUID]], Awaitable[int]]
"""Takes out of threads what they quote of documents; returns in how many that was."""


class Erasure:
    """Of one person at a time, in one transaction; bytes go right after it, whatever dies."""

    def __init__(self, database: Database, deletion: Deletion, forget_quotes: ForgetQuotes) -> None:
        self._database = database
        self._deletion = deletion
        self._forget_quotes = forget_quotes

    async def everything_of(self, organization_id: UUID, user_id: UUID) -> Erased:
        """Raises: NotFoundError: the organization has no such person."""
        # As that person, who alone sees the private documents.
        erased = Principal(person(user_id), organization_id, frozenset())
        async with self._database.transaction(erased) as connection:
            await _require(connection, user_id)
            threads, checkpoints = await _delete_threads(connection, erased.subject)
            uploaded = {"subject": erased.subject}
            touched = (await connection.execute(text(_TOUCHED), uploaded)).scalars().all()
            quoting = await self._forget_quotes(connection, touched)
            own = await connection.execute(text(_OWN), uploaded)
            documents = await delete_documents(connection, organization_id, own.scalars().all())
            added = await connection.execute(text(_ADDED), uploaded)
            versions = await delete_versions(connection, organization_id, added.scalars().all())
            await _delete_person(connection, organization_id, user_id)
        blobs = 0
        for sha256 in {*documents.blobs, *versions.blobs}:
            blobs += await self._deletion.blob(organization_id, sha256)
        return Erased(
            documents.documents + versions.documents,
            documents.versions + versions.versions,
            documents.chunks + versions.chunks,
            documents.pages + versions.pages,
            documents.figures + versions.figures,
            blobs,
            threads,
            checkpoints,
            quoting,
        )


async def _require(connection: AsyncConnection, user_id: UUID) -> None:
    query = text("select 1 from users where id = :id for update")
    if (await connection.execute(query, {"id": user_id})).first() is None:
        raise NotFoundError(f"No such user: {user_id}. GET /users lists yours.")


async def _delete_threads(connection: AsyncConnection, subject: str) -> tuple[int, int]:
    """Messages, passages and payloads that wait for an approval are in their checkpoints."""
    given = {"subject": subject}
    checkpoints: int = (await connection.execute(text(_CHECKPOINTS), given)).scalar_one()
    own = await connection.execute(text("select id from threads where subject = :subject"), given)
    await forget_messages(connection, own.scalars().all())
    threads = await connection.execute(text("delete from threads where subject = :subject"), given)
    return threads.rowcount, checkpoints


async def _delete_person(connection: AsyncConnection, organization_id: UUID, user_id: UUID) -> None:
    await revoke_keys_of(connection, person(user_id))
    await connection.execute(text(_SAID_NOTHING), {"subject": person(user_id)})
    await connection.execute(text("delete from users where id = :id"), {"id": user_id})
    if user_id == LOCAL_USER_ID:  # a laptop's shell goes on working, as somebody new
        again = {"id": user_id, "organization_id": organization_id}
        await connection.execute(text(_LOCAL_AGAIN), again)


_CHECKPOINTS = """
select count(*) from checkpoints where thread in (select id from threads where subject = :subject)
"""
_TOUCHED = "select distinct document_id from document_versions where uploaded_by = :subject"
_OWN = "select id from documents where owner = :subject"
_ADDED = "select id from document_versions where uploaded_by = :subject"
# In others' threads. That somebody decided stays on record, by an id that leads nowhere any more.
_SAID_NOTHING = "update approvals set reason = '' where decided_by = :subject"
_LOCAL_AGAIN = """
insert into users (id, organization_id, identity) values (:id, :organization_id, 'local')
"""
