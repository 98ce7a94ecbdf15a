"""Jobs as their organization sees them: watched, cancelled, tried again, dropped."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from core.errors import ConflictError, NotFoundError
from core.principal import Permission, Principal
from storage.database import Database
from storage.documents import INDEX_VERSION, VersionStatus, indexing
from storage.job_status import Indexing, Job, JobStatus
from storage.jobs import NewJob, Priority, Queue, defer
from storage.outbox import EventType, publish_version
from storage.version_changes import end_pending, lock_document_of, reopen

DROPPED = "Its indexing was given up. Upload the file again, or retry the job."
MAX_LISTED = 1000


class JobAdministration:
    """Every call is one transaction, bound to a principal.

    An upload's job has the id of its version and is seen by who sees the version, if they may
    upload; every other job takes `manage:jobs`. Methods raise NotFoundError of all others.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def job(self, principal: Principal, job_id: UUID) -> Job:
        """Raises: NotFoundError."""
        async with self._database.transaction(principal) as connection:
            return await _job(connection, principal, job_id)

    async def jobs(self, principal: Principal, status: JobStatus) -> list[Job]:
        """The first MAX_LISTED that wait, run or are dead, in the order of their turns."""
        principal.require(Permission.MANAGE_JOBS)
        values = {"status": _QUEUE_STATUS[status], "limit": MAX_LISTED}
        async with self._database.transaction(principal) as connection:
            rows = await connection.execute(text(_LIST), values)
            return [_to_job(row) for row in rows.mappings()]

    async def cancel(self, principal: Principal, job_id: UUID) -> Job:
        """Stop an upload's indexing, and forget what was made of it; the bytes stay.

        Raises:
            ConflictError: it has ended, or isn't an upload's.
        """
        async with self._database.transaction(principal) as connection:
            job = await _job(connection, principal, job_id)
            if not await end_pending(connection, job_id, VersionStatus.CANCELLED):
                raise ConflictError(
                    f"Only an upload's job that isn't over is cancelled: {_is(job)}"
                )
            await connection.execute(text(_FORGET), {"job_id": str(job_id)})
            return await _job(connection, principal, job_id)

    async def retry(self, principal: Principal, job_id: UUID) -> Job:
        """Queue a failed, cancelled or dead job again, with all of its attempts before it.

        Raises:
            ConflictError: it is none of these, or newer bytes have taken the version's place.
        """
        async with self._database.transaction(principal) as connection:
            await lock_document_of(connection, job_id)
            job = await _job(connection, principal, job_id)
            if job.status not in (JobStatus.FAILED, JobStatus.CANCELLED, JobStatus.DEAD):
                raise ConflictError(f"Only what ended without success is retried: {_is(job)}")
            again = await _again(connection, job)
            await connection.execute(text(_FORGET), {"job_id": str(job_id)})
            await defer(connection, principal.organization_id, again)
            if again.once:  # if an equal one waited already, this has gone into it
                return replace(job, queue_status="todo", attempts=0, run_at=None)
            return await _job(connection, principal, job_id)

    async def drop(self, principal: Principal, job_id: UUID) -> None:
        """Forget a dead job; the version of an upload's fails, and says why.

        Raises:
            ConflictError: it isn't dead.
        """
        principal.require(Permission.MANAGE_JOBS)
        async with self._database.transaction(principal) as connection:
            job = await _job(connection, principal, job_id)
            if job.status is not JobStatus.DEAD:
                raise ConflictError(f"Only a dead job is dropped: {_is(job)}")
            if await end_pending(connection, job_id, VersionStatus.FAILED, DROPPED):
                await publish_version(connection, principal, EventType.DOCUMENT_FAILED, job_id)
            await connection.execute(text(_FORGET), {"job_id": str(job_id)})


