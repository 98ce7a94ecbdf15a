"""The command that indexes documents in a process of its own."""

import asyncio
import contextlib

from rich.console import Console

from core.settings import load_settings
from core.telemetry import configure_logging
from graphs.runtime import open_runtime

console = Console(highlight=False, soft_wrap=True)


def worker() -> None:
    """Index documents until stopped. Run as many as you like."""
    settings = load_settings()
    configure_logging()

    async def work() -> None:
        async with open_runtime(settings) as runtime:
            console.print("Working. Stop with Ctrl-C.")
            await runtime.queue.work_on()

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(work())
