"""Time limits on a clock that only moves when told to."""

import asyncio

import pytest

from core.clock import ManualClock, SystemClock
from graphs.models.time_limits import Deadline, IdleTimeout


async def test_idle_timeout_that_is_renewed_lets_its_block_finish() -> None:
    clock = ManualClock()
    async with IdleTimeout(clock, 10) as timeout:
        for _ in range(5):
            clock.advance(9)
            timeout.renew(10)
            await asyncio.sleep(0)
    assert not timeout.expired
    assert clock.now() == 45


async def test_idle_timeout_without_renewal_ends_its_block() -> None:
    clock = ManualClock()
    timeout = IdleTimeout(clock, 10)

    async def block() -> None:
        async with timeout:
            clock.advance(10)
            await asyncio.Event().wait()

    with pytest.raises(TimeoutError):
        await block()
    assert timeout.expired


async def test_idle_timeout_that_is_shortened_ends_its_block_earlier() -> None:
    clock = ManualClock()

    async def block() -> None:
        async with IdleTimeout(clock, 300) as timeout:
            timeout.renew(10)
            clock.advance(10)
            await asyncio.Event().wait()

    with pytest.raises(TimeoutError):
        await block()


async def test_idle_timeout_passes_a_cancellation_through() -> None:
    begun = asyncio.Event()

    async def wait() -> None:
        async with IdleTimeout(ManualClock(), 10):
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(wait())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_idle_timeout_passes_the_blocks_own_timeout_error_through() -> None:
    timeout = IdleTimeout(ManualClock(), 10)

    async def block() -> None:
        async with timeout:
            raise TimeoutError("mine")

    with pytest.raises(TimeoutError, match="mine"):
        await block()
    assert not timeout.expired


async def test_idle_timeout_works_on_the_system_clock() -> None:
    async def block() -> None:
        async with IdleTimeout(SystemClock(), 60) as timeout:
            timeout.renew(0.01)
            await asyncio.Event().wait()

    with pytest.raises(TimeoutError):
        await block()


def test_deadline_counts_from_the_last_progress() -> None:
    clock = ManualClock()
    deadline = Deadline(clock, 120)
    clock.advance(100)
    assert deadline.allows(19)
    assert not deadline.allows(20)
    deadline.renew()
    assert deadline.allows(119)
