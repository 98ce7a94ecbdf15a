"""Runs: each is one question's way to its answer, told as numbered events.

Whoever carries a run out holds a lease on it and writes under the number of its attempt. Once the
lease has run out somebody else takes the run over with the next number, and what the first one
still writes is refused: no run is without an end, and none is told by two.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from core.errors import ConflictError, NotFoundError, TooManyRequestsError
from core.principal import Permission, Principal
from storage.database import Database
from storage.jobs import NewJob, defer
from storage.notifications import announce
from storage.outbox import EventType, publish
from storage.run_events import StoredEvent, events_after, insert_events, last_event_number
from storage.threads import create_thread, own_thread, use_thread

CARRY_OUT = "carry_out_run"
"""The job that takes a run over if nobody holds it any more."""
LEASE_SECONDS = 15
RENEWED_EVERY_SECONDS = 5.0
BUSY = "Another run of this thread goes on: wait for its end, cancel it, or ask in a new thread."
NAME_CHARACTERS = 80
"""Of its first question, that a thread is called by until somebody renames it."""


class RunStatus(StrEnum):
    """Where a run stands."""

    QUEUED = "queued"
    """Another run of its thread goes on."""
    RUNNING = "running"
    """Somebody holds it."""
    AWAITING_APPROVAL = "awaiting_approval"
    """A person has to decide; then it goes on."""
    ANSWERED = "answered"
    """Its last event is the answer."""
    FAILED = "failed"
    """Its last event says why."""
    CANCELLED = "cancelled"
    """Somebody didn't want the answer any more."""


@dataclass(frozen=True)
class Run:
    """A row."""

    id: UUID
    thread_id: UUID
    organization_id: UUID
    subject: str
    permissions: frozenset[Permission]
    """Those of who asked, when they did."""
    status: RunStatus
    question: dict[str, Any]
    """Masked."""
    attempt: int
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None

    @property
    def principal(self) -> Principal:
        """On whose behalf it runs."""
        return Principal(self.subject, self.organization_id, self.permissions)


class TakenOverError(Exception):
    """Somebody else holds the run, or it was cancelled: whoever carries it out stops."""


