"""How long an organization keeps what, and what is due to go."""

from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from core.principal import Principal
from storage.database import Database
from storage.deletion import delete_documents, delete_versions
from storage.organizations import all_organizations

APPLY_RETENTION = "apply_retention"
"""The job that deletes what is due, in every organization."""
EVERY_HOUR = "17 * * * *"


@dataclass(frozen=True)
class Periods:
    """In days; None keeps for ever."""

    documents_days: int | None = None
    """After a document's newest upload."""
    superseded_days: int | None = None
    """After the upload of a version that isn't current any more, or never was."""
    threads_days: int | None = None
    """After a thread's last question."""


@dataclass(frozen=True)
class Expired:
    """How much went in an organization."""

    organization_id: UUID
    documents: int = 0
    versions: int = 0
    threads: int = 0

    def __bool__(self) -> bool:
        return self.documents + self.versions + self.threads > 0


class Retention:
    """Every call is one transaction, bound to one organization, but for the job's."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def periods(self, organization_id: UUID) -> Periods:
        async with self._database.transaction(organization_id) as connection:
            return await _periods(connection)

    async def keep(self, organization_id: UUID, periods: Periods) -> None:
        """Let these periods count from now on."""
        values = {"organization_id": organization_id} | asdict(periods)
        async with self._database.transaction(organization_id) as connection:
            await connection.execute(text(_KEEP), values)

    async def apply(self) -> AsyncIterator[Expired]:
        """Delete what is due; yields what went, organization by organization."""
        for organization_id in await all_organizations(self._database):
            async with self._database.transaction(organization_id) as connection:
                periods = await _periods(connection)
                threads = await connection.execute(
                    text(_DELETE_THREADS), {"days": periods.threads_days}
                )
                await connection.execute(text(_FORGET_TOKENS))
                owners = (await connection.execute(text(_PRIVATE_OWNERS))).scalars().all()
            documents = versions = 0
            for owner in ("", *owners):  # nobody but an owner sees the private ones
                gone = await self._expire(organization_id, owner, periods)
                documents, versions = documents + gone[0], versions + gone[1]
            yield Expired(organization_id, documents, versions, threads.rowcount)

    async def _expire(self, organization_id: UUID, owner: str, periods: Periods) -> tuple[int, int]:
        principal = Principal(owner, organization_id, frozenset())
        async with self._database.transaction(principal) as connection:
            due = await connection.execute(text(_DUE), {"days": periods.documents_days})
            documents = await delete_documents(connection, organization_id, due.scalars().all())
            due = await connection.execute(text(_DUE_VERSIONS), {"days": periods.superseded_days})
            versions = await delete_versions(connection, organization_id, due.scalars().all())
        return documents.documents + versions.documents, documents.versions + versions.versions


async def _periods(connection: AsyncConnection) -> Periods:
    row = (await connection.execute(text(_PERIODS))).mappings().one_or_none()
    return Periods(**row) if row else Periods()


_PERIODS = "select documents_days, superseded_days, threads_days from retention_periods"
_KEEP = """
insert into retention_periods (organization_id, documents_days, superseded_days, threads_days)
values (:organization_id, :documents_days, :superseded_days, :threads_days)
on conflict (organization_id) do update
    set documents_days = excluded.documents_days, superseded_days = excluded.superseded_days,
        threads_days = excluded.threads_days
"""
# Of no period, no time is earlier than null.
_DELETE_THREADS = "delete from threads where last_used_at < now() - make_interval(days => :days)"
# Nobody reads them again piece by piece: the answer is another event.
_FORGET_TOKENS = """
delete from run_events using runs
where run_id = runs.id and event = 'token' and runs.ended_at < now() - interval '1 hour'
"""
_PRIVATE_OWNERS = "select distinct private_to from private_ids"
_DUE = """
select document_id from document_versions group by document_id
having max(created_at) < now() - make_interval(days => :days)
"""
# Locked: one that is being restored isn't due any more.
_DUE_VERSIONS = """
select id from document_versions
where status in ('superseded', 'failed', 'cancelled')
  and created_at < now() - make_interval(days => :days)
for update
"""
