"""The app's role can't step over row security, by whichever way it connects."""

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import text

from core.errors import ConfigurationError
from storage.database import Database
from storage.migrate import migrate
from storage.urls import APP_ROLE, DatabaseUrls, database_urls


def test_the_app_s_role_is_ordinary_and_owns_nothing(as_owner):
    ((powers),) = as_owner(
        "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication"
        " from pg_roles where rolname = %s",
        APP_ROLE,
    )
    assert powers == (False,) * 5
    owned = as_owner(
        "select relname from pg_class where pg_get_userbyid(relowner) = %s"
        " union select proname from pg_proc where pg_get_userbyid(proowner) = %s",
        APP_ROLE,
        APP_ROLE,
    )
    assert owned == []
    assert as_owner("select 1 from pg_auth_members where member = %s::regrole", APP_ROLE) == []


def test_the_owner_is_no_superuser(as_owner):
    ((powers),) = as_owner(
        "select rolsuper, rolbypassrls from pg_roles where rolname = current_user"
    )
    assert powers == (False, False)


@pytest.fixture(scope="module")
def superuser(urls) -> str:
    return urls.owner.replace("copilot_owner@", "postgres:@", 1)


async def test_a_superuser_s_url_is_refused(urls, superuser):
    wrong = DatabaseUrls(owner=urls.owner, app=superuser, app_takes_role=False)
    with pytest.raises(ConfigurationError, match="COPILOT_APP_DATABASE_URL"):
        async with Database.open(wrong):
            raise AssertionError("opened")


async def test_an_ordinary_role_that_bypasses_row_security_is_refused(urls, superuser):
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute("create role sly login bypassrls")
    try:
        app = urls.owner.replace("copilot_owner@", "sly@", 1)
        with pytest.raises(ConfigurationError, match="sly"):
            async with Database.open(DatabaseUrls(urls.owner, app, app_takes_role=False)):
                raise AssertionError("opened")
    finally:
        with psycopg.connect(superuser, autocommit=True) as connection:
            connection.execute("drop role sly")


async def test_a_pooled_connection_carries_no_organization_over(urls, principal):
    query = "select current_setting('app.organization_id', true)"
    async with Database.open(urls, connections=1) as database:
        for _ in range(2):
            async with database.transaction(principal.organization_id) as connection:
                bound = (await connection.execute(text(query))).scalar()
                assert bound == str(principal.organization_id)
            async with database._engine.connect() as connection:
                assert not (await connection.execute(text(query))).scalar()
                rows = await connection.execute(text("select 1 from organizations"))
                assert rows.all() == []
            async with database.psycopg_transaction(principal.organization_id):
                pass
            async with database.pool.connection() as connection:
                cursor = await connection.execute(query)
                assert not (await cursor.fetchone())["current_setting"]


async def test_after_an_error_nothing_is_carried_over_either(urls, principal):
    async with Database.open(urls, connections=1) as database:
        with pytest.raises(RuntimeError):
            async with database.transaction(principal.organization_id):
                raise RuntimeError
        async with database._engine.connect() as connection:
            rows = await connection.execute(text("select 1 from organizations"))
            assert rows.all() == []


@pytest.fixture(scope="module")
def plain_server(superuser):
    """Another database in which a superuser's URL is all there is, as DATABASE_URL may be."""
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute("drop database if exists plain")
        connection.execute("create database plain")
    urls = database_urls(superuser.replace("/copilot?", "/plain?", 1))
    migrate(urls)
    yield urls
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier("plain")))


async def test_with_one_url_only_the_app_takes_its_role(plain_server):
    async with Database.open(plain_server, connections=2) as database:
        async with database._engine.connect() as connection:
            who = "select current_user::text, session_user::text"
            assert (await connection.execute(text(who))).one() == (APP_ROLE, "postgres")
            rows = await connection.execute(text("select 1 from organizations"))
            assert rows.all() == []
            await connection.execute(text("reset role"))
            assert (await connection.execute(text(who))).one() == (APP_ROLE, "postgres")
            rows = await connection.execute(text("select 1 from organizations"))
            assert rows.all() == []
        async with database.pool.connection() as connection:
            cursor = await connection.execute("select current_user::text as name")
            assert (await cursor.fetchone())["name"] == APP_ROLE
