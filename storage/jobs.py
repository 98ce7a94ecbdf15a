"""The job queue, on procrastinate: a job is deferred in the transaction it follows from."""

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any, cast
from uuid import UUID, uuid4

import procrastinate
from procrastinate.job_context import JobContext
from procrastinate.jobs import DeleteJobCondition, Job, Status
from procrastinate.worker import Worker
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database

HEARTBEAT_SECONDS = 2.0
STALLED_AFTER_SECONDS = 10.0
"""A worker without a heartbeat for so long is dead, and its job goes to another."""

RESTART_SECONDS = 2.0
END_AGAIN_SECONDS = 0.5
POLLING_SECONDS = 2.0
"""How late a job may be found whose notification was lost, or whose time has come."""
DRAIN_SECONDS = 10.0
"""What a worker that is told to stop gives its jobs to end; after that others go on with them."""

ATTEMPTS = 24
"""After which a job is dead: an admin lists it, and retries or drops it. About an hour and a half
with the waits between."""
LONGEST_WAIT_SECONDS = 300
"""Between two attempts."""
JITTER = 0.25
"""Of a wait, at most, so that what failed together doesn't come back together."""

logger = logging.getLogger(__name__)


class Queue(StrEnum):
    """Jobs of one queue wait for each other, and not for those of another."""

    DEFAULT = "default"
    """Short, or waiting for others' answers: many at once."""
    INDEXING = "indexing"
    """Takes the processor: a few at once in a process, see COPILOT_INDEXING_AT_ONCE."""
    WEBHOOKS = "webhooks"
    """Waits for servers of others, which may take their time: nothing else waits for them."""


CONCURRENCY = {Queue.DEFAULT: 20, Queue.INDEXING: 1, Queue.WEBHOOKS: 20}
COSTS_PER_SECOND = 10
"""Costs are in tenths of a second that a job holds its slot."""


class Priority(IntEnum):
    """Higher classes go first. Within one, organizations take turns by what their jobs cost."""

    NORMAL = 0
    BULK = -(2**28)
    """Many at once, for which nobody waits: an archive, a bucket."""


@dataclass(frozen=True)
class NewJob:
    """What to do, some time after the transaction commits."""

    task: str
    """A name that a JobQueue registered."""
    arguments: dict[str, str]
    """Ids only, never content."""
    lock: str
    """Jobs with the same lock run one after another, in order."""
    queue: Queue = Queue.DEFAULT
    priority: Priority = Priority.NORMAL
    once: bool = False
    """Whether one that waits under the same lock is enough; it then runs at the earlier time."""
    run_at: datetime | None = None
    """Not before; None for at once."""
    cost: int = 1
    """About how long it will hold its slot, in tenths of a second."""
    job_id: UUID | None = None
    """What it is called outside; None for a new id."""


async def defer(connection: AsyncConnection, organization_id: UUID, job: NewJob) -> None:
    """Queue a job that exists if and only if the caller's transaction commits.

    Args:
        connection: the open transaction.
        organization_id: whose job it is; the task gets it as an argument too.
        job: what to do.
    """
    own = {"organization_id": str(organization_id), "job_id": str(job.job_id or uuid4())}
    await connection.execute(
        _DEFER_ONCE if job.once else _DEFER,
        {
            "queue": job.queue,
            "task": job.task,
            "organization": str(organization_id),
            "highest": int(job.priority),
            "cost": job.cost,
            "lock": job.lock,
            "arguments": json.dumps(own | job.arguments),
            "run_at": job.run_at,
        },
    )


async def end(task: "asyncio.Task[None]") -> None:
    """Cancel a task until it has ended.

    Once may not do: below Python 3.12 a wait that is over at the same moment, as for a connection
    of a pool that is just opening, swallows it.
    """
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=END_AGAIN_SECONDS)


