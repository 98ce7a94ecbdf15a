"""Whoever watches an id is woken by its change, after it, and in whatever process it happens."""

import asyncio
from uuid import uuid4

import psycopg
import pytest

from storage.notifications import Notifications, announce

KILL = """
select pg_terminate_backend(pid) from pg_stat_activity
where query = 'listen copilot_changes' and pid <> pg_backend_pid()
"""


@pytest.fixture
async def notifications(database):
    async with Notifications(database).listening() as notifications:
        await asyncio.sleep(0.2)  # until it listens
        yield notifications


async def change(database, principal, changed):
    async with database.transaction(principal) as connection:
        await announce(connection, changed)


async def seconds_until(bell, patience=5.0):
    begun = asyncio.get_running_loop().time()
    await bell.wait(patience)
    return asyncio.get_running_loop().time() - begun


async def test_a_change_wakes_who_watches_it(database, principal, notifications):
    changed = uuid4()
    with notifications.watch(changed) as bell:
        await change(database, principal, changed)
        assert await seconds_until(bell) < 4


async def test_another_change_wakes_nobody(database, principal, notifications):
    with notifications.watch(uuid4()) as bell:
        await change(database, principal, uuid4())
        assert await seconds_until(bell, patience=0.5) > 0.4


async def test_it_listens_again_after_its_connection_broke(
    database, principal, notifications, urls, monkeypatch
):
    monkeypatch.setattr("storage.notifications.RECONNECT_SECONDS", 0.01)
    changed = uuid4()
    with notifications.watch(changed) as bell:
        with psycopg.connect(urls.owner.replace("copilot_owner@", "postgres:@", 1)) as superuser:
            killed = superuser.execute(KILL).fetchall()
        assert killed
        assert await seconds_until(bell) < 4  # woken to look at what it may have missed
        await change(database, principal, changed)
        assert await seconds_until(bell) < 4
