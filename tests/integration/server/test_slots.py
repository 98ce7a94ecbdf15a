"""How many runs of an organization go on at once, on a real Redis and without one."""

import asyncio
from contextlib import AsyncExitStack

import pytest
from redis.exceptions import RedisError

from core.errors import TooManyRequestsError, UnavailableError
from core.principal import Principal
from server.limits.redis_client import SharedRedis
from server.limits.slots import LEASE_SECONDS, Slots, _key


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


async def leases(slots, principal) -> list[float]:
    """When each lease of the organization ends; none while Redis is away."""
    try:
        client = slots._redis.client
        return [
            ends
            for _, ends in await client.zrange(
                _key(principal.organization_id), 0, -1, withscores=True
            )
        ]
    except RedisError:
        return []


async def is_renewed(slots, principal, before) -> bool:
    return await leases(slots, principal) > [before]


async def until(condition) -> None:
    async with asyncio.timeout(60):
        while not await condition():  # noqa: ASYNC110  # Redis announces nothing
            await asyncio.sleep(0.02)


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

    holds = asyncio.Event()

    async def run():
        async with made.taken(principal):
            holds.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(run())
    await holds.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    async with slots(redis, 1).taken(principal):
        pass


async def test_the_slots_of_a_process_that_died_come_back(principal, redis, time_passes, slots):
    died = slots(redis, 1)
    await died._lease(principal, 1)  # and is never heard of again
    with pytest.raises(TooManyRequestsError):
        await slots(redis, 1).taken(principal).__aenter__()
    time_passes(LEASE_SECONDS + 1)
    async with slots(redis, 1).taken(principal):
        pass


async def test_a_long_run_keeps_its_slot(principal, redis, monkeypatch, time_passes, slots):
    monkeypatch.setattr("server.limits.slots.RENEWED_EVERY_SECONDS", 0.05)
    made = slots(redis, 1)
    async with made.taken(principal):
        (first,) = await leases(made, principal)
        time_passes(LEASE_SECONDS - 1)
        await until(lambda: is_renewed(made, principal, first))
        time_passes(LEASE_SECONDS - 1)
        with pytest.raises(TooManyRequestsError):
            await slots(redis, 1).taken(principal).__aenter__()


async def test_a_restarted_redis_learns_of_the_runs_that_go_on(
    principal, redis, monkeypatch, slots
):
    monkeypatch.setattr("server.limits.redis_client.PAUSE_SECONDS", 0.1)
    monkeypatch.setattr("server.limits.slots.RENEWED_EVERY_SECONDS", 0.1)
    other = slots(redis, 1)
    async with slots(redis, 1).taken(principal):
        redis.stop()
        redis.start()
        await until(lambda: leases(other, principal))
        with pytest.raises(TooManyRequestsError):
            await slots(redis, 1).taken(principal).__aenter__()
    async with slots(redis, 1).taken(principal):  # and is told when they end
        pass


async def test_slots_without_redis_close_to_machines(principal, redis, slots):
    redis.stop()
    made = slots(redis, 1)
    machine = Principal("key:x", principal.organization_id, frozenset())
    with pytest.raises(UnavailableError):
        await made.taken(machine).__aenter__()
    async with made.taken(principal):
        with pytest.raises(TooManyRequestsError):
            await made.taken(principal).__aenter__()