class _Retrying(procrastinate.BaseRetryStrategy):
    """Waits twice as long each time, up to a bound, and gives the job up after many attempts.

    Work that can't succeed says so by ending well.
    """

    def get_retry_decision(
        self, *, exception: BaseException, job: Job
    ) -> procrastinate.RetryDecision | None:
        logger.warning("%s failed, attempt %d", job.task_name, job.attempts + 1, exc_info=exception)
        if job.attempts + 1 >= ATTEMPTS:
            return None
        seconds = min(2 ** min(job.attempts, 16), LONGEST_WAIT_SECONDS)
        # A job's own number, so that the wait is the same whoever computes it.
        spread = 1 + JITTER * ((job.id or 0) * 2654435761 % 1000) / 1000
        return procrastinate.RetryDecision(retry_in={"milliseconds": int(1000 * seconds * spread)})


class JobQueue:
    """The tasks that a worker knows."""

    def __init__(
        self,
        database: Database,
        *,
        indexing_at_once: int = CONCURRENCY[Queue.INDEXING],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make a queue without tasks.

        Args:
            database: where the jobs are.
            indexing_at_once: slots for indexing. One organization takes at most all but one, so
                that another's documents needn't wait for its large ones.
            clock: in seconds, to measure what jobs cost.
        """
        self._database = database
        self._indexing_at_once = indexing_at_once
        self._clock = clock
        self._app = procrastinate.App(connector=procrastinate.PsycopgConnector())

    def register(
        self, task: str, run: Callable[..., Awaitable[None]], *, cron: str | None = None
    ) -> None:
        """Let workers run a task.

        Args:
            task: its stable name.
            run: idempotent, since a killed worker's job runs again.
            cron: when it is due by itself, once however many workers there are; `run` is then
                called with `timestamp`.
        """

        async def run_by_name(
            context: JobContext,
            /,
            *,
            job_id: str = "",  # noqa: ARG001  # for people, not for the task
            **arguments: Any,  # noqa: ANN401  # what was deferred
        ) -> None:
            began = self._clock()
            try:
                await run(**arguments)
            except Exception:  # but for a cancellation, after which it goes on elsewhere
                await self._pay(context.job, self._clock() - began)
                raise
            await self._pay(context.job, self._clock() - began)

        named = self._app.task(name=task, queue=Queue.DEFAULT, retry=_Retrying(), pass_context=True)
        registered = named(run_by_name)
        if cron:
            self._app.periodic(cron=cron)(cast("Any", registered))

    async def _pay(self, job: Job, seconds: float) -> None:
        """Let an organization wait for as long as its indexing held a slot."""
        organization_id = job.task_kwargs.get("organization_id")
        if job.queue != Queue.INDEXING or organization_id is None:
            return
        paid = {
            "queue": job.queue,
            "organization": organization_id,
            "priority": job.priority,
            "cost": max(1, round(COSTS_PER_SECOND * seconds)),
        }
        async with self._database.transaction(UUID(str(organization_id))) as connection:
            await connection.execute(_PAY, paid)

    async def work_on(self) -> None:
        """Run jobs until cancelled, also after the database went away for a while."""
        while True:
            try:
                await self.work()
            except Exception:
                logger.exception("the worker stopped; it starts again")
            await asyncio.sleep(RESTART_SECONDS)

    async def work(self, *, until_empty: bool = False) -> None:
        """Run jobs until none is left, or until cancelled: then those under way may end first."""
        # A worker that stops once the queue is empty would take a job that may not begin for none.
        slots = 1 if until_empty else self._indexing_at_once
        async with self._connected(share=None if until_empty else max(1, slots - 1)):
            concurrency = CONCURRENCY | {Queue.INDEXING: slots}
            workers = [
                self._worker(queue, concurrency[queue], wait=not until_empty) for queue in Queue
            ]
            working = [asyncio.create_task(worker.run()) for worker in workers]  # type: ignore[no-untyped-call]  # procrastinate's
            rescue = asyncio.create_task(self._rescue_stalled_jobs())
            try:
                # One that breaks off takes the others along: `work_on` starts all of them again.
                if until_empty:
                    await asyncio.wait(working)
                else:
                    await asyncio.wait([*working, rescue], return_when=asyncio.FIRST_COMPLETED)
            finally:
                rescue.cancel()
                await _stopped(workers, *working, rescue)
            # Each is asked, or asyncio complains of those that broke off beside the first one.
            ended = [task.exception() for task in (*working, rescue) if not task.cancelled()]
            for failure in filter(None, ended):
                raise failure

    @asynccontextmanager
    async def _connected(self, share: int | None) -> AsyncIterator[None]:
        # A connector keeps the first pool that it was given, even once that is closed.
        with self._app.replace_connector(procrastinate.PsycopgConnector()) as app:
            async with self._database.worker_pool(share) as pool, app.open_async(pool):
                yield

    def _worker(self, queue: Queue, concurrency: int, *, wait: bool) -> Worker:
        return Worker(
            self._app,
            queues=[queue],
            concurrency=concurrency,
            wait=wait,
            install_signal_handlers=False,
            delete_jobs=DeleteJobCondition.SUCCESSFUL,
            update_heartbeat_interval=HEARTBEAT_SECONDS,
            stalled_worker_timeout=STALLED_AFTER_SECONDS,
            fetch_job_polling_interval=POLLING_SECONDS,
            shutdown_graceful_timeout=DRAIN_SECONDS,
        )

    async def _rescue_stalled_jobs(self) -> None:
        """Put the jobs of dead workers back, now and ever again, but for those that kill them."""
        manager = self._app.job_manager
        while True:
            for job in await manager.get_stalled_jobs(
                seconds_since_heartbeat=STALLED_AFTER_SECONDS
            ):
                if job.attempts + 1 >= ATTEMPTS:
                    await manager.finish_job(job, Status.FAILED, delete_job=False)
                else:
                    await manager.retry_job(job)
            await asyncio.sleep(HEARTBEAT_SECONDS)


async def _stopped(workers: list[Worker], *tasks: asyncio.Task[None]) -> None:
    """However often the caller is cancelled meanwhile: jobs are ended, or handed back."""
    patience = asyncio.get_running_loop().time() + DRAIN_SECONDS + RESTART_SECONDS
    while not all(task.done() for task in tasks):
        for worker in workers:
            worker.stop()  # type: ignore[no-untyped-call]  # again: one that is just starting forgets it
        if asyncio.get_running_loop().time() > patience:  # the database may be away
            for task in tasks:
                task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.wait(tasks, timeout=END_AGAIN_SECONDS)


_JOB = """
insert into procrastinate_jobs
    (queue_name, task_name, priority, cost, lock, queueing_lock, args, scheduled_at)
values (cast(:queue as text), :task,
    next_turn(cast(:queue as text), cast(:organization as text), :highest), :cost,
    cast(:lock as text),
    {queueing_lock},
    cast(:arguments as jsonb), cast(:run_at as timestamptz))
"""
_PAY = text("""
select pay_for_turn(cast(:queue as text), cast(:organization as uuid),
    cast(:priority as integer), cast(:cost as integer))
""")
_DEFER = text(_JOB.format(queueing_lock="null"))
# A worker hears of new jobs only, so it is told of one that is due earlier than it was.
_DEFER_ONCE = text(
    _JOB.format(queueing_lock="cast(:lock as text)")
    + """
on conflict (queueing_lock) where status = 'todo' do update
    set scheduled_at = case
        when procrastinate_jobs.scheduled_at is null or excluded.scheduled_at is null then null
        else least(procrastinate_jobs.scheduled_at, excluded.scheduled_at) end
    returning pg_notify('procrastinate_queue_v1#' || queue_name,
        json_build_object('type', 'job_inserted', 'job_id', id)::text)
"""
)
