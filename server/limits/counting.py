"""Counts what callers ask for: on Redis, which processes share, or in this process."""

from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter

from core.errors import InvalidInputError, UnavailableError
from core.principal import Principal
from server.limits.rates import Rate, Standing
from server.limits.redis_client import PAUSE_SECONDS, RedisDown, SharedRedis

CLOSED = "How much this key asked for can't be counted at the moment, so nothing is carried out."


class Counter:
    """On Redis, if there is one.

    While it is down, nothing is left for machines, which do harm quickly; people, who are slow,
    are counted in this process.
    """

    def __init__(self, redis: SharedRedis | None) -> None:
        self._redis = redis
        self._local = MovingWindowRateLimiter(MemoryStorage())
        self._shared: MovingWindowRateLimiter | None = None
        if redis:
            pool = redis.client.connection_pool
            # The pool says where: of the schemes that it reads, `limits` doesn't know unix://.
            storage = RedisStorage("redis://", implementation="redispy", connection_pool=pool)  # type: ignore[arg-type]  # its docstring takes a pool, its annotation doesn't
            self._shared = MovingWindowRateLimiter(storage)

    async def count(self, principal: Principal, rate: Rate, cost: int = 1) -> tuple[bool, Standing]:
        """Take `cost` from what the principal may ask for, if so much is left.

        Returns: whether it was, and where the principal stands now.

        Raises:
            InvalidInputError: the rate never leaves so much.
            UnavailableError: for machines, while Redis is down.
        """
        if cost > rate.quota:
            raise InvalidInputError(
                f"These are {cost} at once, and you may ask for {rate}. Send fewer at a time."
            )
        who = (rate.name, str(principal.organization_id), principal.subject)
        if self._redis is None or self._shared is None:
            return await _hit(self._local, who, rate, cost)
        try:
            async with self._redis.asked():
                return await _hit(self._shared, who, rate, cost)
        except RedisDown as error:
            if principal.is_machine:
                raise UnavailableError(CLOSED, retry_after_seconds=int(PAUSE_SECONDS)) from error
            return await _hit(self._local, who, rate, cost)

    async def count_address(self, address: str, rate: Rate) -> tuple[bool, Standing]:
        """The same for somebody who isn't known; while Redis is down, in this process."""
        who = (rate.name, "address", address)
        if self._redis is None or self._shared is None:
            return await _hit(self._local, who, rate, 1)
        try:
            async with self._redis.asked():
                return await _hit(self._shared, who, rate, 1)
        except RedisDown:
            return await _hit(self._local, who, rate, 1)

    async def count_up_to(
        self, principal: Principal, rate: Rate, wanted: int
    ) -> tuple[int, Standing]:
        """Take as much of `wanted` as is left.

        Returns: how much it was, and where the principal stands now.

        Raises:
            UnavailableError: for machines, while Redis is down.
        """
        cost = min(wanted, rate.quota)
        while True:
            is_left, standing = await self.count(principal, rate, cost)
            if is_left:
                return cost, standing
            # One fewer at least: another request may have taken what was left.
            cost = min(cost - 1, standing.remaining)
            if cost < 1:
                return 0, standing


async def _hit(
    limiter: MovingWindowRateLimiter, who: tuple[str, str, str], rate: Rate, cost: int
) -> tuple[bool, Standing]:
    is_left = await limiter.hit(rate.item, *who, cost=cost)
    stats = await limiter.get_window_stats(rate.item, *who)
    return is_left, Standing(rate, stats.remaining, stats.reset_time)
