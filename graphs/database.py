"""Opens the database that the settings name. For commands that need no more, it loads no graph."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from core.settings import Settings
from storage.database import Database
from storage.embedded_postgres import EmbeddedPostgres
from storage.migrate import migrate
from storage.private_files import PASSABLE_FOLDER, PRIVATE_FOLDER, private_folder
from storage.urls import DatabaseUrls, database_urls


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[Database]:
    """The app's connections to a database with the newest schema.

    Raises:
        ConfigurationError: a setting is wrong, or something it names can't be reached.
    """
    async with open_postgres(settings) as urls, Database.open(urls) as database:
        yield database


@asynccontextmanager
async def open_postgres(settings: Settings) -> AsyncIterator[DatabaseUrls]:
    """Start or reach Postgres and bring its schema up to date.

    An embedded one is restarted if it dies, and stopped at the end unless others use it.
    """
    async with AsyncExitStack() as stack:
        if settings.database_url is None:
            postgres = await asyncio.to_thread(EmbeddedPostgres, settings.data_dir / "postgres")
            stack.callback(postgres.close)
            # After its start, in which it opens the folder to every user, if root runs it.
            mode = PASSABLE_FOLDER if os.geteuid() == 0 else PRIVATE_FOLDER
            await asyncio.to_thread(private_folder, settings.data_dir, mode)
            await stack.enter_async_context(postgres.supervised())
            urls = postgres.urls
        else:
            await asyncio.to_thread(private_folder, settings.data_dir)
            app = settings.app_database_url
            urls = database_urls(
                settings.database_url.get_secret_value(), app.get_secret_value() if app else None
            )
        await asyncio.to_thread(migrate, urls)
        yield urls
