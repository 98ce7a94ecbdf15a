"""Brings the schema to the newest revision, as the owner."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.exc import DBAPIError, OperationalError

from core.errors import ConfigurationError
from storage.urls import APP_ROLE, DatabaseUrls, for_sqlalchemy


def migrate(urls: DatabaseUrls) -> None:
    """Run what is missing, in one transaction; a second process waits and finds nothing to do.

    Makes the app's role if it isn't there yet.

    Raises:
        ConfigurationError: the server can't be reached, or the owner lacks a right.
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


def _prepare(connection: Connection) -> None:
    try:
        connection.execute(text("create extension if not exists vector"))
        connection.execute(text(_ENSURE_APP_ROLE))
    except DBAPIError as error:
        raise ConfigurationError(
            "The login of DATABASE_URL may not create the extension pgvector or the role "
            f"{APP_ROLE}: have a superuser create both, and grant the role to the login."
        ) from error


_ENSURE_APP_ROLE = f"""
do $$ begin
    if not exists (select from pg_roles where rolname = '{APP_ROLE}') then
        create role {APP_ROLE} nologin;
        grant {APP_ROLE} to current_user;
    end if;
    grant usage on schema public to {APP_ROLE};
end $$
"""
