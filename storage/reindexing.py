"""Versions that are indexed again, because an earlier generation of the copilot indexed them.

What a version holds is replaced in one transaction, so it answers from the earlier index until the
new one is whole. The version keeps its id, its number and its history.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple
from uuid import UUID

from psycopg.rows import class_row
from sqlalchemy import text

from core.principal import Principal
from storage.chunks import Batch, store_batch
from storage.database import Database
from storage.documents import COST_PER_PAGE, ReadingNote, to_json
from storage.filings import FilingFacts
from storage.indexing import DROP, GENERATION
from storage.jobs import NewJob, Priority, Queue, defer
from storage.personal_data import MaskedRow, PersonalDataRepository

REINDEX_VERSION = "reindex_version"
"""The job that indexes a version again."""


@dataclass(frozen=True)
class OutdatedVersion:
    """A version of an earlier generation."""

    id: UUID
    document_id: UUID
    page_count: int


class Left(NamedTuple):
    """What is still to be done of an organization's jobs."""

    versions: int
    pages: int


@dataclass(frozen=True)
class WholeVersion:
    """All that a version is to hold."""

    facts: FilingFacts
    batches: Sequence[Batch]
    personal: Sequence[MaskedRow]
    empty_pages: Sequence[int]
    """Numbers of the pages that hold no text."""
    notes: Sequence[ReadingNote] = ()
    """Of the pages that were read with doubt."""


class Reindexing:
    """Every call is one transaction, bound to an organization or to a principal of it."""

    def __init__(self, database: Database, personal: PersonalDataRepository) -> None:
        self._database = database
        self._personal = personal

    async def outdated(self, organization_id: UUID) -> list[OutdatedVersion]:
        """Current and superseded versions of an earlier generation, others' private ones too."""
        async with self._database.psycopg_transaction(organization_id) as connection:
            cursor = connection.cursor(row_factory=class_row(OutdatedVersion))
            await cursor.execute(_OUTDATED, (GENERATION,))
            return await cursor.fetchall()

    async def mark(
        self, principal: Principal, document_ids: Sequence[UUID]
    ) -> list[OutdatedVersion]:
        """Count all versions of documents as outdated, whatever indexed them."""
        async with self._database.psycopg_transaction(principal) as connection:
            cursor = connection.cursor(row_factory=class_row(OutdatedVersion))
            await cursor.execute(_MARK, (list(document_ids),))
            return await cursor.fetchall()

    async def queue(self, organization_id: UUID, versions: Sequence[OutdatedVersion]) -> None:
        """A version that waits already isn't queued twice."""
        async with self._database.transaction(organization_id) as connection:
            for version in versions:
                await defer(connection, organization_id, _job(version))

    async def left(self, organization_id: UUID) -> Left:
        """How much of what was queued isn't done."""
        async with self._database.transaction(organization_id) as connection:
            versions, pages = (await connection.execute(text(_LEFT))).one()
        return Left(versions, pages)

    async def begin(self, principal: Principal, version_id: UUID) -> bool:
        """Returns: False if there is nothing to do: it isn't outdated, or is gone."""
        return await self._update(principal, _BEGIN, (version_id, GENERATION))

    async def progress(self, principal: Principal, version_id: UUID, pages: int) -> bool:
        """Returns: False if there is nothing to do any more."""
        return await self._update(principal, _PROGRESS, (pages, version_id, GENERATION))

    async def fail(self, principal: Principal, version_id: UUID, failure: str) -> None:
        """Say why a version stays as it was indexed earlier."""
        await self._update(principal, _FAIL, (failure, version_id, GENERATION))

    async def replace(
        self, principal: Principal, document_id: UUID, version_id: UUID, whole: WholeVersion
    ) -> bool:
        """Let a version answer from what was read now.

        Returns: False if nothing was to be done any more.
        """
        organization_id = principal.organization_id
        owner = (organization_id, document_id, version_id)
        async with self._database.psycopg_transaction(principal) as connection:
            await connection.execute(_LOCK_DOCUMENT, (document_id,))
            locked = await connection.execute(_LOCK, (version_id, GENERATION))
            if await locked.fetchone() is None:
                return False
            await connection.execute(DROP, {"version_id": version_id})
            for batch in whole.batches:
                await store_batch(connection, owner, batch)
            await self._personal.store(connection, organization_id, version_id, whole.personal)
            values = {
                "version_id": version_id,
                "generation": GENERATION,
                "empty": list(whole.empty_pages),
                "notes": to_json(whole.notes),
                "chunks": sum(len(batch.chunks) for batch in whole.batches),
            }
            await connection.execute(_FINISH, values | asdict(whole.facts))
        return True

    async def _update(
        self, principal: Principal, statement: str, values: tuple[object, ...]
    ) -> bool:
        async with self._database.psycopg_transaction(principal) as connection:
            return (await connection.execute(statement, values)).rowcount > 0


def _job(version: OutdatedVersion) -> NewJob:
    """One a version; nobody waits for it as for an upload."""
    return NewJob(
        REINDEX_VERSION,
        {"version_id": str(version.id)},
        lock=str(version.id),
        queue=Queue.INDEXING,
        priority=Priority.BULK,
        once=True,
        cost=1 + COST_PER_PAGE * version.page_count,
    )


_OUTDATED = "select id, document_id, page_count from outdated_versions(%s)"
_IS_OUTDATED = "status in ('current', 'superseded') and index_generation < %s"
_MARK = """
update document_versions set index_generation = 0
where document_id = any(%s) and status in ('current', 'superseded')
returning id, document_id, page_count
"""
_LEFT = f"""
select count(*), coalesce(sum(greatest(v.page_count - v.pages_reindexed, 0)), 0)
from procrastinate_jobs j
     left join document_versions v on v.id = (j.args ->> 'version_id')::uuid
where j.task_name = '{REINDEX_VERSION}' and j.status in ('todo', 'doing')
  and j.args ->> 'organization_id' = current_setting('app.organization_id')
"""  # noqa: S608  # our own words
_BEGIN = f"""
update document_versions set pages_reindexed = 0, reindex_failure = null
where id = %s and {_IS_OUTDATED}
"""  # noqa: S608  # our own words
_PROGRESS = f"""
update document_versions set pages_reindexed = %s where id = %s and {_IS_OUTDATED}
"""  # noqa: S608  # our own words
_FAIL = f"""
update document_versions set reindex_failure = %s where id = %s and {_IS_OUTDATED}
"""  # noqa: S608  # our own words
# The document first, as those do who publish a version: no two wait for each other.
_LOCK_DOCUMENT = "select id from documents where id = %s for no key update"
_LOCK = f"select id from document_versions where id = %s and {_IS_OUTDATED} for no key update"  # noqa: S608  # our own words
_FINISH = """
update document_versions
set index_generation = %(generation)s, pages_reindexed = 0, reindex_failure = null,
    image_only_pages = %(empty)s, reading_notes = %(notes)s::jsonb,
    chunk_count = %(chunks)s, company = %(company)s,
    ticker = %(ticker)s, form = %(form)s, fiscal_year = %(fiscal_year)s,
    fiscal_quarter = %(fiscal_quarter)s, period_end = %(period_end)s
where id = %(version_id)s
"""
