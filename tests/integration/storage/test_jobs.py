"""Jobs: deferred with a transaction, retried, and rescued from a dead worker."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy.exc import ProgrammingError

from storage.jobs import ATTEMPTS, JobQueue, NewJob, Queue, defer, end
from storage.row_security import WORKER


@pytest.fixture
def task():
    """A name of its own, so that no test runs another's jobs."""
    return f"task_{uuid4().hex}"


@pytest.fixture
def start(database):
    async def start(organization_id, task, cost=1, **arguments):
        job = NewJob(task, arguments, lock=uuid4().hex, queue=Queue.INDEXING, cost=cost)
        async with database.transaction(organization_id) as connection:
            await defer(connection, organization_id, job)

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
            await defer(connection, principal.organization_id, NewJob(task, {}, lock="x"))
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
        async with database.transaction(principal.organization_id) as connection:
            job = NewJob(task, {"number": number}, lock=task, queue=Queue.INDEXING)
            await defer(connection, principal.organization_id, job)
    await work(database, task, run)
    assert order == ["1", "2", "3"]


@pytest.mark.parametrize("query", ["fetch", "turn"])
async def test_few_rows_are_read_however_many_jobs_wait(urls, principal, task, start, query):
    for number in range(300):
        await start(principal.organization_id, task, version_id=str(number))
    call = {
        "fetch": "select procrastinate_fetch_job_v2(array['indexing'], null)",
        "turn": f"select next_turn('indexing', '{principal.organization_id}', 0)",
    }
    read = """select idx_tup_fetch + seq_tup_read from pg_stat_xact_user_tables
              where relname = 'procrastinate_jobs'"""
    with psycopg.connect(urls.owner, options=f"-c {WORKER}=on") as connection:
        before = connection.execute(read).fetchone()[0]
        connection.execute(call[query])
        assert connection.execute(read).fetchone()[0] - before < 20


async def test_a_job_that_fails_waits_for_another_try(database, principal, task, start, as_owner):
    async def run(organization_id):
        raise OSError

    await start(principal.organization_id, task)
    await work(database, task, run)
    query = "select status::text, attempts, scheduled_at > now() from procrastinate_jobs"
    assert as_owner(query) == [("todo", 1, True)]


async def test_waits_are_bounded(database, principal, task, start, as_owner):
    async def run(organization_id):
        raise OSError

    await start(principal.organization_id, task)
    as_owner("update procrastinate_jobs set attempts = %s", ATTEMPTS - 2)
    await work(database, task, run)
    query = """select status::text, scheduled_at between now() + interval '4 minutes'
               and now() + interval '7 minutes' from procrastinate_jobs"""
    assert as_owner(query) == [("todo", True)]


async def test_a_job_that_fails_again_and_again_is_dead(database, principal, task, start, as_owner):
    async def run(organization_id):
        raise OSError

    await start(principal.organization_id, task)
    as_owner("update procrastinate_jobs set attempts = %s", ATTEMPTS - 1)
    await work(database, task, run)
    assert as_owner("select status::text from procrastinate_jobs") == [("failed",)]


async def test_organizations_take_turns(database, principal, stranger, task, start):
    ran = []

    async def run(organization_id, number):
        ran.append((organization_id == str(principal.organization_id), number))

    for number in range(40):
        await start(principal.organization_id, task, number=str(number))
    for number in range(2):
        await start(stranger.organization_id, task, number=str(number))
    await work(database, task, run)
    first = [place for place, (own, _) in enumerate(ran) if not own]
    assert first == [1, 3]
    assert [int(number) for own, number in ran if own] == list(range(40))


async def test_who_comes_late_begins_where_the_queue_stands(
    database, principal, stranger, task, start
):
    for number in range(30):
        await start(principal.organization_id, task, number=str(number))
    ran = []

    async def run(organization_id, number):
        ran.append((organization_id == str(principal.organization_id), number))
        if len(ran) == 10:
            for late in range(15):
                await start(stranger.organization_id, task, number=str(late))

    await work(database, task, run)
    after = [own for own, _ in ran[10:20]]
    assert 4 <= after.count(True) <= 6