class RunRepository:
    """Every call is one transaction, bound to the principal's organization."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open(
        self,
        principal: Principal,
        question: Mapping[str, Any],
        thread_id: UUID | None,
        *,
        may_wait: bool,
        at_once: int | None = None,
    ) -> Run:
        """Accept a question: from now on it has an end, whatever dies.

        Args:
            principal: who asks.
            question: masked.
            thread_id: the conversation; None begins one.
            may_wait: whether it may be queued behind another run of the thread.
            at_once: how many unfinished runs the organization may have; None for any number.

        Raises:
            NotFoundError: no such thread of the principal's.
            ConflictError: another run of the thread goes on, or waits for an approval.
            TooManyRequestsError: the organization has too many.
        """
        async with self._database.transaction(principal) as connection:
            if at_once is not None:
                await _refuse_too_many(connection, at_once)
            asked, others = dict(question), set[str]()
            if thread_id is None:
                name = str(asked["question"])[:NAME_CHARACTERS]
                thread_id = await create_thread(connection, principal, name)
            else:
                about = await use_thread(connection, principal, thread_id)
                asked["document_ids"] = asked.get("document_ids") or about
                others = await _unfinished(connection, thread_id)
            await _refuse_busy(connection, thread_id, others, may_wait=may_wait)
            status = RunStatus.QUEUED if others else RunStatus.RUNNING
            values = {
                "organization_id": principal.organization_id,
                "thread_id": thread_id,
                "subject": principal.subject,
                "permissions": sorted(principal.permissions),
                "status": status,
                "question": json.dumps(asked, default=str),
                "lease": LEASE_SECONDS,
            }
            row = (await connection.execute(text(_INSERT), values)).mappings().one()
            await _watch_over(connection, row)
            return _to_run(row)

    async def check(
        self,
        principal: Principal,
        thread_id: UUID | None,
        *,
        may_wait: bool,
        at_once: int | None = None,
    ) -> None:
        """Raise what `open` would raise, and change nothing.

        Raises:
            NotFoundError, ConflictError, TooManyRequestsError: as `open`.
        """
        async with self._database.transaction(principal) as connection:
            if at_once is not None:
                await _refuse_too_many(connection, at_once)
            if thread_id is not None:
                await own_thread(connection, principal, thread_id)
                others = await _unfinished(connection, thread_id)
                await _refuse_busy(connection, thread_id, others, may_wait=may_wait)

    async def get(self, principal: Principal, run_id: UUID) -> Run:
        """Raises: NotFoundError: there is none, or it is another's; the answer is the same."""
        async with self._database.transaction(principal) as connection:
            return await _own(connection, principal, run_id)

    async def asker(self, organization_id: UUID, run_id: UUID) -> Principal:
        """Find who asked a run's question, a person or an API key. For operators' commands.

        Raises:
            NotFoundError: the organization has no such run.
        """
        async with self._database.transaction(organization_id) as connection:
            rows = await connection.execute(text(f"{_SELECT} where id = :id"), {"id": run_id})
            row = rows.mappings().first()
        if row is None:
            raise NotFoundError(f"No such run: {run_id}.")
        return _to_run(row).principal

    async def of_thread(self, principal: Principal, thread_id: UUID) -> list[Run]:
        """Oldest first.

        Raises:
            NotFoundError: no such thread of the principal's.
        """
        query = text(f"{_SELECT} where thread_id = :thread_id and subject = :subject order by id")
        values = {"thread_id": thread_id, "subject": principal.subject}
        async with self._database.transaction(principal) as connection:
            await own_thread(connection, principal, thread_id)
            rows = await connection.execute(query, values)
            return [_to_run(row) for row in rows.mappings()]

    async def events(
        self, principal: Principal, run_id: UUID, after: int
    ) -> tuple[RunStatus, list[StoredEvent]]:
        """Where a run stands, and what it told after a number.

        Raises:
            NotFoundError: as `get`.
        """
        async with self._database.transaction(principal) as connection:
            # The status first: of a run that has ended, all events are there to read.
            run = await _own(connection, principal, run_id)
            return run.status, await events_after(connection, run_id, after)

    async def take(self, organization_id: UUID, run_id: UUID) -> Run | None:
        """Take over a run that nobody holds any more; somebody who holds it is looked after again.

        Returns: the run, or None if it has ended or is held.
        """
        async with self._database.transaction(organization_id) as connection:
            row = (await connection.execute(text(_TAKE_ROW), {"id": run_id})).mappings().first()
            if row is None or row["status"] not in (RunStatus.RUNNING, RunStatus.QUEUED):
                return None
            if not row["is_free"]:
                await _watch_over(connection, row)
                return None
            return await _take(connection, run_id)

    async def reopen(self, run: Run) -> Run:
        """Go on with a run that broke off after a decision; the caller holds it."""
        async with self._database.transaction(run.organization_id) as connection:
            return await reopen_run(connection, run.id)

    async def renew(self, run: Run) -> None:
        """Raises: TakenOverError."""
        values = {"id": run.id, "attempt": run.attempt, "lease": LEASE_SECONDS}
        async with self._database.transaction(run.organization_id) as connection:
            renewed = await connection.execute(text(_RENEW), values)
        if renewed.rowcount == 0:
            raise TakenOverError

    async def append(self, run: Run, events: Sequence[StoredEvent]) -> None:
        """Raises: TakenOverError."""
        async with self._database.transaction(run.organization_id) as connection:
            await append_events(connection, run, events)

    async def last_number(self, run: Run) -> int:
        async with self._database.transaction(run.organization_id) as connection:
            return await last_event_number(connection, run.id)

    async def end(
        self, run: Run, status: RunStatus, events: Sequence[StoredEvent] = ()
    ) -> Run | None:
        """Write a run's last events and its outcome.

        Returns: the thread's next run, which the caller holds from now on.

        Raises:
            TakenOverError: nothing was written.
        """
        async with self._database.transaction(run.organization_id) as connection:
            await append_events(connection, run, events)
            return await close_run(connection, run, status)

    async def cancel(self, principal: Principal, run_id: UUID) -> Run | None:
        """End a run that waits or goes on, and wake whoever carries it out.

        Returns: the thread's next run, which the caller holds from now on.

        Raises:
            NotFoundError: as `get`.
            ConflictError: it has ended, or waits for an approval.
        """
        async with self._database.transaction(principal) as connection:
            run = await _own(connection, principal, run_id, lock=True)
            if run.status not in (RunStatus.RUNNING, RunStatus.QUEUED):
                raise ConflictError(
                    f"This run is {run.status}: only one that is queued or running can be "
                    "cancelled. What waits for an approval is ended by rejecting it."
                )
            number = await last_event_number(connection, run.id) + 1
            await insert_events(
                connection, run.organization_id, run.id, [StoredEvent(number, "cancelled", "{}")]
            )
            await announce(connection, run.thread_id)
            return await close_run(connection, run, RunStatus.CANCELLED)


