"""The Redis that processes share, with a stated patience."""

import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from core.errors import ConfigurationError

logger = logging.getLogger(__name__)
PATIENCE_SECONDS = 0.5
PAUSE_SECONDS = 5.0
"""After a failure, in which Redis isn't asked: a hanging one would make every request wait."""
SCHEMES = ("redis://", "rediss://", "unix://")


class RedisDown(Exception):  # noqa: N818  # a state, told to whoever has a choice to make
    """Redis can't be reached, or couldn't a moment ago."""


class SharedRedis:
    """A client that fails quickly, and for a while at once. An outage is logged once."""

    def __init__(self, url: str, *, now: Callable[[], float] = time.monotonic) -> None:
        """Make a client, without connecting.

        Args:
            url: of the server.
            now: a monotonic time in seconds.

        Raises:
            ConfigurationError: the URL can't be read.
        """
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
        self._now = now
        self._asked_again_at: float | None = None
        """None while Redis answers."""

    @asynccontextmanager
    async def asked(self) -> AsyncIterator[Redis]:
        """Raises: RedisDown."""
        if self._asked_again_at is not None and self._now() < self._asked_again_at:
            raise RedisDown
        try:
            yield self.client
        except (RedisError, OSError, TimeoutError) as error:
            self._lost(error)
            raise RedisDown from error
        self._found()

    def _lost(self, error: Exception) -> None:
        if self._asked_again_at is None:
            logger.error(
                "Redis can't be reached (%s): API keys are refused, people are limited by each "
                "process for itself",
                type(error).__name__,
            )
        self._asked_again_at = self._now() + PAUSE_SECONDS

    def _found(self) -> None:
        if self._asked_again_at is not None:
            logger.info("Redis answers again: limits are shared")
            self._asked_again_at = None

    async def close(self) -> None:
        await self.client.aclose()
