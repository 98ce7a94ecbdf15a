"""Documents and their versions."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import RowMapping, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from core.errors import ConflictError, NotFoundError, PermissionDeniedError
from core.principal import Principal
from storage.database import Database
from storage.deletion import lock_blob
from storage.filings import FilingFacts, unknown_document
from storage.indexing import GENERATION
from storage.jobs import NewJob, Priority, Queue, defer
from storage.outbox import EventType, publish_version
from storage.publications import current_at
from storage.version_changes import end_pending, finish, lock_document_of, make_current

NOTHING_KNOWN = FilingFacts()
MAX_NOTES = 500
INDEX_VERSION = "index_version"
"""The job that makes a pending version searchable."""
COST_PER_PAGE = 2
"""Tenths of a second that indexing a page takes, as estimated before it is measured."""


class VersionStatus(StrEnum):
    """Where a version stands."""

    PENDING = "pending"
    """Accepted and stored; its chunks are being made."""
    CURRENT = "current"
    """The one that questions are answered from."""
    SUPERSEDED = "superseded"
    """Replaced by newer bytes under the same name; kept for "as of" questions."""
    FAILED = "failed"
    """Could not be read; `failure` says why. An older version stays current."""
    CANCELLED = "cancelled"
    """Somebody stopped its indexing; it can be tried again. An older version stays current."""


@dataclass(frozen=True)
class ReadingNote:
    """A page that may have been misread."""

    page: int
    note: str
    """Why, in words."""


@dataclass(frozen=True)
class DocumentVersion:
    """One upload of a document, with the document's name."""

    id: UUID
    document_id: UUID
    name: str
    number: int
    sha256: str
    size_bytes: int
    page_count: int
    pages_done: int
    """Those that are stored and can be searched once the version is current."""
    image_only_pages: tuple[int, ...]
    """Pages that hold no text, from 1."""
    status: VersionStatus
    failure: str | None
    created_at: datetime
    indexed_at: datetime | None
    is_private: bool
    """Whether only who uploaded the document sees it."""
    is_outdated: bool
    """Whether it was indexed by an earlier version of the copilot, and so without figures."""
    reindex_failure: str | None
    """Why it couldn't be indexed again; what was indexed earlier goes on answering."""
    reading_notes: tuple[ReadingNote, ...] = ()
    """The pages that were read with doubt."""


@dataclass(frozen=True)
class NewVersion:
    """What an inspected upload amounts to."""

    name: str
    sha256: str
    size_bytes: int
    page_count: int
    image_only_pages: tuple[int, ...]
    is_private: bool = False
    priority: Priority = Priority.NORMAL
    """Of its indexing."""


def to_json(notes: Sequence[ReadingNote]) -> str:
    """For the column `reading_notes`; of a file of nothing but doubts, the first are enough."""
    return json.dumps([asdict(note) for note in notes[:MAX_NOTES]])


async def _nothing() -> None:
    """For callers whose bytes are nowhere: tests and benchmarks."""


_SELECT = f"""
    select v.id, v.document_id, d.name, v.number, v.sha256, v.size_bytes, v.page_count,
           v.pages_done, v.image_only_pages, v.status, v.failure, v.created_at, v.indexed_at,
           d.private_to is not null as is_private,
           v.status in ('current', 'superseded') and v.index_generation < {GENERATION}
               as is_outdated, v.reindex_failure, v.reading_notes
    from document_versions v join documents d on d.id = v.document_id
"""  # noqa: S608  # our own words


