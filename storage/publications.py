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

CURRENT_AT = """
    select distinct on (document_id) document_version_id from publications
    where published_at <= %(as_of)s order by document_id, published_at desc
"""
"""The versions that were current at a time, by document."""


@dataclass(frozen=True)
class Period:
    """While a version was the current one."""

    current_from: datetime
    current_until: datetime | None
    """None: it still is."""


async def current_at(connection: AsyncConnection, as_of: datetime) -> set[UUID]:
    """The ids of the versions that were current at a time."""
    query = text(CURRENT_AT.replace("%(as_of)s", ":as_of"))
    return set((await connection.execute(query, {"as_of": as_of})).scalars())


async def periods(
    connection: AsyncConnection, document_id: UUID | None = None
) -> Mapping[UUID, tuple[Period, ...]]:
    """By version, oldest first; of one document, or of all."""
    found: dict[UUID, tuple[Period, ...]] = {}
    rows = await connection.execute(text(_PERIODS), {"document_id": document_id})
    for version_id, current_from, current_until in rows:
        period = Period(current_from, current_until)
        found[version_id] = (*found.get(version_id, ()), period)
    return found


# A version that follows upon itself, since the one between was deleted, goes on.
_PERIODS = """
with published as (
    select document_id, document_version_id, published_at,
           lag(document_version_id) over document as before
    from publications
    where cast(:document_id as uuid) is null or document_id = :document_id
    window document as (partition by document_id order by published_at)
)
select document_version_id, published_at,
       lead(published_at) over (partition by document_id order by published_at)
from published where before is distinct from document_version_id
order by published_at
"""
