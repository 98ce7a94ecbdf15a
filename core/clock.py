"""Time as a port, so that retries, breakers and time limits are tested without waiting."""

import asyncio
import time
from collections.abc import Callable
from typing import Protocol


class Timer(Protocol):
    """A callback that waits for its time."""

    def cancel(self) -> None: ...


class Clock(Protocol):
    """Monotonic seconds and the wait for them to pass."""

    def now(self) -> float:
        """Seconds since an arbitrary moment, never going back."""
        ...

    async def sleep(self, seconds: float) -> None: ...

    def call_at(self, moment: float, callback: Callable[[], None]) -> Timer:
        """Call `callback` on the running event loop once `now()` has reached `moment`."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def call_at(self, moment: float, callback: Callable[[], None]) -> Timer:
        # The loop's own time may start elsewhere, as uvloop's does.
        return asyncio.get_running_loop().call_later(moment - self.now(), callback)


class ManualTimer:
    """A callback of a manual clock."""

    def __init__(self, moment: float, callback: Callable[[], None]) -> None:
        self.moment = moment
        self.callback: Callable[[], None] | None = callback

    def cancel(self) -> None:
        self.callback = None


class ManualClock:
    """A clock that moves only when something sleeps on it or a test advances it."""

    def __init__(self) -> None:
        self.time = 0.0
        self.naps: list[float] = []
        self._timers: list[ManualTimer] = []

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.advance(seconds)

    def call_at(self, moment: float, callback: Callable[[], None]) -> Timer:
        timer = ManualTimer(moment, callback)
        self._timers.append(timer)
        return timer

    def advance(self, seconds: float) -> None:
        """Let time pass, and call what falls due in it, earliest first."""
        end = self.time + seconds
        while due := [each for each in self._timers if each.callback and each.moment <= end]:
            first = min(due, key=lambda each: each.moment)
            self._timers.remove(first)
            self.time = max(self.time, first.moment)
            if first.callback:
                first.callback()
        self.time = end
