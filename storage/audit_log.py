"""Who did what: entries that the app may add and read, and never change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database


@dataclass(frozen=True)
class NewEntry:
    """What happened. No personal data in the clear: entries outlive an erasure."""

    actor: str
    action: str
    """What was asked for: `POST /keys`."""
    target: str
    """On what: ids."""
    outcome: str
    source: str
    """From where."""
    request_id: str


@dataclass(frozen=True)
class Entry(NewEntry):
    """As the database numbered and dated it."""

    sequence: int
    at: datetime


@dataclass(frozen=True)
class Break:
    """Where an organization's chain doesn't hold."""

    sequence: int
    reason: str


async def append(connection: AsyncConnection, organization_id: UUID, entry: NewEntry) -> None:
    """In the transaction of what happened; at its end, since other entries wait for it."""
    values = {"organization_id": organization_id} | vars(entry)
    await connection.execute(text(_APPEND), values)


class AuditLog:
    """Every call is one transaction, bound to one organization."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def append(self, organization_id: UUID, entry: NewEntry) -> None:
        """Entries of one organization wait for each other: each is sealed with the one before."""
        async with self._database.transaction(organization_id) as connection:
            await append(connection, organization_id, entry)

    async def page(self, organization_id: UUID, before: int | None, limit: int) -> list[Entry]:
        """The newest first.

        Args:
            organization_id: whose.
            before: only entries with a lower number; None for the newest.
            limit: at most so many.
        """
        async with self._database.transaction(organization_id) as connection:
            rows = await connection.execute(text(_PAGE), {"before": before, "limit": limit})
            return [Entry(**row) for row in rows.mappings()]

    async def of(self, organization_id: UUID, actor: str) -> list[Entry]:
        """All that somebody did, the newest first."""
        async with self._database.transaction(organization_id) as connection:
            rows = await connection.execute(text(_OF), {"actor": actor})
            return [Entry(**row) for row in rows.mappings()]

    async def verify(self, organization_id: UUID) -> tuple[int, list[Break]]:
        """Returns: how many entries there are, and where they were tampered with."""
        async with self._database.transaction(organization_id) as connection:
            count, last, head = (await connection.execute(text(_ENDS))).one()
            broken = [tuple(row) for row in await connection.execute(text(_BROKEN))]
        return count, [*_breaks(broken), *_cut_off(last, head)]


def _breaks(rows: list[tuple[int, bool, bool]]) -> Iterator[Break]:
    for sequence, is_own, is_linked in rows:
        if not is_own:
            yield Break(sequence, "was changed")
        if not is_linked:
            yield Break(sequence, "doesn't follow the entry before: one was removed or moved")


def _cut_off(last: int, head: int) -> Iterator[Break]:
    if last != head:
        yield Break(last, f"is the last of {head}: later ones were removed")


_APPEND = """
insert into audit_log (organization_id, actor, action, target, outcome, source, request_id)
values (:organization_id, :actor, :action, :target, :outcome, :source, :request_id)
"""
_PAGE = """
select sequence, at, actor, action, target, outcome, source, request_id from audit_log
where cast(:before as bigint) is null or sequence < :before
order by sequence desc limit :limit
"""
_OF = """
select sequence, at, actor, action, target, outcome, source, request_id from audit_log
where actor = :actor order by sequence desc
"""
_ENDS = """
select (select count(*) from audit_log), (select coalesce(max(sequence), 0) from audit_log),
       coalesce((select sequence from audit_heads), 0)
"""
_BROKEN = """
select sequence, is_own, is_linked
from (
    select entry.sequence, audit_seal(entry) = entry.seal as is_own,
           entry.previous = coalesce(lag(entry.seal) over by_number,
                                     decode(repeat('00', 32), 'hex'))
           and entry.sequence = coalesce(lag(entry.sequence) over by_number, 0) + 1 as is_linked
    from audit_log as entry
    window by_number as (order by entry.sequence)
) as checked
where not is_own or not is_linked
order by sequence
"""
