"""The schema reaches the newest revision, however often and from wherever it is asked to."""

import subprocess
import sys
from difflib import unified_diff
from importlib import resources
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from langgraph.checkpoint.postgres import PostgresSaver
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from psycopg.rows import dict_row
from sqlalchemy import NullPool, create_engine

from core.errors import ConfigurationError
from storage import migrate as migrate_module
from storage.database import Database
from storage.migrate import migrate
from storage.urls import DatabaseUrls, database_urls, for_sqlalchemy

MIGRATIONS = Path(migrate_module.__file__).parent / "migrations"


@pytest.fixture
def empty(urls):
    """A fresh database of the owner's on the same server."""
    superuser = urls.owner.replace("copilot_owner@", "postgres:@", 1)
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute("drop database if exists fresh with (force)")
        connection.execute("create database fresh owner copilot_owner")
    with psycopg.connect(superuser.replace("/copilot?", "/fresh?", 1)) as connection:
        connection.execute("create extension vector")
    fresh = [url.replace("/copilot?", "/fresh?", 1) for url in (urls.owner, urls.app)]
    yield DatabaseUrls(*fresh, app_takes_role=False)
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute("drop database fresh with (force)")


def head() -> str:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config).get_current_head()


def test_the_newest_revision_is_reached_and_kept(urls, as_owner):
    before = as_owner("select version_num from alembic_version")
    migrate(urls)
    assert before == as_owner("select version_num from alembic_version") == [(head(),)]


def test_two_processes_at_once(empty):
    program = (
        "import sys; from storage.migrate import migrate; from storage.urls import DatabaseUrls;"
        "migrate(DatabaseUrls(sys.argv[1], sys.argv[2], app_takes_role=False))"
    )
    command = [sys.executable, "-W", "error", "-c", program, empty.owner, empty.app]
    repo = Path(__file__).parents[3]
    both = [subprocess.Popen(command, cwd=repo, stderr=subprocess.PIPE) for _ in range(2)]
    outcomes = [(process.wait(60), process.stderr.read().decode()) for process in both]
    for process in both:
        process.stderr.close()
    assert [code for code, _ in outcomes] == [0, 0], outcomes
    with psycopg.connect(empty.owner) as connection:
        found = connection.execute("select version_num from alembic_version").fetchall()
    assert found == [(head(),)]


def test_a_migration_that_fails_leaves_nothing(empty, monkeypatch):
    def fail(*_):
        raise RuntimeError

    monkeypatch.setattr("storage.migrate.command.upgrade", fail)
    with pytest.raises(RuntimeError):
        migrate(empty)
    with psycopg.connect(empty.owner) as connection:
        query = "select count(*) from information_schema.tables where table_schema = 'public'"
        assert connection.execute(query).fetchone() == (0,)


CHECKPOINT_COLUMNS = """
    select table_name, column_name, data_type, is_nullable, column_default
    from information_schema.columns
    where table_name like 'checkpoint%' and column_name not in ('organization_id', 'thread')
    order by table_name, column_name
"""
CHECKPOINT_INDEXES = """
    select indexname, indexdef from pg_indexes
    where tablename like 'checkpoint%' and indexname not like '%thread_idx' order by 1
"""


def test_checkpoint_tables_are_those_of_the_installed_library(empty, as_owner):
    with psycopg.connect(empty.owner, autocommit=True, row_factory=dict_row) as connection:
        PostgresSaver(connection).setup()
    with psycopg.connect(empty.owner) as connection:
        theirs = connection.execute(CHECKPOINT_COLUMNS).fetchall()
        indexes = connection.execute(CHECKPOINT_INDEXES).fetchall()
    assert as_owner(CHECKPOINT_COLUMNS) == theirs
    assert as_owner(CHECKPOINT_INDEXES) == indexes


