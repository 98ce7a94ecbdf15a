import asyncio
import base64
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from graphs.checkpointer import OrganizationCheckpointer
from graphs.copilot.context import Limits
from graphs.copilot.graph import build_graph
from graphs.copilot.service import Copilot
from graphs.copilot.turns import Turns
from graphs.models.chain import ModelChain
from graphs.runtime import build_copilot
from storage.database import Database
from storage.notifications import Notifications
from storage.webhook_endpoints import WebhookEndpoint, WebhookEndpointRepository
from tools.outbound.outbox import Sent
from tools_registry.registry import Ports, build_registry


@dataclass
class Bench:
    """The copilot on real Postgres; only the model and the receiver are played."""

    database: Database
    sent: list[httpx.Request] = field(default_factory=list)
    broken: Exception | None = None
    """Raised by the next search, once."""
    dies_sending: Exception | None = None
    """Raised by the next message, once it is sent."""

    gate: asyncio.Event | None = None
    """What a search waits for."""

    def copilot(self, chain: ModelChain, **options: Any) -> Copilot:
        ports = Ports(self, outbox=self, figures=self)
        saver = OrganizationCheckpointer(self.database)
        graph = build_graph(chain, build_registry(ports), checkpointer=saver)
        turns, notifications = Turns(graph, Limits()), Notifications(self.database)
        return build_copilot(self.database, turns, notifications, **options)

    async def search(self, principal, query, *, limit, document_ids, as_of):
        if self.gate:
            await self.gate.wait()
        if self.broken:
            error, self.broken = self.broken, None
            raise error
        return []

    async def require(self, principal, name):
        pass

    async def send(self, principal, name, message_id, body):
        headers = {"webhook-id": message_id}
        self.sent.append(
            httpx.Request("POST", "https://ops.example", headers=headers, content=body)
        )
        if self.dies_sending:
            error, self.dies_sending = self.dies_sending, None
            raise error
        return Sent(name, status=200, delivered=True, pending=False, error=None)

    async def register(self, principal) -> None:
        secret = "whsec_" + base64.b64encode(b"0" * 24).decode()  # pragma: allowlist secret
        endpoint = WebhookEndpoint("ops", "https://ops.example/hook", secret)
        await WebhookEndpointRepository(self.database).add(principal.organization_id, endpoint)


@pytest.fixture
def bench(database) -> Bench:
    return Bench(database)


@pytest.fixture
def webhook():
    arguments = {"endpoint": "ops", "event_type": "a.b", "payload": {"n": 1}}
    return ("send_webhook", arguments)


@pytest.fixture
def search():
    return ("search_documents", {"query": "revenue"})


@pytest.fixture
def count(database):
    """Rows of a table for a thread, as its organization sees them."""

    async def count(table, principal, thread_id):
        async with database.psycopg_transaction(principal.organization_id) as connection:
            cursor = await connection.execute(
                f"select count(*) as n from {table} where thread_id = %s",  # noqa: S608  # a name of ours
                (str(thread_id),),
            )
            return (await cursor.fetchone())["n"]

    return count
