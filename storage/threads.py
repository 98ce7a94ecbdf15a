"""Conversations: whose each is, what it is called and which documents it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from core.errors import NotFoundError
from core.principal import Principal
from storage.database import Database


@dataclass(frozen=True)
class Thread:
    """A row."""

    id: UUID
    name: str | None
    document_ids: tuple[UUID, ...] | None
    """What its questions are about if they don't say; None for all."""
    created_at: datetime
    last_used_at: datetime


class ThreadRepository:
    """Every call is one transaction, and sees the principal's own threads alone.

    Methods raise NotFoundError of any other, whether it exists or not.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def create(
        self,
        principal: Principal,
        name: str | None = None,
        document_ids: Sequence[UUID] | None = None,
    ) -> UUID:
        """Returns: the new thread's id."""
        async with self._database.transaction(principal) as connection:
            return await create_thread(connection, principal, name, document_ids)

    async def get(self, principal: Principal, thread_id: UUID) -> Thread:
        """Raises: NotFoundError."""
        async with self._database.transaction(principal) as connection:
            return await own_thread(connection, principal, thread_id)

    async def page(
        self, principal: Principal, limit: int, before: datetime | None = None
    ) -> list[Thread]:
        """Those used last, first; only those last used before a time."""
        values = {"subject": principal.subject, "limit": limit, "before": before}
        async with self._database.transaction(principal) as connection:
            rows = await connection.execute(text(_PAGE), values)
            return [_to_thread(row) for row in rows]

    async def rename(self, principal: Principal, thread_id: UUID, name: str) -> Thread:
        """Raises: NotFoundError."""
        values = {"id": thread_id, "subject": principal.subject, "name": name}
        async with self._database.transaction(principal) as connection:
            await connection.execute(text(_RENAME), values)
            return await own_thread(connection, principal, thread_id)

    async def delete(self, principal: Principal, thread_id: UUID) -> None:
        """With its messages, runs and what waits for an approval. Raises: NotFoundError."""
        values = {"id": thread_id, "subject": principal.subject}
        async with self._database.transaction(principal) as connection:
            await own_thread(connection, principal, thread_id)
            await connection.execute(text(_DELETE), values)

    async def require(self, principal: Principal, thread_id: UUID) -> None:
        """Raises: NotFoundError."""
        await self.get(principal, thread_id)


async def create_thread(
    connection: AsyncConnection,
    principal: Principal,
    name: str | None = None,
    document_ids: Sequence[UUID] | None = None,
) -> UUID:
    """Returns: the new thread's id."""
    values = {
        "organization_id": principal.organization_id,
        "subject": principal.subject,
        "name": name,
        "document_ids": None if document_ids is None else list(document_ids),
    }
    thread_id: UUID = (await connection.execute(text(_INSERT), values)).scalar_one()
    return thread_id


async def use_thread(
    connection: AsyncConnection, principal: Principal, thread_id: UUID
) -> list[UUID] | None:
    """Note that the conversation goes on; until the transaction ends, nobody else does.

    Returns: the documents that it is about, or None for all.

    Raises:
        NotFoundError: there is none, or it is another's; the answer is the same.
    """
    values = {"id": thread_id, "subject": principal.subject}
    row = (await connection.execute(text(_USE), values)).first()
    if row is None:
        raise _unknown(thread_id)
    document_ids: list[UUID] | None = row[0]
    return document_ids


async def own_thread(connection: AsyncConnection, principal: Principal, thread_id: UUID) -> Thread:
    """Raises: NotFoundError: there is none, or it is another's; the answer is the same."""
    values = {"id": thread_id, "subject": principal.subject}
    row = (await connection.execute(text(_FIND), values)).first()
    if row is None:
        raise _unknown(thread_id)
    return _to_thread(row)


def _to_thread(row: Row[Any]) -> Thread:
    ids = None if row.document_ids is None else tuple(row.document_ids)
    return Thread(row.id, row.name, ids, row.created_at, row.last_used_at)


def _unknown(thread_id: UUID) -> NotFoundError:
    return NotFoundError(f"No such thread: {thread_id}. Leave thread_id out to start a new one.")


_COLUMNS = "id, name, document_ids, created_at, last_used_at"
_FIND = f"select {_COLUMNS} from threads where id = :id and subject = :subject"  # noqa: S608  # our own words
_PAGE = f"""
select {_COLUMNS} from threads
where subject = :subject
    and (cast(:before as timestamptz) is null or last_used_at < cast(:before as timestamptz))
order by last_used_at desc limit :limit
"""  # noqa: S608  # our own words
_INSERT = """
insert into threads (organization_id, subject, name, document_ids)
values (:organization_id, :subject, :name, :document_ids) returning id
"""
_USE = """
update threads set last_used_at = now() where id = :id and subject = :subject
returning document_ids
"""
_RENAME = "update threads set name = :name where id = :id and subject = :subject"
_DELETE = "delete from threads where id = :id and subject = :subject"