def test_the_library_s_setup_has_nothing_to_do(urls, as_owner):
    applied = as_owner("select v from checkpoint_migrations order by v")
    assert len(applied) == len(AsyncPostgresSaver.MIGRATIONS)
    with psycopg.connect(urls.owner, autocommit=True, row_factory=dict_row) as connection:
        PostgresSaver(connection).setup()
    assert as_owner("select v from checkpoint_migrations order by v") == applied


def test_the_job_queue_s_schema_is_that_of_the_installed_library():
    (copied,) = MIGRATIONS.glob("procrastinate-*.sql")
    installed = (resources.files("procrastinate.sql") / "schema.sql").read_text("utf-8")
    _header, ours = copied.read_text("utf-8").split("\n", 1)
    changes = unified_diff(ours.splitlines(), installed.splitlines(), lineterm="")
    assert ours == installed, "\n".join(changes)


@pytest.fixture
def without_extension(urls):
    """A database on which the owner's login may connect, and no more."""
    superuser = urls.owner.replace("copilot_owner@", "postgres:@", 1)
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute("drop database if exists bare with (force)")
        connection.execute("create database bare")
    yield urls.owner.replace("/copilot?", "/bare?", 1)
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute("drop database bare with (force)")


def test_missing_extension_is_named_with_the_statement_to_run(without_extension):
    with pytest.raises(ConfigurationError, match="create extension vector;") as raised:
        migrate(database_urls(without_extension))
    assert "DATABASE_URL" in raised.value.detail


def test_login_without_a_right_to_the_schema_is_named(without_extension):
    superuser = without_extension.replace("copilot_owner@", "postgres:@", 1)
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute("create extension vector")
    with pytest.raises(ConfigurationError, match="DATABASE_URL may not"):
        migrate(database_urls(without_extension))


@pytest.mark.parametrize("scheme", ["postgres", "postgresql+psycopg"])
async def test_urls_of_other_schemes_reach_the_database(empty, scheme):
    superuser = empty.owner.replace("copilot_owner@", "postgres:@", 1)
    urls = database_urls(superuser.replace("postgresql", scheme, 1))
    migrate(urls)
    async with Database.open(urls, connections=1) as database:
        await database.ping()


KEYS_BEFORE = """
insert into organizations (id, name) values (%(organization)s, 'test');
insert into users (id, organization_id, identity) values (%(user)s, %(organization)s, 'jo');
insert into api_keys
    (id, organization_id, name, prefix, digest, permissions, created_by, expires_at)
select id, %(organization)s, name, '', decode(repeat('00', 32), 'hex'), '{}', created_by, now()
from (values
    (%(first)s::uuid, 'made by a person', 'user:' || %(user)s),
    (%(second)s::uuid, 'made with a key', 'key:' || %(first)s),
    (gen_random_uuid(), 'made with a key of a key', 'key:' || %(second)s),
    (%(orphan)s::uuid, 'maker was erased', 'user:' || %(orphan)s),
    (gen_random_uuid(), 'made with an orphan', 'key:' || %(orphan)s)
) as keys (id, name, created_by)
"""


def test_existing_keys_act_for_the_person_at_their_root(empty):
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    before = ScriptDirectory.from_config(config).get_revision("0018").down_revision
    ids = {name: str(uuid4()) for name in ("organization", "user", "first", "second", "orphan")}
    bind = f"select set_config('app.organization_id', '{ids['organization']}', false)"
    engine = create_engine(for_sqlalchemy(empty.owner), poolclass=NullPool)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, before)
    with psycopg.connect(empty.owner, cursor_factory=psycopg.ClientCursor) as owner:
        owner.execute(bind)
        owner.execute(KEYS_BEFORE, ids)
    migrate(empty)
    with psycopg.connect(empty.owner) as owner:
        owner.execute(bind)
        rows = owner.execute("select name, acts_for, revoked_at is null from api_keys").fetchall()
    jo, gone = f"user:{ids['user']}", f"user:{ids['orphan']}"
    assert set(rows) == {
        ("made by a person", jo, True),
        ("made with a key", jo, True),
        ("made with a key of a key", jo, True),
        ("maker was erased", gone, False),
        ("made with an orphan", gone, False),
    }
