"""How many runs of an organization go on at once, on a real Redis and without one."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from core.errors import TooManyRequestsError, UnavailableError
from core.principal import Principal
from server.limits.redis_client import SharedRedis
from server.limits.slots import Slots


@pytest.fixture
async def slots():
    """Makes the slots of a process."""
    clients = []

    def make(redis, limit=2) -> Slots:
        shared = SharedRedis(redis.url) if redis else None
        clients.extend([shared] if shared else [])
        return Slots(limit, shared)

    yield make
    for each in clients:
        await each.close()


@pytest.mark.parametrize("shared", [True, False])
async def test_an_organization_has_so_many_runs_at_once(principal, stranger, redis, shared, slots):
    made = slots(redis if shared else None)
    other = slots(redis) if shared else made  # another process
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(made.taken(principal))
        await stack.enter_async_context(other.taken(principal))
        with pytest.raises(TooManyRequestsError, match="2 runs"):
            await stack.enter_async_context(made.taken(principal))
        await stack.enter_async_context(made.taken(stranger, 2))  # it has slots of its own
    async with made.taken(principal, 9):  # as many as there are
        with pytest.raises(TooManyRequestsError):
            await other.taken(principal).__aenter__()


async def test_a_cancelled_run_gives_its_slot_back(principal, redis, slots):
    made = slots(redis, 1)

    async def run():
        async with made.taken(principal):
            await asyncio.Event().wait()

    task = asyncio.create_task(run())
    await asyncio.sleep(0.1)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    async with slots(redis, 1).taken(principal):
        pass


async def test_the_slots_of_a_process_that_died_come_back(principal, redis, monkeypatch, slots):
    monkeypatch.setattr("server.limits.slots.LEASE_SECONDS", 1)
    died = slots(redis, 1)
    await died._lease(principal, 1)  # and is never heard of again
    with pytest.raises(TooManyRequestsError):
        await slots(redis, 1).taken(principal).__aenter__()
    await asyncio.sleep(1.1)
    async with slots(redis, 1).taken(principal):
        pass


async def test_a_long_run_keeps_its_slot(principal, redis, monkeypatch, slots):
    monkeypatch.setattr("server.limits.slots.LEASE_SECONDS", 1)
    monkeypatch.setattr("server.limits.slots.RENEWED_EVERY_SECONDS", 0.2)
    async with slots(redis, 1).taken(principal):
        await asyncio.sleep(1.5)
        with pytest.raises(TooManyRequestsError):
            await slots(redis, 1).taken(principal).__aenter__()


async def test_a_restarted_redis_learns_of_the_runs_that_go_on(
    principal, redis, monkeypatch, slots
):
    monkeypatch.setattr("server.limits.redis_client.PAUSE_SECONDS", 0.1)
    monkeypatch.setattr("server.limits.slots.RENEWED_EVERY_SECONDS", 0.1)
    async with slots(redis, 1).taken(principal):
        redis.stop()
        redis.start()
        await asyncio.sleep(1)
        with pytest.raises(TooManyRequestsError):
            await slots(redis, 1).taken(principal).__aenter__()
    async with slots(redis, 1).taken(principal):  # and is told when they end
        await asyncio.sleep(0.3)


async def test_slots_without_redis_close_to_machines(principal, redis, slots):
    redis.stop()
    made = slots(redis, 1)
    machine = Principal("key:x", principal.organization_id, frozenset())
    with pytest.raises(UnavailableError):
        await made.taken(machine).__aenter__()
    async with made.taken(principal):
        with pytest.raises(TooManyRequestsError):
            await made.taken(principal).__aenter__()
