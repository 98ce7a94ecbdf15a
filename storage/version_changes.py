"""What happens to a version, on a transaction that others' repositories have open."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.indexing import DROP
from storage.notifications import announce


async def lock_document_of(connection: AsyncConnection, version_id: UUID) -> None:
    """Until the transaction ends, versions of the document are accepted and change one by one."""
    await connection.execute(text(_LOCK), {"version_id": version_id})


async def end_pending(
    connection: AsyncConnection, version_id: UUID, status: str, failure: str | None = None
) -> bool:
    """Give a pending version up, with what was made of it.

    Returns: whether it was pending.
    """
    values = {"version_id": version_id, "status": status, "failure": failure}
    if not (await connection.execute(text(_END), values)).rowcount:
        return False
    await connection.execute(text(DROP.replace("%(version_id)s", ":version_id")), values)
    await announce(connection, version_id)
    return True


async def finish(connection: AsyncConnection, facts: Mapping[str, object]) -> bool:
    """Make a pending version a superseded one, which is all that it is if a newer one has come.

    Args:
        connection: with the document locked.
        facts: values of the columns, `version_id`, and as `attempt` when the attempt began that
            this ends, or None.

    Returns: whether it is to become the current one.
    """
    newest = (await connection.execute(text(_FINISH), facts)).scalar_one_or_none()
    await announce(connection, UUID(str(facts["version_id"])))
    return bool(newest)


async def reopen(connection: AsyncConnection, version_id: UUID) -> bool:
    """Make a failed or cancelled version pending again, or let it be; the document is locked.

    Returns: False if newer bytes have taken its place.
    """
    reopened = await connection.execute(text(_REOPEN), {"version_id": version_id})
    await announce(connection, version_id)
    return reopened.rowcount > 0


async def make_current(connection: AsyncConnection, version_id: UUID) -> None:
    """Let a superseded version answer from now on; the document is locked."""
    await connection.execute(text(_SUPERSEDE), {"version_id": version_id})
    await connection.execute(text(_MAKE_CURRENT), {"version_id": version_id})


_LOCK = """
select id from documents
where id = (select document_id from document_versions where id = :version_id) for update
"""
_END = """
update document_versions
set status = :status, failure = :failure, pages_done = 0, pages_before = 0
where id = :version_id and status = 'pending'
"""
_FINISH = """
update document_versions
set status = 'superseded', indexed_at = now(), failure = null, image_only_pages = :pages,
    reading_notes = cast(:notes as jsonb),
    company = :company, ticker = :ticker, form = :form, fiscal_year = :fiscal_year,
    fiscal_quarter = :fiscal_quarter, period_end = :period_end,
    chunk_count = (select count(*) from chunks where document_version_id = :version_id)
where id = :version_id and status = 'pending'
  and (cast(:attempt as timestamptz) is null or started_at = :attempt)
returning not exists (
    select from document_versions as newer
    where newer.document_id = document_versions.document_id
      and newer.number > document_versions.number and newer.status in ('current', 'superseded')
)
"""
# Without the time of its begin, an attempt that still runs has no say any more.
_REOPEN = """
update document_versions set status = 'pending', failure = null, started_at = null
where id = :version_id and status in ('pending', 'failed', 'cancelled') and not exists (
    select from document_versions as newer
    where newer.document_id = document_versions.document_id
      and newer.number > document_versions.number
      and newer.status in ('pending', 'current', 'superseded')
)
"""
_SUPERSEDE = """
update document_versions set status = 'superseded'
where status = 'current' and id <> :version_id
  and document_id = (select document_id from document_versions where id = :version_id)
"""
_MAKE_CURRENT = """
with made as (
    update document_versions set status = 'current' where id = :version_id
    returning organization_id, document_id, id
)
insert into publications (organization_id, document_id, document_version_id)
select organization_id, document_id, id from made
"""
