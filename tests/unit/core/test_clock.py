import asyncio

from core.clock import ManualClock, SystemClock


async def test_the_manual_clock_moves_by_what_is_slept():
    clock = ManualClock()
    await asyncio.wait_for(clock.sleep(3600), 60)
    await clock.sleep(0.5)
    assert (clock.now(), clock.naps) == (3600.5, [3600, 0.5])


async def test_the_system_clock_really_waits():
    clock = SystemClock()
    before = clock.now()
    await clock.sleep(0.02)
    assert clock.now() - before >= 0.019
