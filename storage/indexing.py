"""How far the indexing of a version has come: a batch counts once its pages are stored."""

from dataclasses import dataclass
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import DictRow

from storage.notifications import CHANNEL


class NotPendingError(Exception):
    """The version isn't to be indexed any more: it was cancelled, deleted, or is done."""


@dataclass(frozen=True)
class Reached:
    """What earlier attempts have stored: pages from the first on, and chunks."""

    pages: int = 0
    chunks: int = 0


async def lock_pending(connection: AsyncConnection[DictRow], version_id: UUID) -> None:
    """Until the transaction ends, nobody cancels or publishes the version.

    Raises:
        NotPendingError: somebody has.
    """
    cursor = await connection.execute(_LOCK, (version_id,))
    if await cursor.fetchone() is None:
        raise NotPendingError(version_id)


async def begin(connection: AsyncConnection[DictRow], version_id: UUID) -> Reached:
    """Begin an attempt where the last one ended, or anew if what it left has gaps.

    Raises:
        NotPendingError: there is nothing to do.
    """
    await lock_pending(connection, version_id)
    row = await (await connection.execute(_LEFT, {"version_id": version_id})).fetchone()
    reached = Reached(row["pages"], row["chunks"]) if row and row["is_whole"] else Reached()
    if not reached.pages:
        await connection.execute(DROP, {"version_id": version_id})
    await connection.execute(_BEGIN, {"version_id": version_id, "pages": reached.pages})
    await _announce(connection, version_id)
    return reached


async def count_pages(connection: AsyncConnection[DictRow], version_id: UUID) -> None:
    """Say how many pages are stored, and wake who watches."""
    await connection.execute(_COUNT, {"version_id": version_id})
    await _announce(connection, version_id)


async def _announce(connection: AsyncConnection[DictRow], version_id: UUID) -> None:
    await connection.execute("select pg_notify(%s, %s)", (CHANNEL, str(version_id)))


_LOCK = """
select id from document_versions where id = %s and status = 'pending' for no key update
"""
_LEFT = """
select stored.pages, made.chunks,
       stored.pages = stored.last and made.chunks = made.next as is_whole
from (select count(*) as pages, coalesce(max(number), 0) as last
      from pages where document_version_id = %(version_id)s) as stored,
     (select count(*) as chunks, coalesce(max(ordinal) + 1, 0) as next
      from chunks where document_version_id = %(version_id)s) as made
"""
_BEGIN = """
update document_versions
set started_at = clock_timestamp(), pages_done = %(pages)s, pages_before = %(pages)s
where id = %(version_id)s
"""
_COUNT = """
update document_versions
set pages_done = (select count(*) from pages where document_version_id = %(version_id)s)
where id = %(version_id)s
"""
DROP = """
with dropped as (delete from chunks where document_version_id = %(version_id)s),
     forgotten as (delete from lexeme_postings where document_version_id = %(version_id)s),
     unmasked as (delete from personal_data where document_version_id = %(version_id)s)
delete from pages where document_version_id = %(version_id)s
"""
