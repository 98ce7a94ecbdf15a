"""How far the indexing of a version has come: a batch counts once its pages are stored."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import DictRow

from storage.notifications import CHANNEL

GENERATION = 2
"""Of what indexing stores. 1 was without figures; a version of an earlier one is indexed again."""


class NotPendingError(Exception):
    """It is no more this attempt's to index the version: it was cancelled, or another has begun."""


@dataclass(frozen=True)
class Reached:
    """What earlier attempts have stored: pages from the first on, and chunks."""

    attempt: datetime
    """When this one began, which is what it is known by."""
    pages: int
    chunks: int


async def lock_pending(
    connection: AsyncConnection[DictRow], version_id: UUID, attempt: datetime | None
) -> None:
    """Until the transaction ends, nobody cancels or publishes the version.

    Raises:
        NotPendingError: somebody has, or another attempt has begun.
    """
    cursor = await connection.execute(_LOCK, {"version_id": version_id, "attempt": attempt})
    if await cursor.fetchone() is None:
        raise NotPendingError(version_id)


async def begin(connection: AsyncConnection[DictRow], version_id: UUID) -> Reached:
    """Begin an attempt where the last one ended, or anew if what it left has gaps or is outdated.

    Raises:
        NotPendingError: there is nothing to do.
    """
    await lock_pending(connection, version_id, None)
    pages, chunks = await _left_behind(connection, version_id)
    if not pages:
        await connection.execute(DROP, {"version_id": version_id})
    values = {"version_id": version_id, "pages": pages, "generation": GENERATION}
    (begun,) = await (await connection.execute(_BEGIN, values)).fetchall()
    await _announce(connection, version_id)
    return Reached(begun["started_at"], pages, chunks)


async def _left_behind(connection: AsyncConnection[DictRow], version_id: UUID) -> tuple[int, int]:
    values = {"version_id": version_id, "generation": GENERATION}
    row = await (await connection.execute(_LEFT, values)).fetchone()
    return (row["pages"], row["chunks"]) if row and row["is_whole"] else (0, 0)


async def count_pages(connection: AsyncConnection[DictRow], version_id: UUID) -> None:
    """Say how many pages are stored, and wake who watches."""
    await connection.execute(_COUNT, {"version_id": version_id})
    await _announce(connection, version_id)


async def _announce(connection: AsyncConnection[DictRow], version_id: UUID) -> None:
    await connection.execute("select pg_notify(%s, %s)", (CHANNEL, str(version_id)))


_LOCK = """
select id from document_versions where id = %(version_id)s and status = 'pending'
  and (%(attempt)s::timestamptz is null or started_at = %(attempt)s) for no key update
"""
_LEFT = """
select stored.pages, made.chunks,
       stored.pages = stored.last and made.chunks = made.next and exists (
           select from document_versions
           where id = %(version_id)s and index_generation = %(generation)s
       ) as is_whole
from (select count(*) as pages, coalesce(max(number), 0) as last
      from pages where document_version_id = %(version_id)s) as stored,
     (select count(*) as chunks, coalesce(max(ordinal) + 1, 0) as next
      from chunks where document_version_id = %(version_id)s) as made
"""
_BEGIN = """
update document_versions
set started_at = clock_timestamp(), pages_done = %(pages)s, pages_before = %(pages)s,
    index_generation = %(generation)s
where id = %(version_id)s returning started_at
"""
_COUNT = """
update document_versions
set pages_done = (select count(*) from pages where document_version_id = %(version_id)s)
where id = %(version_id)s
"""
DROP = """
with dropped as (delete from chunks where document_version_id = %(version_id)s),
     forgotten as (delete from lexeme_postings where document_version_id = %(version_id)s),
     unread as (delete from figures where document_version_id = %(version_id)s),
     unworded as (delete from figure_words where document_version_id = %(version_id)s),
     unmasked as (delete from personal_data where document_version_id = %(version_id)s)
delete from pages where document_version_id = %(version_id)s
"""
