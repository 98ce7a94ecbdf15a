"""Whether a slow receiver of webhooks slows the others down.

Both sides: 100 events for nine receivers on loopback that answer at once, sent by one worker on a
Postgres of this machine, from the first event to the last delivery in the log; "ours" has a tenth
receiver beside them that takes five seconds for each request.
"""

import asyncio
import base64
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from ipaddress import ip_network
from statistics import median

from sqlalchemy import text

from bench.filled_store import scratch_store
from bench.measure import Bound, Comparison, Effort
from core.principal import LOCAL_ORGANIZATION_ID
from storage.database import Database
from storage.jobs import JobQueue, end
from storage.outbox import DELIVER, EVERY, EventType, publish
from storage.webhook_endpoints import WebhookEndpoint, WebhookEndpointRepository
from tools.outbound.addresses import Reach
from tools.outbound.client import OutboundClient
from tools.outbound.delivering import Delivering
from tools.outbound.scripted_receiver import Behaviour, receiving, status

EVENTS, FAST, SLOW_SECONDS, ROUNDS = 100, 9, 5.0, 3
GOAL_A_MINUTE, GOAL_RATIO = 1000, 0.8
SECRET = f"whsec_{base64.b64encode(bytes(32)).decode()}"
at_once = status(204)


async def measure(effort: Effort) -> dict[str, Comparison]:
    rounds = effort.rounds(ROUNDS)
    alone, beside = [], []
    async with scratch_store() as store, _working(store.database):
        await _a_minute(store.database)  # warm
        for _ in range(rounds):
            alone.append(await _a_minute(store.database))
            beside.append(await _a_minute(store.database, _slowly))
    figures = median(alone), median(beside), "deliveries/min", rounds
    return {
        "beside a slow receiver": Comparison(*figures, GOAL_A_MINUTE, Bound.OURS_AT_LEAST),
        "beside a slow receiver, against none": Comparison(
            *figures, GOAL_RATIO, Bound.RATIO_AT_LEAST
        ),
    }


@asynccontextmanager
async def _working(database: Database) -> AsyncIterator[None]:
    client = OutboundClient(Reach([ip_network("127.0.0.0/8")]))
    queue = JobQueue(database)
    queue.register(DELIVER, Delivering(database, client).run)
    worker = asyncio.create_task(queue.work_on())
    try:
        yield
    finally:
        await end(worker)


async def _a_minute(database: Database, *others: Behaviour) -> float:
    """Deliveries of the fast receivers."""
    endpoints = WebhookEndpointRepository(database)
    async with AsyncExitStack() as stack:
        names = []
        for number, behave in enumerate([*[at_once] * FAST, *others]):
            receiver = await stack.enter_async_context(receiving(behave))
            name = f"{'fast' if number < FAST else 'slow'}-{number}"
            endpoint = WebhookEndpoint(name, receiver.url, SECRET, (EVERY,))
            await endpoints.add(LOCAL_ORGANIZATION_ID, endpoint)
            names.append(name)
        started = time.perf_counter()
        for number in range(EVENTS):
            async with database.transaction(LOCAL_ORGANIZATION_ID) as connection:
                data = {"number": number}
                await publish(connection, LOCAL_ORGANIZATION_ID, EventType.DOCUMENT_INDEXED, data)
        while await _delivered(database) < EVENTS * FAST:  # noqa: ASYNC110  # a worker writes it
            await asyncio.sleep(0.1)
        minutes = (time.perf_counter() - started) / 60
        for name in names:
            await endpoints.delete(LOCAL_ORGANIZATION_ID, name)
    return EVENTS * FAST / minutes


async def _delivered(database: Database) -> int:
    query = text(
        "select count(*) from webhook_deliveries d join webhook_endpoints e on e.id = endpoint_id"
        " where status = 'delivered' and e.name like 'fast%'"
    )
    async with database.transaction(LOCAL_ORGANIZATION_ID) as connection:
        count: int = (await connection.execute(query)).scalar_one()
    return count


async def _slowly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(SLOW_SECONDS)
    await at_once(reader, writer)
