"""How long a model may keep its caller waiting, and the timer that enforces it."""

import asyncio
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from core.clock import Clock


@dataclass(frozen=True)
class TimeLimits:
    """Seconds that one request may pass without progress. Nothing limits the whole answer."""

    first_token: float
    """Until the answer begins: the model loads, waits for its turn and reads the prompt."""
    idle: float
    """Between two chunks of an answer that has begun; each chunk starts it anew."""


class IdleTimeout:
    """Ends its block with a TimeoutError when nothing renews it in time.

    Like `asyncio.timeout`, but on a clock that a test can move, and cheap to renew for each token:
    the timer isn't set again until it fires.
    """

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock = clock
        self._scope = asyncio.timeout(None)
        self._due = clock.now() + seconds

    @property
    def expired(self) -> bool:
        return self._scope.expired()

    def renew(self, seconds: float) -> None:
        """Allow `seconds` from now."""
        self._due = self._clock.now() + seconds
        if self._due < self._fires_at:
            self._timer.cancel()
            self._set_timer()

    async def __aenter__(self) -> Self:
        await self._scope.__aenter__()
        self._set_timer()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        await self._scope.__aexit__(kind, error, traceback)

    def _set_timer(self) -> None:
        self._fires_at = self._due
        self._timer = self._clock.call_at(self._due, self._check)

    def _check(self) -> None:
        if self._clock.now() < self._due:
            self._set_timer()
        else:
            self._scope.reschedule(asyncio.get_running_loop().time())


class Deadline:
    """How long an answer may go without progress before failed models aren't asked again."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock = clock
        self._seconds = seconds
        self.renew()

    def renew(self) -> None:
        """Count from now: the answer has made progress."""
        self._ends = self._clock.now() + self._seconds

    def allows(self, wait: float) -> bool:
        """Whether `wait` seconds from now it hasn't passed."""
        return self._clock.now() + wait < self._ends
