"""The job queue, on procrastinate: a job is deferred in the transaction it follows from."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from uuid import UUID

import procrastinate
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database

HEARTBEAT_SECONDS = 2.0
STALLED_AFTER_SECONDS = 10.0
"""A worker without a heartbeat for so long is dead, and its job goes to another."""

RESTART_SECONDS = 2.0
END_AGAIN_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 300
"""Between two attempts."""

logger = logging.getLogger(__name__)

_DEFER = text(
    "select procrastinate_defer_jobs_v1(array["
    "row('default', :task, 0, :lock, null, cast(:arguments as jsonb), null)"
    "::procrastinate_job_to_defer_v1])"
)


async def defer(
    connection: AsyncConnection,
    organization_id: UUID,
    task: str,
    arguments: dict[str, str],
    *,
    lock: str,
) -> None:
    """Queue a job that exists if and only if the caller's transaction commits.

    Args:
        connection: the open transaction.
        organization_id: whose job it is; the task gets it as an argument too.
        task: a name that a JobQueue registered.
        arguments: ids only, never content.
        lock: jobs with the same lock run one after another, in order.
    """
    own = json.dumps({"organization_id": str(organization_id)} | arguments)
    await connection.execute(_DEFER, {"task": task, "arguments": own, "lock": lock})


async def end(task: "asyncio.Task[None]") -> None:
    """Cancel a task until it has ended.

    Once may not do: below Python 3.12 a wait that is over at the same moment, as for a connection
    of a pool that is just opening, swallows it.
    """
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=END_AGAIN_SECONDS)


class _Patient(procrastinate.BaseRetryStrategy):
    """Tries for as long as it takes: what was accepted is never given up.

    An outage ends some time, and so does a bug; work that can't succeed says so by ending well.
    """

    def get_retry_decision(
        self, *, exception: BaseException, job: procrastinate.jobs.Job
    ) -> procrastinate.RetryDecision:
        logger.warning("%s failed, attempt %d", job.task_name, job.attempts + 1, exc_info=exception)
        seconds = min(2 ** min(job.attempts, 16), LONGEST_WAIT_SECONDS)
        return procrastinate.RetryDecision(retry_in={"seconds": seconds})


class JobQueue:
    """The tasks that a worker knows."""

    def __init__(self, database: Database) -> None:
        self._database = database
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
        registered = self._app.task(name=task, retry=_Patient(), pass_context=False)(run)
        if cron:
            self._app.periodic(cron=cron)(registered)

    async def work_on(self) -> None:
        """Run jobs until cancelled, also after the database went away for a while."""
        while True:
            try:
                await self.work()
            except Exception:
                logger.exception("the worker stopped; it starts again")
            await asyncio.sleep(RESTART_SECONDS)

    async def work(self, *, until_empty: bool = False) -> None:
        """Run jobs until cancelled, until none is left, or until the database goes away."""
        async with self._database.worker_pool() as pool, self._app.open_async(pool):
            rescue = asyncio.create_task(self._rescue_stalled_jobs())
            try:
                await self._app.run_worker_async(
                    wait=not until_empty,
                    install_signal_handlers=False,
                    update_heartbeat_interval=HEARTBEAT_SECONDS,
                    stalled_worker_timeout=STALLED_AFTER_SECONDS,
                    fetch_job_polling_interval=2.0,
                    shutdown_graceful_timeout=1.0,
                )
            finally:
                await end(rescue)

    async def _rescue_stalled_jobs(self) -> None:
        """Put the jobs of dead workers back, now and ever again."""
        manager = self._app.job_manager
        while True:
            for job in await manager.get_stalled_jobs(
                seconds_since_heartbeat=STALLED_AFTER_SECONDS
            ):
                await manager.retry_job(job)
            await asyncio.sleep(HEARTBEAT_SECONDS)
