"""A circuit breaker: a model that keeps failing is left alone for a while, then probed once."""

from enum import StrEnum

from core.clock import Clock


class BreakerState(StrEnum):
    """What happens to the next request."""

    CLOSED = "closed"  # it goes through
    OPEN = "open"  # it is turned away
    HALF_OPEN = "half-open"  # one probe is under way, or the next request is it


class CircuitBreaker:
    """Opens after `failures_to_open` failures in a row, for `reset_seconds`.

    Every request takes a ticket and hands it back with how it ended. Tickets of an earlier state
    are ignored: a slow request that began before the breaker opened neither closes it nor frees
    the probe's place. No method awaits, so tasks of one event loop need no lock; don't share a
    breaker between threads.
    """

    def __init__(
        self, clock: Clock, *, failures_to_open: int = 5, reset_seconds: float = 30.0
    ) -> None:
        self._clock = clock
        self._failures_to_open = failures_to_open
        self._reset_seconds = reset_seconds
        self._epoch = 0
        self._failures = 0
        self._open_until: float | None = None
        self._probing = False

    @property
    def state(self) -> BreakerState:
        if self._open_until is None:
            return BreakerState.CLOSED
        if self._probing or self._clock.now() >= self._open_until:
            return BreakerState.HALF_OPEN
        return BreakerState.OPEN

    @property
    def seconds_left(self) -> float:
        """Seconds until a probe may go through; 0 when one may now."""
        return 0.0 if self._open_until is None else max(0.0, self._open_until - self._clock.now())

    def admit(self) -> int | None:
        """A ticket for one request, or None when the model is to be left alone."""
        if self._open_until is None:
            return self._epoch
        if self._probing or self._clock.now() < self._open_until:
            return None
        self._probing = True
        return self._epoch

    def succeeded(self, ticket: int) -> None:
        """The model answered: close."""
        if ticket == self._epoch:
            self._failures = 0
            self._open_until = None
            self._probing = False

    def failed(self, ticket: int, *, rest_seconds: float | None = None) -> None:
        """The model failed. With `rest_seconds` it is left alone for that long, at once."""
        if ticket != self._epoch:
            return
        self._failures += 1
        if rest_seconds is not None:
            self._open(rest_seconds)
        elif self._probing or self._failures >= self._failures_to_open:
            self._open(self._reset_seconds)

    def released(self, ticket: int) -> None:
        """The request ended, which says nothing of the model: cancelled, or its own fault."""
        if ticket == self._epoch:
            self._probing = False

    def _open(self, seconds: float) -> None:
        self._open_until = self._clock.now() + seconds
        self._failures = 0
        self._probing = False
        self._epoch += 1
