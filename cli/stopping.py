"""How commands end when they are told to stop."""

import signal
from types import FrameType


def close_on_sigterm() -> None:
    """Have SIGTERM unwind the process as Ctrl-C does, so that what it opened is closed.

    Else the process ends on the spot, and an embedded Postgres that it started goes on running.
    """
    # A shell starts background jobs with SIGINT ignored, which they would pass on to asyncio.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, _interrupt)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    signal.raise_signal(signal.SIGINT)  # asyncio cancels what runs and lets it clean up
