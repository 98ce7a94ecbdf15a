"""Brings the schema to the newest revision, as the owner."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

from core.errors import ConfigurationError
from storage.urls import APP_ROLE, DatabaseUrls, for_sqlalchemy

MIN_VERSION = (18,)
"""Has uuidv7()."""


def migrate(urls: DatabaseUrls) -> None:
    """Run what is missing, in one transaction; a second process waits and finds nothing to do.

    Makes the app's role if it isn't there yet.

    Raises:
        ConfigurationError: the server can't be reached or is too old, or the owner lacks a right.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    engine = create_engine(for_sqlalchemy(urls.owner), poolclass=NullPool)
    try:
        with engine.begin() as connection:
            connection.execute(text("select pg_advisory_xact_lock(hashtext('copilot migrate'))"))
            _prepare(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except OperationalError as error:
        raise ConfigurationError(
            "The Postgres that DATABASE_URL names can't be reached, or refuses its login."
        ) from error
    except ProgrammingError as error:
        if not isinstance(error.orig, InsufficientPrivilege):
            raise
        raise ConfigurationError(
            "The login of DATABASE_URL may not change the schema: make it the owner of the "
            f"database and of all tables in it. Postgres says: {error.orig.diag.message_primary}"
        ) from error


def _prepare(connection: Connection) -> None:
    if connection.dialect.server_version_info < MIN_VERSION:  # type: ignore[operator]  # a tuple, untyped
        raise ConfigurationError(
            f"The Postgres that DATABASE_URL names is older than {MIN_VERSION[0]}: upgrade it."
        )
    try:
        connection.execute(text("create extension if not exists vector"))
    except DBAPIError as error:
        raise ConfigurationError(_missing_extension(error)) from error
    try:
        connection.execute(text(_ENSURE_APP_ROLE))
    except DBAPIError as error:
        login = connection.engine.url.username
        raise ConfigurationError(
            f"The login of DATABASE_URL may not create the role {APP_ROLE}. Run as a superuser: "
            f'create role {APP_ROLE} nologin; grant {APP_ROLE} to "{login}";'
        ) from error


def _missing_extension(error: DBAPIError) -> str:
    database = "the database that DATABASE_URL names"
    if isinstance(error.orig, InsufficientPrivilege):
        return (
            f"The extension `vector` (pgvector) is missing in {database}, and its login may not "
            "create it. Run in that database as a superuser: create extension vector;"
        )
    return (
        f"The extension `vector` (pgvector) can't be created in {database}: install pgvector on "
        "its server, then run in that database as a superuser: create extension vector;"
    )


_ENSURE_APP_ROLE = f"""
do $$ begin
    if not exists (select from pg_roles where rolname = '{APP_ROLE}') then
        create role {APP_ROLE} nologin;
        grant {APP_ROLE} to current_user;
    end if;
    grant usage on schema public to {APP_ROLE};
end $$
"""
