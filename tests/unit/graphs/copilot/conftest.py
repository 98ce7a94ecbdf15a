"""The copilot's graph in this process, over fakes of everything outside of it."""

import base64
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from langchain_core.messages import HumanMessage
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.types import Command
from unit.ledger import Ledger

from core.errors import NotFoundError
from core.principal import Permission, Principal
from graphs.checkpointer import STORED_TYPES
from graphs.copilot.context import Limits, RunContext
from graphs.copilot.graph import CopilotGraph, build_graph
from graphs.models.chain import ModelChain
from knowledge.figures.lookup import LookUp
from knowledge.passages import Passage
from storage.webhook_endpoints import WebhookEndpoint
from tools.outbound.outbox import Sent
from tools_registry.registry import Ports, Registry, build_registry
from tools_registry.spec import Caller

SECRET = "whsec_" + base64.b64encode(b"0" * 24).decode()  # pragma: allowlist secret
JO = Principal("jo", UUID(int=7), frozenset(Permission))
OPS = WebhookEndpoint("ops", "https://ops.example/hook", SECRET)


def make_passage(text: str, page: int = 1) -> Passage:
    return Passage(
        chunk_id=uuid4(),
        document_id=uuid4(),
        document_version_id=uuid4(),
        document="ACME_2024_10K.pdf",
        version=1,
        page=page,
        start=0,
        end=len(text),
        match_start=0,
        match_end=len(text),
        text=text,
        score=0.5,
    )


@dataclass
class Rig:
    """Ports that record, a registry over them, and one thread."""

    found: dict[str, list[Passage]] = field(default_factory=dict)
    """Passages by query."""
    searches: list[tuple[Principal, str, Any]] = field(default_factory=list)
    sent: list[httpx.Request] = field(default_factory=list)
    principal: Principal = JO
    limits: Limits = field(default_factory=Limits)
    thread: str = "t1"
    ledger: Ledger = field(default_factory=Ledger)
    """Where figures are looked up."""
    graph: CopilotGraph | None = None

    @property
    def registry(self) -> Registry:
        return build_registry(Ports(retriever=self, outbox=self, figures=self))

    async def search(self, principal, query, *, limit, document_ids, as_of):
        self.searches.append((principal, query, document_ids))
        return self.found.get(query, [])

    async def look_up(self, principal: Principal, item: str, **options: Any) -> LookUp:
        return await self.ledger.look_up(principal, item, **options)

    async def require(self, principal, name):
        if name != OPS.name:
            raise NotFoundError(f"No webhook is registered as {name!r}. Registered: ops.")

    async def send(self, principal, name, message_id, body):
        await self.require(principal, name)
        headers = {"webhook-id": message_id}
        self.sent.append(httpx.Request("POST", OPS.url, headers=headers, content=body))
        return Sent(name, status=200, delivered=True, pending=False, error=None)

    def build(self, chain: ModelChain) -> "Rig":
        saver = InMemorySaver(serde=JsonPlusSerializer(allowed_msgpack_modules=STORED_TYPES))
        self.graph = build_graph(chain, self.registry, checkpointer=saver)
        return self

    @property
    def config(self) -> dict[str, Any]:
        return {"configurable": {"thread_id": self.thread}, "recursion_limit": 60}

    async def run(self, given: Any, *, stream: bool = False, documents=None) -> dict[str, Any]:
        context = RunContext(Caller(self.principal, documents), self.limits, stream)
        return await self.graph.ainvoke(given, self.config, context=context)

    async def ask(self, text: str = "What was revenue?", **options: Any) -> dict[str, Any]:
        return await self.run({"messages": [HumanMessage(text)], "approvals": {}}, **options)

    async def answer(self, approvals: Any) -> dict[str, Any]:
        """As the service does: to each interrupt by its id."""
        snapshot = await self.graph.aget_state(self.config)
        return await self.run(Command(resume={each.id: approvals for each in snapshot.interrupts}))


@pytest.fixture
def rig() -> Rig:
    return Rig()


@pytest.fixture
def passage():
    return make_passage


@pytest.fixture
def webhook():
    """A call of send_webhook."""

    def call(payload: dict[str, Any] | None = None, endpoint: str = "ops"):
        arguments = {"endpoint": endpoint, "event_type": "a.b", "payload": payload or {"n": 1}}
        return ("send_webhook", arguments)

    return call
