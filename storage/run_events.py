"""What runs have told, in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection


@dataclass(frozen=True)
class StoredEvent:
    """Something that a run told."""

    number: int
    """From 1, without gaps."""
    event: str
    data: str
    """JSON."""


async def insert_events(
    connection: AsyncConnection, organization_id: UUID, run_id: UUID, events: Sequence[StoredEvent]
) -> None:
    """By whoever holds the run."""
    values = {
        "organization_id": organization_id,
        "run_id": run_id,
        "numbers": [each.number for each in events],
        "events": [each.event for each in events],
        "data": [each.data for each in events],
    }
    await connection.execute(text(_INSERT_EVENTS), values)


async def last_event_number(connection: AsyncConnection, run_id: UUID) -> int:
    """0 before the first."""
    number: int = (await connection.execute(text(_LAST_NUMBER), {"id": run_id})).scalar_one()
    return number


async def events_after(connection: AsyncConnection, run_id: UUID, number: int) -> list[StoredEvent]:
    """In order."""
    rows = await connection.execute(text(_EVENTS), {"run_id": run_id, "after": number})
    return [StoredEvent(*row) for row in rows]


_INSERT_EVENTS = """
insert into run_events (organization_id, run_id, number, event, data)
select :organization_id, :run_id, number, event, data
from unnest(cast(:numbers as integer[]), cast(:events as text[]), cast(:data as text[]))
    as told (number, event, data)
"""
_EVENTS = """
select number, event, data from run_events where run_id = :run_id and number > :after
order by number
"""
_LAST_NUMBER = "select coalesce(max(number), 0) from run_events where run_id = :id"
