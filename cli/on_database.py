"""What commands do with the database alone, on record."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from cli.recording import recorded
from core.settings import load_settings
from graphs.database import open_database
from storage.database import Database

Result = TypeVar("Result")


def on_database(
    command: str, work: Callable[[Database], Awaitable[Result]], target: object = ""
) -> Result:
    """Open the installation's database, do the work, and write to the audit log that it was done.

    Args:
        command: as it was called, without its arguments.
        work: what to do.
        target: ids of what it is about.
    """
    settings = load_settings()

    async def run() -> Result:
        async with open_database(settings) as database, recorded(database, command, target):
            return await work(database)

    return asyncio.run(run())