async def append_events(
    connection: AsyncConnection, run: Run, events: Sequence[StoredEvent]
) -> None:
    """In a transaction in which more is written. Raises: TakenOverError."""
    values = {"id": run.id, "attempt": run.attempt}
    if (await connection.execute(text(_MINE), values)).first() is None:
        raise TakenOverError
    if events:
        await insert_events(connection, run.organization_id, run.id, events)
        await announce(connection, run.id)


async def close_run(connection: AsyncConnection, run: Run, status: RunStatus) -> Run | None:
    """Set a run's outcome and go on with the thread's next one, if there is any."""
    values = {"id": run.id, "status": status, "thread_id": run.thread_id}
    await connection.execute(text(_CLOSE), values)
    await connection.execute(text(_FORGET_JOB), {"id": str(run.id)})
    await announce(connection, run.id)
    if status is RunStatus.AWAITING_APPROVAL:
        return None
    if status is not RunStatus.CANCELLED:
        told = EventType.RUN_FAILED if status is RunStatus.FAILED else EventType.RUN_COMPLETED
        data = {"run_id": run.id, "thread_id": run.thread_id, "status": status}
        await publish(connection, run.organization_id, told, data)
    next_id = (await connection.execute(text(_NEXT), values)).scalar_one_or_none()
    return None if next_id is None else await _take(connection, next_id)


async def reopen_run(connection: AsyncConnection, run_id: UUID) -> Run:
    """Go on with a run that waited for an approval, or broke off after one."""
    return await _take(connection, run_id)


async def _take(connection: AsyncConnection, run_id: UUID) -> Run:
    values = {"id": run_id, "lease": LEASE_SECONDS}
    row = (await connection.execute(text(_TAKE), values)).mappings().one()
    await _watch_over(connection, row)
    await announce(connection, run_id)
    return _to_run(row)


async def _watch_over(connection: AsyncConnection, row: RowMapping) -> None:
    """Have a worker look at the run once its lease is over."""
    run_id = row["id"]
    job = NewJob(
        CARRY_OUT,
        {"run_id": str(run_id)},
        lock=f"run/{run_id}",
        once=True,
        run_at=row["look_again_at"],
        job_id=run_id,
    )
    await defer(connection, row["organization_id"], job)


async def _own(
    connection: AsyncConnection, principal: Principal, run_id: UUID, *, lock: bool = False
) -> Run:
    query = f"{_SELECT} where id = :id and subject = :subject" + (" for update" if lock else "")
    values = {"id": run_id, "subject": principal.subject}
    row = (await connection.execute(text(query), values)).mappings().first()
    if row is None:
        raise NotFoundError(f"No such run: {run_id}.")
    return _to_run(row)


async def _unfinished(connection: AsyncConnection, thread_id: UUID) -> set[str]:
    rows = await connection.execute(text(_UNFINISHED), {"thread_id": thread_id})
    return set(rows.scalars())


