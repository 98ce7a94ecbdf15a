import asyncio

from core.clock import ManualClock
from graphs.models.breaker import BreakerState, CircuitBreaker


def opened(clock: ManualClock) -> CircuitBreaker:
    breaker = CircuitBreaker(clock, failures_to_open=2, reset_seconds=30)
    fail(breaker, times=2)
    return breaker


def fail(breaker: CircuitBreaker, *, times: int) -> None:
    for _ in range(times):
        ticket = breaker.admit()
        assert ticket is not None
        breaker.failed(ticket)


def test_opens_after_failures_in_a_row() -> None:
    breaker = CircuitBreaker(ManualClock(), failures_to_open=3)
    fail(breaker, times=2)
    assert breaker.state is BreakerState.CLOSED
    fail(breaker, times=1)
    assert breaker.state is BreakerState.OPEN
    assert breaker.admit() is None


def test_a_success_ends_the_row() -> None:
    breaker = CircuitBreaker(ManualClock(), failures_to_open=2)
    fail(breaker, times=1)
    breaker.succeeded(breaker.admit() or 0)
    fail(breaker, times=1)
    assert breaker.state is BreakerState.CLOSED


def test_one_probe_after_the_reset_time_closes_it() -> None:
    clock = ManualClock()
    breaker = opened(clock)
    clock.time = 29.9
    assert breaker.admit() is None
    assert breaker.seconds_left > 0
    clock.time = 30
    assert breaker.state is BreakerState.HALF_OPEN
    probe = breaker.admit()
    assert probe is not None
    assert breaker.admit() is None
    breaker.succeeded(probe)
    assert breaker.state is BreakerState.CLOSED


def test_a_failed_probe_opens_it_again_at_once() -> None:
    clock = ManualClock()
    breaker = opened(clock)
    clock.time = 30
    fail(breaker, times=1)
    assert breaker.state is BreakerState.OPEN
    assert breaker.seconds_left == 30


def test_a_released_probe_makes_room_for_another() -> None:
    clock = ManualClock()
    breaker = opened(clock)
    clock.time = 30
    breaker.released(breaker.admit() or 0)
    assert breaker.admit() is not None


def test_requests_from_before_it_opened_change_nothing() -> None:
    clock = ManualClock()
    breaker = CircuitBreaker(clock, failures_to_open=2, reset_seconds=30)
    slow = breaker.admit()
    assert slow is not None
    fail(breaker, times=2)
    breaker.succeeded(slow)
    assert breaker.state is BreakerState.OPEN
    clock.time = 30
    probe = breaker.admit()
    breaker.released(slow)
    breaker.failed(slow)
    assert breaker.admit() is None, "the probe still holds the only place"
    breaker.succeeded(probe or 0)
    assert breaker.state is BreakerState.CLOSED


def test_a_named_rest_opens_it_at_once_for_that_long() -> None:
    clock = ManualClock()
    breaker = CircuitBreaker(clock)
    breaker.failed(breaker.admit() or 0, rest_seconds=90)
    clock.time = 89
    assert breaker.admit() is None
    clock.time = 90
    assert breaker.admit() is not None


async def test_only_one_of_many_tasks_probes() -> None:
    clock = ManualClock()
    breaker = opened(clock)
    clock.time = 30

    async def request() -> bool:
        ticket = breaker.admit()
        await asyncio.sleep(0)
        return ticket is not None

    assert sum(await asyncio.gather(*(request() for _ in range(50)))) == 1