async def test_turns_are_by_cost(database, principal, stranger, task, start):
    ran = []

    async def run(organization_id, number):
        ran.append((organization_id == str(principal.organization_id), number))

    for number in range(3):
        await start(principal.organization_id, task, cost=100, number=str(number))
    for number in range(20):
        await start(stranger.organization_id, task, cost=10, number=str(number))
    await work(database, task, run)
    own = [place for place, (is_own, _) in enumerate(ran) if is_own]
    assert own == [0, 11, 22]


async def test_time_that_was_measured_is_paid_for(database, principal, stranger, task, start):
    ran, now = [], [0.0]

    async def run(organization_id, number):
        ran.append(number)
        if number == "hog":
            now[0] += 500

    queue = JobQueue(database, clock=lambda: now[0])
    queue.register(task, run)
    await start(principal.organization_id, task, cost=1, number="hog")
    await asyncio.wait_for(queue.work(until_empty=True), 20)
    for number in range(3):
        await start(principal.organization_id, task, cost=10, number=f"a{number}")
        await start(stranger.organization_id, task, cost=2400, number=f"b{number}")
    await asyncio.wait_for(queue.work(until_empty=True), 20)
    # a0 was alone when it was sent; b0 began where the queue stood, and a1 waited behind a0 alone.
    assert ran == ["hog", "a0", "b0", "a1", "a2", "b1", "b2"]


async def test_next_large_document_of_an_organization_waits_for_what_it_took(
    database, principal, stranger, task, start
):
    """Though it sends one at a time, and has none waiting when the other's come."""
    ran, now = [], [0.0]

    async def run(organization_id, number):
        ran.append(number)
        if number == "hog":
            now[0] += 500
            for each in range(3):
                await start(stranger.organization_id, task, cost=10, number=f"b{each}")
        elif number == "b0":
            await start(principal.organization_id, task, cost=10, number="a")

    queue = JobQueue(database, clock=lambda: now[0])
    queue.register(task, run)
    await start(principal.organization_id, task, cost=1, number="hog")
    await asyncio.wait_for(queue.work(until_empty=True), 20)
    assert ran == ["hog", "b0", "b1", "b2", "a"]


async def test_one_organization_leaves_an_indexing_slot_to_others(
    database, principal, stranger, task, start
):
    begun, end_of = asyncio.Queue(), asyncio.Event()

    async def run(organization_id, number):
        begun.put_nowait(number)
        await end_of.wait()

    for number in range(4):
        await start(principal.organization_id, task, number=f"a{number}")
    queue = JobQueue(database, indexing_at_once=3)
    queue.register(task, run)
    worker = asyncio.create_task(queue.work())
    first = [await asyncio.wait_for(begun.get(), 10) for _ in range(2)]
    await start(stranger.organization_id, task, number="b0")
    third = await asyncio.wait_for(begun.get(), 10)
    assert (first, third, begun.empty()) == (["a0", "a1"], "b0", True)
    end_of.set()
    rest = [await asyncio.wait_for(begun.get(), 10) for _ in range(2)]
    assert rest == ["a2", "a3"]
    await end(worker)


async def test_one_that_waits_is_enough(database, principal, task, as_owner):
    organization_id = principal.organization_id
    later = datetime.now(UTC) + timedelta(hours=1)
    for run_at in (later, later - timedelta(minutes=30), later, None, later):
        async with database.transaction(organization_id) as connection:
            job = NewJob(task, {}, lock=task, once=True, run_at=run_at)
            await defer(connection, organization_id, job)
    assert as_owner("select scheduled_at from procrastinate_jobs") == [(None,)]


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
    assert as_owner("select status::text from procrastinate_jobs") == []


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
            await defer(connection, principal.organization_id, NewJob(task, {}, lock=task))


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
    for step in range(0, 40, 2):
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


async def test_a_queue_works_again_after_it_stopped(database, principal, task, start):
    """On connections of its own each time: those of the last time are closed."""
    ran = []

    async def run(**_arguments):
        ran.append(task)

    queue = JobQueue(database)
    queue.register(task, run)
    for times in (1, 2):
        await start(principal.organization_id, task)
        await asyncio.wait_for(queue.work(until_empty=True), 20)
        assert len(ran) == times