class DocumentRepository:
    """Every call is one transaction, bound to a principal: others' private documents aren't there.

    Methods raise NotFoundError of a document or version that the principal can't see.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def accept(
        self,
        principal: Principal,
        new: NewVersion,
        keep_bytes: Callable[[], Awaitable[None]] = _nothing,
    ) -> tuple[DocumentVersion, bool]:
        """Record an upload and queue its indexing, both or neither.

        Args:
            principal: who uploads.
            new: what.
            keep_bytes: makes sure that they are stored, while nobody can delete them.

        Returns:
            The version and whether it is new: bytes that questions are, or soon will be, answered
            from are answered with their version.
        """
        async with self._database.transaction(principal) as connection:
            await lock_blob(connection, new.sha256)
            await keep_bytes()
            document_id = await _lock_document(connection, principal, new)
            latest = await _current_soon(connection, document_id)
            if latest is not None and latest.sha256 == new.sha256:
                return latest, False
            version_id = await _insert_version(connection, principal, document_id, new)
            job = indexing(document_id, version_id, new.page_count, new.priority)
            await defer(connection, principal.organization_id, job)
            return await _version(connection, version_id), True

    async def version(self, principal: Principal, version_id: UUID) -> DocumentVersion:
        """Raises: NotFoundError."""
        async with self._database.transaction(principal) as connection:
            return await _version(connection, version_id)

    async def reread(
        self, principal: Principal, versions: Sequence[DocumentVersion]
    ) -> list[DocumentVersion]:
        """The same as they stand now, in the same order; what was deleted since is left out."""
        query = text(f"{_SELECT} where v.id = any(:ids)")
        ids = [version.id for version in versions]
        async with self._database.transaction(principal) as connection:
            rows = await connection.execute(query, {"ids": ids})
            now = {row["id"]: _to_version(row) for row in rows.mappings()}
        return [now[each] for each in ids if each in now]

    async def on_behalf_of(self, organization_id: UUID, version_id: UUID) -> Principal:
        """As whom a worker sees a version: to whom its document is private, if it is to anybody."""
        async with self._database.transaction(organization_id) as connection:
            row = await connection.execute(_PRIVATE_TO, {"version_id": version_id})
            return Principal(row.scalar_one_or_none() or "", organization_id, frozenset())

    async def versions(
        self, principal: Principal, document_id: UUID | None = None
    ) -> list[DocumentVersion]:
        """All versions, or one document's; by name, newest first."""
        where = "where v.document_id = :document_id" if document_id else ""
        query = text(f"{_SELECT} {where} order by d.name, v.number desc")
        async with self._database.transaction(principal) as connection:
            rows = await connection.execute(query, {"document_id": document_id} if where else {})
            return [_to_version(row) for row in rows.mappings()]

    async def current_versions(
        self,
        principal: Principal,
        document_ids: Sequence[UUID] | None = None,
        as_of: datetime | None = None,
    ) -> list[DocumentVersion]:
        """What questions are answered from.

        Args:
            principal: who asks.
            document_ids: only these documents; None for all.
            as_of: the versions that were current then; None for now.

        Raises:
            NotFoundError: names each document that doesn't exist.
        """
        versions = await self.versions(principal)
        if document_ids is not None:
            unknown = set(document_ids) - {version.document_id for version in versions}
            if unknown:
                raise unknown_document(*unknown)
            versions = [version for version in versions if version.document_id in set(document_ids)]
        if as_of is None:
            return [version for version in versions if version.status is VersionStatus.CURRENT]
        async with self._database.transaction(principal) as connection:
            then = await current_at(connection, as_of)
        return [version for version in versions if version.id in then]

    async def share(self, principal: Principal, document_id: UUID, *, private: bool) -> None:
        """Let the organization see a document, or its owner alone.

        Raises:
            PermissionDeniedError: somebody else uploaded it first.
            ConflictError: there is another document of this name where it would go.
        """
        values = {"id": document_id, "private_to": principal.subject if private else None}
        try:
            async with self._database.transaction(principal) as connection:
                owner = (await connection.execute(_OWNER, values)).scalar_one_or_none()
                if owner is None:
                    raise unknown_document(document_id)
                if owner != principal.subject:
                    raise PermissionDeniedError("Only who uploaded a document can share it.")
                await connection.execute(_SHARE, values)
        except IntegrityError as error:
            raise ConflictError(
                "There is another document of this name already: delete it first."
            ) from error

    async def publish(  # noqa: PLR0913  # all that was found out about a version
        self,
        principal: Principal,
        version_id: UUID,
        image_only_pages: Sequence[int],
        facts: FilingFacts = NOTHING_KNOWN,
        attempt: datetime | None = None,
        *,
        notes: Sequence[ReadingNote] = (),
    ) -> None:
        """Make a pending version the current one and the one before it superseded, at once.

        One that newer bytes have overtaken is superseded from the start. Of one that isn't pending
        any more, or of which another attempt has begun, nothing is changed.
        """
        published = {
            "version_id": version_id,
            "pages": list(image_only_pages),
            "attempt": attempt,
            "notes": to_json(notes),
        }
        async with self._database.transaction(principal) as connection:
            await lock_document_of(connection, version_id)
            if await finish(connection, published | asdict(facts)):
                await make_current(connection, version_id)
                await publish_version(connection, principal, EventType.DOCUMENT_INDEXED, version_id)

    async def fail(self, principal: Principal, version_id: UUID, failure: str) -> None:
        """Mark a pending version as unreadable and drop what was made of it."""
        async with self._database.transaction(principal) as connection:
            if await end_pending(connection, version_id, VersionStatus.FAILED, failure):
                await publish_version(connection, principal, EventType.DOCUMENT_FAILED, version_id)


