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


def test_the_manual_clock_calls_what_falls_due_in_order():
    clock, called = ManualClock(), []
    clock.call_at(5, lambda: called.append(("late", clock.now())))
    clock.call_at(3, lambda: called.append(("early", clock.now())))
    clock.call_at(4, lambda: called.append(("cancelled", clock.now()))).cancel()
    clock.call_at(9, lambda: called.append(("not yet", clock.now())))
    clock.advance(6)
    assert called == [("early", 3), ("late", 5)]
    assert clock.now() == 6


async def test_the_system_clock_calls_back():
    clock, called = SystemClock(), asyncio.Event()
    clock.call_at(clock.now() + 0.01, called.set)
    await asyncio.wait_for(called.wait(), 60)
