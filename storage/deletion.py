"""Documents that go, with all that was made of them, and their bytes once nothing needs them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from core.principal import Principal
from storage.blobs import BlobStore
from storage.database import Database
from storage.filings import unknown_document
from storage.jobs import NewJob, defer
from storage.outbox import EventType, publish

DELETE_BLOB = "delete_blob"
"""The job that deletes bytes, if no version refers to them."""


@dataclass(frozen=True)
class Deleted:
    """What went."""

    documents: int = 0
    versions: int = 0
    chunks: int = 0
    pages: int = 0
    figures: int = 0
    blobs: tuple[str, ...] = ()
    """The sha256 of bytes that these versions referred to."""


class Deletion:
    """Deletes documents in one transaction with the jobs that delete their bytes."""

    def __init__(self, database: Database, blobs: BlobStore) -> None:
        self._database = database
        self._blobs = blobs

    async def document(self, principal: Principal, document_id: UUID) -> None:
        """Raises: NotFoundError: there is none, or it is private to somebody else."""
        async with self._database.transaction(principal) as connection:
            deleted = await delete_documents(connection, principal.organization_id, [document_id])
            if deleted.documents:
                about = {"document_id": document_id}
                organization_id = principal.organization_id
                await publish(connection, organization_id, EventType.DOCUMENT_DELETED, about)
        if deleted.documents == 0:
            raise unknown_document(document_id)
        for sha256 in deleted.blobs:
            await self.blob(principal.organization_id, sha256)

    async def blob(self, organization_id: UUID, sha256: str) -> bool:
        """Delete bytes unless a version, however private, refers to them. Safe to run again.

        Returns: whether nothing refers to them.
        """
        async with self._database.transaction(organization_id) as connection:
            await lock_blob(connection, sha256)
            used = await connection.execute(
                text("select blob_is_used(:sha256)"), {"sha256": sha256}
            )
            if used.scalar_one():
                return False
            await self._blobs.delete(organization_id, sha256)
            return True


async def lock_blob(connection: AsyncConnection, sha256: str) -> None:
    """Until the transaction ends, nobody else stores or deletes these bytes."""
    await connection.execute(text(_LOCK), {"sha256": sha256})


async def delete_documents(
    connection: AsyncConnection, organization_id: UUID, document_ids: Sequence[UUID]
) -> Deleted:
    """Those of the documents that the connection sees; their bytes go by jobs of their own."""
    ids = {"ids": list(document_ids)}
    versions, chunks, pages, figures = (await connection.execute(text(_COUNTS), ids)).one()
    await connection.execute(text(_FORGET_INDEXING + _OF_DOCUMENTS), ids)
    blobs = (await connection.execute(text(_BLOBS), ids)).scalars().all()
    gone = await connection.execute(text("delete from documents where id = any(:ids)"), ids)
    await delete_blobs_later(connection, organization_id, blobs)
    return Deleted(gone.rowcount, versions, chunks, pages, figures, tuple(blobs))


async def delete_versions(
    connection: AsyncConnection, organization_id: UUID, version_ids: Sequence[UUID]
) -> Deleted:
    """The same for versions: the one that was current last counts, and an empty document goes."""
    ids = {"ids": list(version_ids)}
    chunks, pages, figures = (await connection.execute(text(_COUNTS_OF_VERSIONS), ids)).one()
    await connection.execute(text(_FORGET_INDEXING + _OF_VERSIONS), ids)
    rows = (await connection.execute(text(_DELETE_VERSIONS), ids)).all()
    left = {"documents": list({document_id for document_id, _ in rows})}
    await connection.execute(text(_LAST_COUNTS), left)  # from now on: "as of" shows it
    empty = await connection.execute(text(_DELETE_EMPTY), left)
    blobs = tuple({sha256 for _, sha256 in rows})
    await delete_blobs_later(connection, organization_id, blobs)
    return Deleted(empty.rowcount, len(rows), chunks, pages, figures, blobs)


async def delete_blobs_later(
    connection: AsyncConnection, organization_id: UUID, blobs: Sequence[str]
) -> None:
    """Once the transaction has committed, and then whatever dies."""
    for sha256 in blobs:
        lock = f"{organization_id}/{sha256}"
        job = NewJob(DELETE_BLOB, {"sha256": sha256}, lock)
        await defer(connection, organization_id, job)


_LOCK = """
select pg_advisory_xact_lock(
    hashtextextended(current_setting('app.organization_id') || :sha256, 0)
)
"""
_COUNTS = """
select (select count(*) from document_versions where document_id = any(:ids)),
       (select count(*) from chunks where document_id = any(:ids)),
       (select count(*) from pages join document_versions v on v.id = document_version_id
        where v.document_id = any(:ids)),
       (select count(*) from figures where document_id = any(:ids))
"""
_BLOBS = "select distinct sha256 from document_versions where document_id = any(:ids)"
# A version's job is called like the version; one that runs finds nothing to do any more.
_FORGET_INDEXING = "delete from procrastinate_jobs where status in ('todo', 'failed')"
_OF_DOCUMENTS = """
and args ->> 'job_id' in (select id::text from document_versions where document_id = any(:ids))
"""
_OF_VERSIONS = " and args ->> 'job_id' = any(cast(:ids as text[]))"
_COUNTS_OF_VERSIONS = """
select (select count(*) from chunks where document_version_id = any(:ids)),
       (select count(*) from pages where document_version_id = any(:ids)),
       (select count(*) from figures where document_version_id = any(:ids))
"""
_DELETE_VERSIONS = (
    "delete from document_versions where id = any(:ids) returning document_id, sha256"
)
_LAST_COUNTS = """
with counts as (
    update document_versions set status = 'current' where id in (
        select distinct on (document_id) id from document_versions
        where document_id = any(:documents) and status = 'superseded'
        order by document_id, coalesce(
            (select max(published_at) from publications
             where document_version_id = document_versions.id), indexed_at) desc, number desc
    ) and not exists (
        select from document_versions as other
        where other.document_id = document_versions.document_id and other.status = 'current'
    )
    returning organization_id, document_id, id
)
insert into publications (organization_id, document_id, document_version_id)
select organization_id, document_id, id from counts
"""
_DELETE_EMPTY = """
delete from documents where id = any(:documents)
    and not exists (select from document_versions where document_id = documents.id)
"""
