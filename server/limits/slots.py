"""How many runs of an organization go on at once."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from uuid import UUID, uuid4

from core.errors import TooManyRequestsError, UnavailableError
from core.principal import Principal
from server.limits.counting import CLOSED
from server.limits.redis_client import PAUSE_SECONDS, RedisDown, SharedRedis
from storage.jobs import end

LEASE_SECONDS = 60
"""After which the slots of a process that died are free again."""
RENEWED_EVERY_SECONDS = 20
WAIT_SECONDS = 5
"""What a refused caller is told to wait: nobody knows when a run ends."""


class Slots:
    """Of each organization a number; on Redis as leases that are renewed while runs go on."""

    def __init__(self, limit: int, redis: SharedRedis | None) -> None:
        self._limit = limit
        self._redis = redis
        self._taken: Counter[UUID] = Counter()

    @asynccontextmanager
    async def taken(self, principal: Principal, count: int = 1) -> AsyncIterator[None]:
        """Hold so many slots.

        Raises:
            TooManyRequestsError: the organization has no more.
            UnavailableError: for machines, while Redis is down.
        """
        count = min(count, self._limit)
        async with self._held_here(principal, count), self._held_on_redis(principal, count):
            yield

    @asynccontextmanager
    async def _held_here(self, principal: Principal, count: int) -> AsyncIterator[None]:
        organization_id = principal.organization_id
        if self._taken[organization_id] + count > self._limit:
            raise self._full()
        self._taken[organization_id] += count
        try:
            yield
        finally:
            self._taken[organization_id] -= count
            if not self._taken[organization_id]:
                del self._taken[organization_id]

    @asynccontextmanager
    async def _held_on_redis(self, principal: Principal, count: int) -> AsyncIterator[None]:
        leases = await self._lease(principal, count)
        if not leases:
            yield
            return
        renewing = asyncio.create_task(self._renew(principal.organization_id, leases))
        try:
            yield
        finally:
            # Also of a request that is cancelled: the others wait for its slots.
            await asyncio.shield(self._give_back(principal.organization_id, leases, renewing))

    async def _lease(self, principal: Principal, count: int) -> list[str]:
        if self._redis is None:
            return []
        leases = [uuid4().hex for _ in range(count)]
        try:
            async with self._redis.asked() as redis:
                now = time.time()
                arguments = (now, now + LEASE_SECONDS, self._limit, 2 * LEASE_SECONDS, *leases)
                key = _key(principal.organization_id)
                got = await redis.eval(_TAKE, 1, key, *map(str, arguments))
        except RedisDown as error:
            if principal.is_machine:
                raise UnavailableError(CLOSED, retry_after_seconds=int(PAUSE_SECONDS)) from error
            return []
        if not got:
            raise self._full()
        return leases

    async def _renew(self, organization_id: UUID, leases: list[str]) -> None:
        while self._redis:
            await asyncio.sleep(RENEWED_EVERY_SECONDS)
            with suppress(RedisDown):
                async with self._redis.asked() as redis:
                    until = time.time() + LEASE_SECONDS
                    # Added if they aren't there: a Redis that was restarted has forgotten them.
                    await redis.zadd(_key(organization_id), dict.fromkeys(leases, until))
                    await redis.expire(_key(organization_id), 2 * LEASE_SECONDS)

    async def _give_back(
        self, organization_id: UUID, leases: list[str], renewing: asyncio.Task[None]
    ) -> None:
        await end(renewing)  # or it would bring them back
        if self._redis:
            with suppress(RedisDown):  # then they run out
                async with self._redis.asked() as redis:
                    await redis.zrem(_key(organization_id), *leases)

    def _full(self) -> TooManyRequestsError:
        return TooManyRequestsError(
            f"Your organization has {self._limit} runs going on, which is all that it may have at "
            "once. Ask again when one has ended.",
            retry_after_seconds=WAIT_SECONDS,
        )


def _key(organization_id: UUID) -> str:
    return f"copilot:runs:{organization_id}"


_TAKE = """
redis.call('zremrangebyscore', KEYS[1], '-inf', ARGV[1])
if redis.call('zcard', KEYS[1]) + #ARGV - 4 > tonumber(ARGV[3]) then return 0 end
for at = 5, #ARGV do redis.call('zadd', KEYS[1], ARGV[2], ARGV[at]) end
redis.call('expire', KEYS[1], ARGV[4])
return 1
"""
