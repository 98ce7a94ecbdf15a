"""Losing Redis and finding it again is logged, and not with each request."""

import logging

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError

from server.limits.redis_client import PAUSE_SECONDS, RedisDown, SharedRedis


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


async def ask(redis: SharedRedis, error: Exception | None = None) -> None:
    async with redis.asked():
        if error:
            raise error


async def test_loss_and_return_of_redis_are_logged_once_each(caplog):
    caplog.set_level(logging.INFO)
    clock = Clock()
    redis = SharedRedis("redis://127.0.0.1:1", now=clock)
    await ask(redis)
    assert caplog.messages == []
    for _ in range(3):  # outages that are noticed after each pause are one outage
        for _ in range(5):
            with pytest.raises(RedisDown):
                await ask(redis, RedisConnectionError("10.0.0.1"))
        clock.seconds += PAUSE_SECONDS
    (lost,) = caplog.records
    assert lost.levelno == logging.ERROR
    assert "10.0.0.1" not in lost.getMessage()
    for _ in range(3):
        await ask(redis)
    assert [each.levelno for each in caplog.records] == [logging.ERROR, logging.INFO]
    with pytest.raises(RedisDown):
        await ask(redis, TimeoutError())
    assert len(caplog.records) == 3
    await redis.close()