_PRIVATE_TO = text("select private_to from private_ids where id = :version_id")
_OWNER = text("select owner from documents where id = :id for update")
_SHARE = text("update documents set private_to = :private_to where id = :id")
_SOON = """
    where v.document_id = :document_id and (v.status = 'current' or v.status = 'pending'
        and not exists (
            select from document_versions as newer
            where newer.document_id = v.document_id and newer.number > v.number
              and newer.status in ('current', 'superseded')
        ))
    order by v.status = 'pending' desc, v.number desc limit 1
"""
_LOCK_DOCUMENT = text("""
    insert into documents (organization_id, name, owner, private_to)
    values (:organization_id, :name, :owner, :private_to)
    on conflict (organization_id, name, private_to) do update set name = excluded.name
    returning id
""")
_INSERT_VERSION = text("""
    insert into document_versions (organization_id, document_id, number, sha256, size_bytes,
                                   page_count, image_only_pages, uploaded_by, status)
    select :organization_id, :document_id, coalesce(max(number), 0) + 1, :sha256, :size_bytes,
           :page_count, :image_only_pages, :uploaded_by, 'pending'
    from document_versions where document_id = :document_id
    returning id
""")


async def _lock_document(
    connection: AsyncConnection, principal: Principal, new: NewVersion
) -> UUID:
    """The document's id, new or old; its row stays locked, so versions are numbered one by one."""
    values = {
        "organization_id": principal.organization_id,
        "name": new.name,
        "owner": principal.subject,
        "private_to": principal.subject if new.is_private else None,
    }
    document_id: UUID = (await connection.execute(_LOCK_DOCUMENT, values)).scalar_one()
    return document_id


async def _current_soon(connection: AsyncConnection, document_id: UUID) -> DocumentVersion | None:
    """The pending version that will become the current one; if there is none, the current one."""
    query = text(f"{_SELECT} {_SOON}")
    row = (await connection.execute(query, {"document_id": document_id})).mappings().first()
    return _to_version(row) if row else None


async def _insert_version(
    connection: AsyncConnection, principal: Principal, document_id: UUID, new: NewVersion
) -> UUID:
    row = await connection.execute(
        _INSERT_VERSION,
        {
            "organization_id": principal.organization_id,
            "document_id": document_id,
            "sha256": new.sha256,
            "size_bytes": new.size_bytes,
            "page_count": new.page_count,
            "image_only_pages": list(new.image_only_pages),
            "uploaded_by": principal.subject,
        },
    )
    version_id: UUID = row.scalar_one()
    return version_id


def indexing(
    document_id: UUID, version_id: UUID, page_count: int, priority: Priority = Priority.NORMAL
) -> NewJob:
    """A version's job is called like the version."""
    return NewJob(
        INDEX_VERSION,
        {"version_id": str(version_id)},
        lock=str(document_id),
        queue=Queue.INDEXING,
        priority=priority,
        cost=1 + COST_PER_PAGE * page_count,
        job_id=version_id,
    )


async def _version(connection: AsyncConnection, version_id: UUID) -> DocumentVersion:
    query = text(f"{_SELECT} where v.id = :version_id")
    row = (await connection.execute(query, {"version_id": version_id})).mappings().first()
    if row is None:
        raise NotFoundError(f"No such document version: {version_id}.")
    return _to_version(row)


def _to_version(row: RowMapping) -> DocumentVersion:
    return DocumentVersion(
        **{
            **row,
            "status": VersionStatus(row["status"]),
            "image_only_pages": tuple(row["image_only_pages"]),
            "reading_notes": tuple(ReadingNote(**note) for note in row["reading_notes"]),
        }
    )
