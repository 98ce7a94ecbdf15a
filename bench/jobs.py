"""What our queue costs on top of procrastinate, which it stands on.

Both sides: a worker that waits, on one Postgres; a job, which does nothing, is deferred in a
transaction of SQLAlchemy's that is bound to an organization, as what it follows from is. "plain" is
procrastinate as its manual sets it up, in a database of its own; "ours" has row security, turns of
organizations, public ids, and three queues.

- a job: 300 of them, deferred one after another, until the last has run.
- latency: from the commit of one job to its begin, while nothing else is to be done.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from statistics import median

import procrastinate
import psycopg
from procrastinate.jobs import DeleteJobCondition
from psycopg.conninfo import make_conninfo
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from bench.filled_store import Store, scratch_store
from bench.measure import Bound, Comparison, Effort, percentile, take_turns
from core.principal import LOCAL_ORGANIZATION_ID
from storage.database import Database
from storage.jobs import CONCURRENCY, JobQueue, NewJob, Queue, defer, end

JOBS, ROUNDS, ONE_BY_ONE = 300, 10, 100
GOAL_OVERHEAD, GOAL_MILLISECONDS = 1.1, 100
TASK, PLAIN = "bench", "plain_queue"

BOUND = text(f"select set_config('app.organization_id', '{LOCAL_ORGANIZATION_ID}', true)")

Defer = Callable[[], Awaitable[object]]


class Ran:
    """Counts jobs as they begin."""

    def __init__(self) -> None:
        self._begun = asyncio.Event()
        self._count = 0
        self._wanted = 0
        self.at = 0.0

    def expect(self, count: int) -> None:
        self._count, self._wanted = 0, count
        self._begun.clear()

    async def one(self, **_arguments: object) -> None:
        self._count += 1
        self.at = time.perf_counter()
        if self._count >= self._wanted:
            self._begun.set()

    async def all(self) -> None:
        await self._begun.wait()


async def measure(effort: Effort) -> dict[str, Comparison]:
    rounds = effort.rounds(ROUNDS)
    async with scratch_store() as store, _plain(store) as plain, _ours(store.database) as ours:
        jobs = await take_turns([_many(*plain), _many(*ours)], rounds)
        waits = await take_turns([_one(*plain), _one(*ours)], effort.rounds(ONE_BY_ONE))
    plainly, own = (median(each) for each in jobs)
    latency = (median(waits[0]), median(waits[1]), "ms", len(waits[0]))
    late = (percentile(waits[0], 0.95), percentile(waits[1], 0.95), "ms", len(waits[0]))
    return {
        "a job": Comparison(plainly, own, "ms", rounds, GOAL_OVERHEAD),
        "latency, p50": Comparison(*latency, GOAL_MILLISECONDS, Bound.OURS_AT_MOST),
        "latency, p95": Comparison(*late),
    }


def _many(deferring: Defer, ran: Ran) -> Callable[[], Awaitable[float]]:
    async def arm() -> float:
        ran.expect(JOBS)
        started = time.perf_counter()
        for _ in range(JOBS):
            await deferring()
        await ran.all()
        return (time.perf_counter() - started) * 1000 / JOBS

    return arm


def _one(deferring: Defer, ran: Ran) -> Callable[[], Awaitable[float]]:
    async def arm() -> float:
        ran.expect(1)
        await deferring()
        committed = time.perf_counter()
        await ran.all()
        # A job may have begun before its deferrer hears of the commit.
        return max(0.0, ran.at - committed) * 1000

    return arm


@asynccontextmanager
async def _plain(store: Store) -> AsyncIterator[tuple[Defer, Ran]]:
    superuser = store.urls.owner.replace("copilot_owner@", "postgres:@", 1)
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute(f"create database {PLAIN}")
    ran = Ran()
    url = make_url(superuser).set(drivername="postgresql+psycopg", database=PLAIN)
    conninfo = make_conninfo(superuser, dbname=PLAIN)
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=conninfo))
    task = app.task(name=TASK)(ran.one)
    engine = create_async_engine(url, pool_pre_ping=True)

    async def deferring() -> None:
        async with engine.begin() as connection:
            await connection.execute(BOUND)
            own = (await connection.get_raw_connection()).driver_connection
            await task.configure(connection=own, lock=str(time.perf_counter_ns())).defer_async()

    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        worker = asyncio.create_task(
            app.run_worker_async(
                concurrency=CONCURRENCY[Queue.DEFAULT],
                delete_jobs=DeleteJobCondition.SUCCESSFUL,
                install_signal_handlers=False,
            )
        )
        try:
            yield deferring, ran
        finally:
            await end(worker)
            await engine.dispose()


@asynccontextmanager
async def _ours(database: Database) -> AsyncIterator[tuple[Defer, Ran]]:
    ran, queue = Ran(), JobQueue(database)
    queue.register(TASK, ran.one)

    async def deferring() -> None:
        async with database.transaction(LOCAL_ORGANIZATION_ID) as connection:
            job = NewJob(TASK, {}, lock=str(time.perf_counter_ns()))
            await defer(connection, LOCAL_ORGANIZATION_ID, job)

    worker = asyncio.create_task(queue.work_on())
    try:
        yield deferring, ran
    finally:
        await end(worker)
