"""The command that indexes documents in a process of its own."""

import asyncio
import contextlib

from rich.console import Console

from core.settings import load_settings
from core.telemetry import configure_logging
from graphs.runtime import open_runtime
from storage.jobs import end

console = Console(highlight=False, soft_wrap=True)


def worker() -> None:
    """Index documents until stopped. Run as many as you like."""
    settings = load_settings()
    configure_logging()

    async def work() -> None:
        async with open_runtime(settings) as runtime:
            console.print("Working. Stop with Ctrl-C.")
            working = asyncio.create_task(runtime.queue.work_on())
            try:
                await asyncio.wait([working])
            finally:
                await end(working)

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(work())