async def _job(connection: AsyncConnection, principal: Principal, job_id: UUID) -> Job:
    values = {"job_id": job_id, "text": str(job_id)}
    row = (await connection.execute(text(_FIND), values)).mappings().first()
    job = _to_job(row) if row else None
    if job is None or not (job.indexing or principal.may(Permission.MANAGE_JOBS)):
        raise NotFoundError(f"No such job: {job_id}. An upload's answer names its own.")
    return job


async def _again(connection: AsyncConnection, job: Job) -> NewJob:
    """What a job was deferred as; its version is pending again."""
    if job.indexing is None:
        row = (await connection.execute(text(_DEFERRED), {"job_id": str(job.id)})).mappings().one()
        return _as_deferred(row)
    if not await reopen(connection, job.id):
        raise ConflictError(
            "A newer version of this document has taken its place. Upload the file again to make "
            "it the newest."
        )
    return indexing(job.indexing.document_id, job.id, job.indexing.page_count)


def _as_deferred(row: RowMapping) -> NewJob:
    own = ("organization_id", "job_id")
    return NewJob(
        row["task_name"],
        {name: value for name, value in row["args"].items() if name not in own},
        lock=row["lock"],
        queue=Queue(row["queue_name"]),
        priority=Priority.BULK if row["priority"] <= Priority.BULK else Priority.NORMAL,
        once=row["queueing_lock"] is not None,
        job_id=UUID(row["args"]["job_id"]),
    )


def _is(job: Job) -> str:
    return f"this one is {job.status}. GET /jobs/{job.id} tells more."


def _to_job(row: RowMapping) -> Job:
    own = {name: row[name] for name in ("queue_status", "run_at", "now")}
    seen = None
    if row["document_id"] is not None:
        values = {name: row[name] for name in _INDEXING_FIELDS}
        seen = Indexing(**values | {"status": VersionStatus(row["version_status"])})
    return Job(row["id"], row["task"], attempts=row["attempts"] or 0, indexing=seen, **own)


_INDEXING_FIELDS: Sequence[str] = (
    "document_id", "document", "version", "page_count", "pages_done", "pages_before", "started_at",
    "indexed_at", "failure",
)  # fmt: skip
_QUEUE_STATUS = {JobStatus.QUEUED: "todo", JobStatus.RUNNING: "doing", JobStatus.DEAD: "failed"}
_COLUMNS = """
    j.status::text as queue_status, j.attempts, j.scheduled_at as run_at, clock_timestamp() as now,
    v.document_id, d.name as document, v.number as version, v.status as version_status,
    v.page_count, v.pages_done, v.pages_before, v.started_at, v.indexed_at, v.failure
"""
_VERSIONS = "document_versions v join documents d on d.id = v.document_id"
# One that was cancelled and retried while it ran has two rows for a while: the newer one counts.
_FIND = f"""
select asked.id, case when v.id is null then j.task_name else '{INDEX_VERSION}' end as task,
       {_COLUMNS}
from (select cast(:job_id as uuid) as id) asked
     left join ({_VERSIONS}) on v.id = asked.id
     left join procrastinate_jobs j on j.args ->> 'job_id' = :text
where v.id is not null or j.id is not null
order by j.id desc limit 1
"""  # noqa: S608  # our own words
_LIST = f"""
select (j.args ->> 'job_id')::uuid as id, j.task_name as task, {_COLUMNS}
from procrastinate_jobs j
     left join ({_VERSIONS}) on v.id = (j.args ->> 'version_id')::uuid
        and j.task_name = '{INDEX_VERSION}'
where j.status = cast(:status as procrastinate_job_status) and j.args ? 'job_id'
order by j.priority desc, j.id limit :limit
"""  # noqa: S608  # our own words
_FORGET = """
delete from procrastinate_jobs where args ->> 'job_id' = :job_id and status in ('todo', 'failed')
"""
_DEFERRED = """
select task_name, args, lock, queue_name, priority, queueing_lock
from procrastinate_jobs where args ->> 'job_id' = :job_id and status = 'failed'
order by id desc limit 1
"""
