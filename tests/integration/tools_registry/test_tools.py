"""The product's own registry, bound to the real retriever and endpoints."""

import base64

import pytest
from langchain_core.messages import ToolCall

from storage.webhook_deliveries import WebhookDeliveryRepository
from storage.webhook_endpoints import WebhookEndpoint
from tools.outbound.outbox import Outbox
from tools_registry.binding import run
from tools_registry.evidence import Evidence, shown_numbers
from tools_registry.registry import Ports, build_registry
from tools_registry.spec import Caller, Execution


@pytest.fixture
async def indexed(runtime, principal, filings):
    path = min((filings / "pdfs").glob("*.pdf"), key=lambda path: path.stat().st_size)
    version, _ = await runtime.ingestion.accept(principal, path.name, path)
    await runtime.ingestion.index(principal, version.id)
    return version


async def said(registry, caller, name, evidence=None, **arguments):
    call = ToolCall(name=name, args=arguments, id="c", type="tool_call")
    outcome = await run(registry, call, caller, Execution("key", '{"type": "a.b"}'))
    return outcome.message(evidence or Evidence())


async def test_a_search_shows_numbered_passages_of_the_caller_s(
    runtime, indexed, principal, stranger
):
    evidence = Evidence()
    caller = Caller(principal, (indexed.document_id,))
    arguments = {"query": "total net revenue", "limit": 3}
    found = await said(runtime.registry, caller, "search_documents", evidence, **arguments)
    assert shown_numbers(found.text) == [1, 2, 3]
    assert {p.document_version_id for p in evidence.added} == {indexed.id}
    nothing = await said(runtime.registry, Caller(stranger), "search_documents", **arguments)
    assert nothing.text == "No passage matches."


async def test_a_webhook_reaches_the_caller_s_own_endpoint_only(runtime, principal, stranger):
    secret = "whsec_" + base64.b64encode(b"0" * 24).decode()  # pragma: allowlist secret
    endpoint = WebhookEndpoint("ops", "https://ops.example/hook", secret)
    await runtime.endpoints.add(principal.organization_id, endpoint)
    outbox = Outbox(runtime.database, runtime.notifications, patience_seconds=0)
    registry = build_registry(Ports(runtime.retriever, outbox, figures=None))
    arguments = {"endpoint": "ops", "event_type": "a.b", "payload": {"n": 1}}
    theirs = await said(registry, Caller(stranger), "send_webhook", **arguments)
    assert theirs.status == "error"
    ours = await said(registry, Caller(principal), "send_webhook", **arguments)
    again = await said(registry, Caller(principal), "send_webhook", **arguments)
    assert (ours.status, again.text) == ("success", ours.text)
    assert "queued" in ours.text
    assert secret not in ours.text
    deliveries = WebhookDeliveryRepository(runtime.database)
    (queued,) = await deliveries.page(principal.organization_id, endpoint.id)
    assert (queued.message_id, queued.body) == ("key", '{"type": "a.b"}')