async def _refuse_busy(
    connection: AsyncConnection, thread_id: UUID, others: set[str], *, may_wait: bool
) -> None:
    if RunStatus.AWAITING_APPROVAL in others:
        raise await _waits_for_approval(connection, thread_id)
    if others and not may_wait:
        raise ConflictError(BUSY)


async def _waits_for_approval(connection: AsyncConnection, thread_id: UUID) -> ConflictError:
    rows = await connection.execute(text(_WAITING), {"thread_id": thread_id})
    return ConflictError(
        "This thread waits for an approval: answer it, or ask in a new thread.",
        approvals=[dict(row) for row in rows.mappings()],
    )


async def _refuse_too_many(connection: AsyncConnection, at_once: int) -> None:
    count = (await connection.execute(text(_COUNT))).scalar_one()
    if count >= at_once:
        raise TooManyRequestsError(
            f"Your organization has {count} runs under way, and may have {at_once}. Try again "
            "when one has ended.",
            retry_after_seconds=5,
        )


def _to_run(row: RowMapping) -> Run:
    return Run(
        row["id"],
        row["thread_id"],
        row["organization_id"],
        row["subject"],
        frozenset(map(Permission, row["permissions"])),
        RunStatus(row["status"]),
        row["question"],
        row["attempt"],
        row["created_at"],
        row["started_at"],
        row["ended_at"],
    )


_LOOK_AGAIN = "coalesce(lease_until, now() + interval '15 seconds') as look_again_at"
_SELECT = f"select *, {_LOOK_AGAIN} from runs"  # noqa: S608  # our own words
_INSERT = f"""
insert into runs (organization_id, thread_id, subject, permissions, status, question, attempt,
    lease_until, started_at)
select :organization_id, :thread_id, :subject, cast(:permissions as text[]), status,
    cast(:question as jsonb), case status when 'running' then 1 else 0 end,
    case status when 'running' then now() + make_interval(secs => :lease) end,
    case status when 'running' then now() end
from (select cast(:status as text) as status) as given
returning *, {_LOOK_AGAIN}
"""  # noqa: S608  # our own words
_TAKE_ROW = f"""
select *, {_LOOK_AGAIN},
    coalesce(lease_until, created_at) < now() and not exists (
        select from runs as other where other.thread_id = runs.thread_id and other.id <> runs.id
            and (other.status in ('running', 'awaiting_approval')
                 or other.status = 'queued' and other.id < runs.id)
    ) as is_free
from runs where id = :id for update
"""  # noqa: S608  # our own words
_TAKE = f"""
update runs set status = 'running', attempt = attempt + 1, ended_at = null,
    started_at = coalesce(started_at, now()),
    lease_until = now() + make_interval(secs => :lease)
where id = :id
returning *, {_LOOK_AGAIN}
"""  # noqa: S608  # our own words
_RENEW = """
update runs set lease_until = now() + make_interval(secs => :lease)
where id = :id and attempt = :attempt and status = 'running'
"""
_MINE = """
select 1 from runs where id = :id and attempt = :attempt and status = 'running' for share
"""
_CLOSE = "update runs set status = :status, ended_at = now(), lease_until = null where id = :id"
_FORGET_JOB = """
delete from procrastinate_jobs where args ->> 'job_id' = :id and status = 'todo'
"""
_NEXT = """
select id from runs where thread_id = :thread_id and status = 'queued' and not exists (
    select from runs where thread_id = :thread_id and status in ('running', 'awaiting_approval'))
order by id limit 1 for update skip locked
"""
_UNFINISHED = """
select status from runs
where thread_id = :thread_id and status in ('queued', 'running', 'awaiting_approval')
"""
_WAITING = """
select id::text, '/approvals/' || id as path, call_id, tool, arguments, payload, tainted, step
from approvals
where thread_id = :thread_id and status = 'pending' order by created_at, id
"""
_COUNT = "select count(*) from runs where status in ('queued', 'running')"
