"""Wakes who waits for a row to change, in whatever process it changes.

A notification says only that there is something to read: one that is lost costs a moment.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Self
from uuid import UUID

from psycopg import AsyncConnection, OperationalError
from psycopg.rows import DictRow
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection as Transaction

from storage.database import Database
from storage.jobs import end

CHANNEL = "copilot_changes"
LOOK_AGAIN_SECONDS = 2.0
"""How late a change is seen whose notification was lost."""
RECONNECT_SECONDS = 1.0

logger = logging.getLogger(__name__)


async def announce(connection: Transaction, changed: UUID) -> None:
    """Wake who watches an id, once the transaction has committed."""
    await connection.execute(
        text("select pg_notify(:channel, :id)"), {"channel": CHANNEL, "id": str(changed)}
    )


class Notifications:
    """One connection of a process listens for all who wait in it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._bells: dict[str, set[asyncio.Event]] = defaultdict(set)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[Self]:
        """Listen until left."""
        task = asyncio.create_task(self._listen_on())
        try:
            yield self
        finally:
            await end(task)

    @contextmanager
    def watch(self, *ids: UUID) -> Iterator["Bell"]:
        """Watch ids from now on: what is read between this and a wait, no change escapes."""
        event = asyncio.Event()
        for each in ids:
            self._bells[str(each)].add(event)
        try:
            yield Bell(event)
        finally:
            for each in ids:
                self._bells[str(each)].discard(event)
                if not self._bells[str(each)]:
                    del self._bells[str(each)]

    def ring(self, changed: UUID) -> None:
        """Wake who watches an id in this process at once, after the transaction."""
        for event in self._bells.get(str(changed), ()):
            event.set()

    async def _listen_on(self) -> None:
        while True:
            try:
                async with self._database.own_connection() as connection:
                    await self._listen(connection)
            except OperationalError as error:
                logger.warning("no notifications for a while: %s", type(error).__name__)
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _listen(self, connection: AsyncConnection[DictRow]) -> None:
        await connection.execute(f"listen {CHANNEL}")
        for event in {event for events in self._bells.values() for event in events}:
            event.set()  # whatever was missed meanwhile
        async for notification in connection.notifies():
            for event in self._bells.get(notification.payload, ()):
                event.set()


class Bell:
    """Of one watcher."""

    def __init__(self, event: asyncio.Event) -> None:
        self._event = event

    async def wait(self, seconds: float = LOOK_AGAIN_SECONDS) -> None:
        """Until something that is watched has changed, or it is time to look anyhow."""
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return
        self._event.clear()
