"""Every request of a known caller is on record, without what it said."""

from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import uuid4

import httpx
import psycopg
import pytest

from core.principal import Permission, local_principal
from server.app import create_app
from server.audit.pseudonyms import Pseudonyms
from server.identity.api_keys import ApiKeys, Grant
from storage.api_keys import ApiKeyRepository
from storage.audit_log import AuditLog

DAY = timedelta(days=1)


@pytest.fixture
def principal(known_person):
    """Keys are made here, and each acts for a person."""
    return known_person


@asynccontextmanager
async def client_of(settings, principal, *permissions):
    """Asks by a key of the principal's organization."""
    app = create_app(settings, worker=False)
    transport = httpx.ASGITransport(app, client=("203.0.113.7", 4711))
    async with app.router.lifespan_context(app):
        keys = ApiKeys(ApiKeyRepository(app.state.runtime.database))
        key, text = await keys.make(principal, Grant("test", frozenset(permissions), DAY))
        headers = {"x-api-key": text}
        base = "http://copilot.example"
        async with httpx.AsyncClient(transport=transport, base_url=base, headers=headers) as client:
            yield client, key


async def test_who_asked_for_what_and_how_it_ended(settings, principal, database):
    missing = uuid4()
    permissions = (Permission.QUERY_DOCUMENT, Permission.READ_AUDIT)
    async with client_of(settings, principal, *permissions) as (client, key):
        ids = [
            (await client.get("/documents")).headers["x-request-id"],
            (await client.get(f"/documents/{missing}")).headers["x-request-id"],
            (await client.post("/keys", json={"name": "SECRETMARK"})).headers["x-request-id"],
            (await client.post("/ask", json={"question": "SECRETMARK", "x": 1})).headers[
                "x-request-id"
            ],
        ]
        told = (await client.get("/audit")).json()
        assert (await client.get("/audit", params={"limit": 2, "before": 3})).json() == told[-2:]
    assert [each["request_id"] for each in reversed(told)] == ids
    assert {each["actor"] for each in told} == {f"key:{key.id}"}
    assert [(each["action"], each["target"], each["outcome"]) for each in reversed(told)] == [
        ("GET /documents", "", "200"),
        ("GET /documents/{document_id}", str(missing), "404"),
        ("POST /keys", "", "403"),
        ("POST /ask", "", "422"),
    ]
    assert "SECRETMARK" not in str(told)
    assert "203.0.113.7" not in str(told)
    assert len({each["source"] for each in told}) == 1
    log = AuditLog(database)
    assert await log.verify(principal.organization_id) == (6, [])


async def test_only_those_who_may_read_it(settings, principal):
    async with client_of(settings, principal, Permission.QUERY_DOCUMENT) as (client, _):
        assert (await client.get("/audit")).status_code == 403


async def test_strangers_and_open_routes_leave_no_entry(settings, principal, database):
    async with client_of(settings, principal, Permission.QUERY_DOCUMENT) as (client, _):
        await client.get("/health")
        wrong = {"x-api-key": "cpk_wrong"}
        assert (await client.get("/documents", headers=wrong)).status_code == 401
    assert await AuditLog(database).page(principal.organization_id, None, 9) == []


async def test_what_can_not_be_recorded_is_not_answered(settings, principal, monkeypatch):
    async def fail(*_):
        raise psycopg.OperationalError("gone")

    async with client_of(settings, principal, Permission.QUERY_DOCUMENT) as (client, _):
        monkeypatch.setattr(AuditLog, "append", fail)
        answer = await client.get("/documents")
    assert answer.status_code == 503
    assert answer.json()["type"] == "urn:copilot:problem:unavailable"
    assert "could not be recorded" in answer.json()["detail"]


def test_addresses_are_pseudonyms():
    name = Pseudonyms("k")
    assert name("10.1.2.3") == name("10.1.2.3") != Pseudonyms("another")("10.1.2.3")
    assert "10.1" not in name("10.1.2.3")


@pytest.mark.xdist_group("service")
def test_from_the_shell(service):
    with service.client() as client:
        client.get("/documents")
        newest = client.get("/audit", params={"limit": 1}).json()
    assert newest[0]["actor"] == local_principal().subject
    done = service.command("audit", "verify")
    assert done.returncode == 0, done.stdout
    assert "none of them broken" in done.stdout
