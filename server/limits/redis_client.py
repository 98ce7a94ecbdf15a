"""The Redis that processes share, with a stated patience."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from core.errors import ConfigurationError

PATIENCE_SECONDS = 0.5
PAUSE_SECONDS = 5.0
"""After a failure, in which Redis isn't asked: a hanging one would make every request wait."""
SCHEMES = ("redis://", "rediss://", "unix://")


class RedisDown(Exception):  # noqa: N818  # a state, told to whoever has a choice to make
    """Redis can't be reached, or couldn't a moment ago."""


class SharedRedis:
    """A client that fails quickly, and for a while at once."""

    def __init__(self, url: str) -> None:
        """Raises: ConfigurationError: the URL can't be read."""
        if not url.startswith(SCHEMES):
            raise ConfigurationError("REDIS_URL: write redis://host:port/0, or rediss:// for TLS.")
        options: dict[str, Any] = {
            "socket_timeout": PATIENCE_SECONDS,
            "socket_connect_timeout": PATIENCE_SECONDS,
            # Once more: a connection from before a restart of Redis fails once.
            "retry": Retry(NoBackoff(), 1),
        }
        try:
            self.client: Redis = Redis.from_url(url, **options)
        except ValueError as error:
            raise ConfigurationError(
                "REDIS_URL can't be read: write redis://host:port/0."
            ) from error
        self._asked_again_at = 0.0

    @asynccontextmanager
    async def asked(self) -> AsyncIterator[Redis]:
        """Raises: RedisDown."""
        if time.monotonic() < self._asked_again_at:
            raise RedisDown
        try:
            yield self.client
        except (RedisError, OSError, TimeoutError) as error:
            self._asked_again_at = time.monotonic() + PAUSE_SECONDS
            raise RedisDown from error

    async def close(self) -> None:
        await self.client.aclose()
