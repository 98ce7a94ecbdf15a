"""A document's versions by number: since when each counts, and how an older one counts again."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from core.errors import ConflictError, NotFoundError
from core.principal import Principal
from storage.database import Database
from storage.documents import VersionStatus
from storage.filings import unknown_document
from storage.outbox import EventType, publish_version
from storage.publications import Period, periods
from storage.version_changes import make_current


@dataclass(frozen=True)
class NumberedVersion:
    """A version as its document's history names it."""

    id: UUID
    number: int
    status: VersionStatus

    @property
    def is_readable(self) -> bool:
        return self.status in (VersionStatus.CURRENT, VersionStatus.SUPERSEDED)


class VersionHistory:
    """Every call is one transaction, bound to a principal: others' private documents aren't there.

    Methods raise NotFoundError of a document that the principal can't see, and of a number that no
    version of it has.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def periods(
        self, principal: Principal, document_id: UUID | None = None
    ) -> Mapping[UUID, tuple[Period, ...]]:
        """By version, while it was the current one; of one document, or of all."""
        async with self._database.transaction(principal) as connection:
            return await periods(connection, document_id)

    async def readable(
        self, principal: Principal, document_id: UUID, numbers: tuple[int, ...]
    ) -> list[NumberedVersion]:
        """Versions whose pages are there, in the order of the numbers.

        Raises:
            ConflictError: one isn't indexed.
        """
        async with self._database.transaction(principal) as connection:
            known = await _versions(connection, document_id)
        found = [_numbered(known, document_id, number) for number in numbers]
        for version in found:
            if not version.is_readable:
                raise ConflictError(_what_to_do(version))
        return found

    async def restore(self, principal: Principal, document_id: UUID, number: int) -> UUID:
        """Let a superseded version answer again, at once, with its event.

        Newer bytes that are still being indexed take its place once they are.

        Returns: the version's id.

        Raises:
            ConflictError: it is the current one, or can't be searched.
        """
        async with self._database.transaction(principal) as connection:
            await connection.execute(text(_LOCK), {"document_id": document_id})
            known = await _versions(connection, document_id, _FOR_UPDATE)
            version = _numbered(known, document_id, number)
            if version.status is not VersionStatus.SUPERSEDED:
                raise ConflictError(_what_to_do(version))
            await make_current(connection, version.id)
            await publish_version(connection, principal, EventType.DOCUMENT_INDEXED, version.id)
        return version.id


async def _versions(
    connection: AsyncConnection, document_id: UUID, lock: str = ""
) -> list[NumberedVersion]:
    """All of a document's; locked, none of them is deleted meanwhile."""
    rows = await connection.execute(text(_VERSIONS + lock), {"document_id": document_id})
    return [NumberedVersion(id_, number, VersionStatus(status)) for id_, number, status in rows]


def _numbered(known: list[NumberedVersion], document_id: UUID, number: int) -> NumberedVersion:
    if not known:
        raise unknown_document(document_id)
    for version in known:
        if version.number == number:
            return version
    there = ", ".join(str(version.number) for version in known)
    raise NotFoundError(f"No version {number} of document {document_id}. There are: {there}.")


def _what_to_do(version: NumberedVersion) -> str:
    said = f"Version {version.number} is {version.status.value}"
    if version.status is VersionStatus.CURRENT:
        return f"{said} already: questions are answered from it."
    if version.status is VersionStatus.PENDING:
        return f"{said}: wait until it is indexed. GET /jobs/{version.id} tells when."
    return f"{said} and can't be searched: POST /jobs/{version.id}/retry, or upload it again."


_LOCK = "select id from documents where id = :document_id for update"
_VERSIONS = """
select id, number, status from document_versions where document_id = :document_id order by number
"""
_FOR_UPDATE = "for update"
