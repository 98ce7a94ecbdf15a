"""When which version of a document was the current one.

A version becomes current by a publication, and stays it until the document's next one. What was
deleted has none: of that time, the version before it answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

CURRENT_AT = """(
    select p.document_version_id from publications p
    where p.document_id = d.id and p.published_at <= %(as_of)s
    order by p.published_at desc limit 1
)"""
"""Of a document `d`, the version that was current at a time."""


@dataclass(frozen=True)
class Period:
    """While a version was the current one."""

    current_from: datetime
    current_until: datetime | None
    """None: it still is."""


async def current_at(connection: AsyncConnection, as_of: datetime) -> set[UUID]:
    """The ids of the versions that were current at a time."""
    found = await connection.execute(text(_ALL_CURRENT_AT), {"as_of": as_of})
    return set(found.scalars()) - {None}


async def periods(
    connection: AsyncConnection, document_id: UUID | None = None
) -> Mapping[UUID, tuple[Period, ...]]:
    """By version, oldest first; of one document, or of all."""
    found: dict[UUID, tuple[Period, ...]] = {}
    of = "where d.id = :document_id" if document_id else ""
    query = text(_PERIODS.format(of=of))
    rows = await connection.execute(query, {"document_id": document_id} if of else {})
    for version_id, current_from, current_until in rows:
        period = Period(current_from, current_until)
        found[version_id] = (*found.get(version_id, ()), period)
    return found


_ALL_CURRENT_AT = f"select {CURRENT_AT} from documents d".replace("%(as_of)s", ":as_of")  # noqa: S608  # our own words
# A version that follows upon itself, since the one between was deleted, goes on.
_PERIODS = """
with published as (
    select p.document_id, p.document_version_id, p.published_at,
           lag(p.document_version_id) over (partition by d.id order by p.published_at) as before
    from documents d join publications p on p.document_id = d.id {of}
)
select document_version_id, published_at,
       lead(published_at) over (partition by document_id order by published_at)
from published where before is distinct from document_version_id
order by published_at
"""
