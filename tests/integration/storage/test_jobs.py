"""Jobs: deferred with a transaction, retried, and rescued from a dead worker."""

import asyncio
from uuid import uuid4

import pytest
from sqlalchemy.exc import ProgrammingError

from storage.jobs import JobQueue, defer, end


@pytest.fixture
def task():
    """A name of its own, so that no test runs another's jobs."""
    return f"task_{uuid4().hex}"


@pytest.fixture
def start(database):
    async def start(organization_id, task, **arguments):
        async with database.transaction(organization_id) as connection:
            await defer(connection, organization_id, task, arguments, lock=task)

    return start


@pytest.fixture(autouse=True)
def no_jobs(as_owner):
    as_owner("delete from procrastinate_jobs")
    yield
    as_owner("delete from procrastinate_jobs")


async def work(database, task, run):
    queue = JobQueue(database)
    queue.register(task, run)
    await asyncio.wait_for(queue.work(until_empty=True), 20)


async def test_a_job_runs_with_its_arguments(database, principal, task, start):
    ran = []

    async def run(**arguments):
        ran.append(arguments)

    await start(principal.organization_id, task, version_id="v1")
    await work(database, task, run)
    await work(database, task, run)
    assert ran == [{"organization_id": str(principal.organization_id), "version_id": "v1"}]


async def test_no_job_of_a_transaction_that_was_rolled_back(database, principal, task, as_owner):
    async def break_off():
        async with database.transaction(principal.organization_id) as connection:
            await defer(connection, principal.organization_id, task, {}, lock="x")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await break_off()
    assert as_owner("select 1 from procrastinate_jobs") == []


async def test_jobs_of_one_lock_run_one_after_another(database, principal, task, start):
    running, order = set(), []

    async def run(organization_id, number):
        assert not running
        running.add(number)
        await asyncio.sleep(0.01)
        running.remove(number)
        order.append(number)

    for number in "123":
        await start(principal.organization_id, task, number=number)
    await work(database, task, run)
    assert order == ["1", "2", "3"]


async def test_a_job_that_fails_waits_for_another_try(database, principal, task, start, as_owner):
    async def run(organization_id):
        raise OSError

    await start(principal.organization_id, task)
    await work(database, task, run)
    query = "select status::text, attempts, scheduled_at > now() from procrastinate_jobs"
    assert as_owner(query) == [("todo", 1, True)]


async def test_a_job_is_never_given_up(database, principal, task, start, as_owner):
    async def run(organization_id):
        raise OSError

    await start(principal.organization_id, task)
    as_owner("update procrastinate_jobs set attempts = 1000")
    await work(database, task, run)
    query = """select status::text, scheduled_at between now() + interval '4 minutes'
               and now() + interval '6 minutes' from procrastinate_jobs"""
    assert as_owner(query) == [("todo", True)]


async def test_the_job_of_a_dead_worker_goes_to_another(database, principal, task, start, as_owner):
    ran = asyncio.Event()

    async def run(organization_id):
        ran.set()

    await start(principal.organization_id, task)
    # As a worker that was killed in the middle of it leaves it.
    as_owner("""
        with dead as (insert into procrastinate_workers (last_heartbeat)
                      values (now() - interval '1 hour') returning id)
        update procrastinate_jobs set status = 'doing', worker_id = (select id from dead)
    """)
    queue = JobQueue(database)
    queue.register(task, run)
    worker = asyncio.create_task(queue.work())
    await asyncio.wait_for(ran.wait(), 10)
    worker.cancel()
    await asyncio.gather(worker, return_exceptions=True)
    assert as_owner("select status::text from procrastinate_jobs") == [("succeeded",)]


async def test_a_worker_that_broke_off_starts_again(database, monkeypatch):
    """As procrastinate's does when its listener loses the database."""
    monkeypatch.setattr("storage.jobs.RESTART_SECONDS", 0)
    queue, starts = JobQueue(database), []

    async def work():
        starts.append(len(starts))
        if len(starts) < 3:
            raise OSError
        await asyncio.Event().wait()

    monkeypatch.setattr(queue, "work", work)
    worker = asyncio.create_task(queue.work_on())
    while len(starts) < 3:
        assert not worker.done()
        await asyncio.sleep(0)
    worker.cancel()
    await asyncio.gather(worker, return_exceptions=True)


async def test_a_job_is_seen_by_its_organization_and_by_workers(
    database, principal, stranger, task, start
):
    await start(principal.organization_id, task)
    query = """select (select count(*) from procrastinate_jobs) as jobs,
                      (select count(*) from procrastinate_events) as events"""
    seen = {}
    for name, owner in (("own", principal), ("theirs", stranger)):
        async with database.psycopg_transaction(owner) as connection:
            seen[name] = tuple((await (await connection.execute(query)).fetchone()).values())
    async with database.worker_pool() as pool, pool.connection() as connection:
        seen["worker"] = tuple((await (await connection.execute(query)).fetchone()).values())
    async with database.pool.connection() as connection:
        seen["nobody"] = tuple((await (await connection.execute(query)).fetchone()).values())
    assert seen == {"own": (1, 1), "theirs": (0, 0), "worker": (1, 1), "nobody": (0, 0)}


async def test_no_job_is_queued_for_another_organization(database, principal, stranger, task):
    async with database.transaction(stranger) as connection:
        with pytest.raises(ProgrammingError, match="row-level security"):
            await defer(connection, principal.organization_id, task, {}, lock=task)


async def test_a_task_that_swallows_a_cancellation_ends_all_the_same(monkeypatch):
    monkeypatch.setattr("storage.jobs.END_AGAIN_SECONDS", 0.01)
    swallowed = []

    async def stubborn():
        while len(swallowed) < 3:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                swallowed.append(1)

    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    await asyncio.wait_for(end(task), 5)
    assert task.done()


async def test_a_worker_can_be_stopped_while_it_starts(database):
    for step in range(40):
        worker = asyncio.create_task(JobQueue(database).work())
        await asyncio.sleep(step / 2000)
        await asyncio.wait_for(end(worker), 20)


async def test_a_task_that_is_due_runs_once_however_many_workers_there_are(
    database, task, as_owner
):
    ran = []

    async def run(timestamp):
        ran.append(timestamp)

    queues = [JobQueue(database) for _ in range(2)]
    for queue in queues:
        queue.register(task, run, cron="* * * * * *")  # each second
    workers = [asyncio.create_task(queue.work()) for queue in queues]
    deadline = asyncio.get_running_loop().time() + 20
    while len(ran) < 3:
        assert asyncio.get_running_loop().time() < deadline
        await asyncio.sleep(0.05)
    await asyncio.gather(*map(end, workers))
    assert len(set(ran)) == len(ran)
