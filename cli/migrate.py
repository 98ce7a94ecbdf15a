"""The command that brings the database up to date."""

import asyncio

from rich.console import Console

from core.settings import load_settings
from graphs.database import open_postgres

console = Console(highlight=False)


def migrate() -> None:
    """Bring the database's schema to the newest revision."""
    settings = load_settings()

    async def run() -> None:
        async with open_postgres(settings):
            pass  # opening it does it

    asyncio.run(run())
    console.print("The schema is up to date.")
