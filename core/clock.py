"""Time as a port, so that retries and circuit breakers are tested without waiting."""

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    """Monotonic seconds and the wait for them to pass."""

    def now(self) -> float:
        """Seconds since an arbitrary moment, never going back."""
        ...

    async def sleep(self, seconds: float) -> None: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class ManualClock:
    """A clock that moves only when something sleeps on it or a test advances it."""

    def __init__(self) -> None:
        self.time = 0.0
        self.naps: list[float] = []

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.time += seconds
