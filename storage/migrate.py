"""Brings the schema to the newest revision, as the owner."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import NullPool, create_engine, text

from storage.urls import APP_ROLE, DatabaseUrls, for_sqlalchemy


def migrate(urls: DatabaseUrls) -> None:
    """Run what is missing, in one transaction; a second process waits and finds nothing to do.

    Makes the app's role where a real server's owner may, and refers to it by name otherwise.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    engine = create_engine(for_sqlalchemy(urls.owner), poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("select pg_advisory_xact_lock(hashtext('copilot migrate'))"))
        connection.execute(text("create extension if not exists vector"))
        connection.execute(text(_ENSURE_APP_ROLE))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()


_ENSURE_APP_ROLE = f"""
do $$ begin
    if not exists (select from pg_roles where rolname = '{APP_ROLE}') then
        create role {APP_ROLE} nologin;
        grant {APP_ROLE} to current_user;
    end if;
    grant usage on schema public to {APP_ROLE};
end $$
"""
