"""Side effects wait for whoever policy says, and carry out exactly what was decided on."""

import asyncio
import json
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID, uuid4

import psycopg
import pytest
from fastapi import Request

from core.principal import Permission, Principal
from graphs.copilot.question import Question
from server.identity.dependencies import authenticate
from storage.approvals import Policy, Rule
from storage.webhook_endpoints import WebhookEndpoint

QUESTION = 'What was revenue, and send it to the webhook "ops"?'
SECRET = "whsec_" + "A" * 44  # pragma: allowlist secret


@pytest.fixture
async def app(running, settings, receiver, principal):
    """The service in this process, asked by whoever `as_` says; "ops" is the receiver."""
    async with running(settings, worker=True) as client:
        runtime = client.app.state.runtime
        endpoint = WebhookEndpoint("ops", receiver.url, SECRET)
        await runtime.endpoints.add(principal.organization_id, endpoint)
        yield client


@pytest.fixture
def as_(app):
    @contextmanager
    def as_(principal):
        async def somebody(request: Request) -> Principal:
            return principal

        app.app.dependency_overrides[authenticate] = somebody
        yield app
        app.app.dependency_overrides.clear()

    return as_


@pytest.fixture
def colleague(principal):
    return Principal("key:" + str(uuid4()), principal.organization_id, frozenset(Permission))


async def pause(app, principal):
    answer = await app.app.state.runtime.copilot.ask(principal, Question(question=QUESTION))
    assert answer.status == "awaiting_approval"
    return answer


async def settle(app, principal, rule, hours=72):
    approvals = app.app.state.runtime.approvals
    await approvals.settle(principal.organization_id, Policy("send_webhook", rule, hours))


async def the_one(client, status="pending"):
    (approval,) = (await client.get("/approvals", params={"status": status})).json()
    return approval


async def decide(client, approval, **said):
    return await client.post(f"/approvals/{approval['id']}", json=said)


async def ended(app, principal, run_id: UUID):
    runs = app.app.state.runtime.copilot.runs
    deadline = time.monotonic() + 30
    while (run := await runs.get(principal, run_id)).status not in ("answered", "failed"):
        assert time.monotonic() < deadline, run
        await asyncio.sleep(0.05)
    return run.status


async def test_what_was_shown_is_sent_byte_for_byte(app, as_, principal, receiver):
    paused = await pause(app, principal)
    with as_(principal) as client:
        approval = await the_one(client)
        assert (await decide(client, approval, decision="approve")).status_code == 200
        assert await ended(app, principal, paused.run_id) == "answered"
        again = await decide(client, approval, decision="approve")
    assert [body.decode() for _, body in receiver.received] == [approval["payload"]]
    assert again.status_code == 409
    assert "decided" in again.json()["detail"]


async def test_an_edited_call_is_sent_as_it_was_edited(app, as_, principal, receiver):
    paused = await pause(app, principal)
    with as_(principal) as client:
        approval = await the_one(client)
        wrong = await decide(client, approval, decision="edit", arguments={"endpoint": "ops"})
        assert wrong.status_code == 422
        elsewhere = approval["arguments"] | {"endpoint": "nowhere"}
        unregistered = await decide(client, approval, decision="edit", arguments=elsewhere)
        assert unregistered.status_code == 422
        assert "Registered: ops" in unregistered.json()["detail"]
        arguments = approval["arguments"] | {"payload": {"revenue": "12"}}
        edited = await decide(client, approval, decision="edit", arguments=arguments)
        assert edited.json()["arguments"] == arguments
        await ended(app, principal, paused.run_id)
    ((_, body),) = receiver.received
    assert body.decode() == edited.json()["payload"]
    assert json.loads(body)["data"] == {"revenue": "12"}


async def test_a_rejection_and_its_reason_are_told(app, as_, principal, receiver):
    paused = await pause(app, principal)
    with as_(principal) as client:
        approval = await the_one(client)
        said = await decide(client, approval, decision="reject", reason="not this desk")
        assert (said.json()["status"], said.json()["reason"]) == ("rejected", "not this desk")
        assert await ended(app, principal, paused.run_id) == "answered"
    assert receiver.received == []


async def test_someone_else_decides(app, as_, principal, colleague, receiver):
    await settle(app, principal, Rule.SOMEONE_ELSE)
    paused = await pause(app, principal)
    with as_(principal) as client:
        approval = await the_one(client)
        own = await decide(client, approval, decision="approve")
        assert (own.status_code, receiver.received) == (403, [])
    viewer = Principal("key:v", principal.organization_id, frozenset({Permission.QUERY_DOCUMENT}))
    with as_(viewer) as client:
        assert (await client.get("/approvals")).json() == []
    with as_(colleague) as client:
        assert (await the_one(client))["payload"] == approval["payload"]
        assert (await decide(client, approval, decision="approve")).status_code == 200
    assert await ended(app, principal, paused.run_id) == "answered"
    assert len(receiver.received) == 1


async def test_a_colleague_neither_sees_nor_decides_what_is_the_caller_s(
    app, as_, principal, colleague
):
    await pause(app, principal)
    with as_(principal) as client:
        approval = await the_one(client)
    with as_(colleague) as client:
        assert (await client.get("/approvals")).json() == []
        assert (await decide(client, approval, decision="approve")).status_code == 404


async def test_automatic_is_only_what_no_document_could_have_asked_for(
    app, as_, principal, receiver
):
    await settle(app, principal, Rule.AUTOMATIC)
    runtime = app.app.state.runtime
    paused = await runtime.copilot.ask(principal, Question(question=QUESTION))
    assert paused.status == "answered"
    assert len(receiver.received) == 1
    with as_(principal) as client:
        (approval,) = (await client.get("/approvals")).json()
    assert (approval["status"], approval["decided_by"], approval["tainted"]) == (
        "approved", "policy", False,
    )  # fmt: skip


async def test_what_nobody_decides_in_time_is_a_no(app, as_, principal, receiver, urls):
    paused = await pause(app, principal)
    with as_(principal) as client:
        approval = await the_one(client)
        with psycopg.connect(urls.app_conninfo) as connection:
            bind = "select set_config('app.organization_id', %s, false)"
            connection.execute(bind, (str(principal.organization_id),))
            late = "update approvals set expires_at = %s where id = %s"
            connection.execute(late, (datetime.now(UTC), approval["id"]))
        late = await decide(client, approval, decision="approve")
        assert late.status_code == 409
        runtime = app.app.state.runtime
        for run in await runtime.approvals.expire(principal.organization_id):
            await runtime.copilot.carrier.carry_out(run)
        assert (await the_one(client, "expired"))["id"] == approval["id"]
    assert await ended(app, principal, paused.run_id) == "answered"
    assert receiver.received == []


async def test_policies_are_settled_by_who_may(app, as_, principal, colleague):
    with as_(principal) as client:
        (policy,) = (await client.get("/approval-policies")).json()
        assert policy == {"tool": "send_webhook", "rule": "caller", "expires_hours": 72}
        body = {"rule": "someone_else", "expires_hours": 4}
        changed = await client.put("/approval-policies/send_webhook", json=body)
        assert changed.json() == {"tool": "send_webhook", **body}
        for tool, wrong in (("calculate", body), ("no_such", body)):
            answer = await client.put(f"/approval-policies/{tool}", json=wrong)
            assert answer.status_code == 404
        answer = await client.put("/approval-policies/send_webhook", json={"rule": "nobody"})
        assert answer.status_code == 422
    reader = Principal("key:r", principal.organization_id, frozenset({Permission.QUERY_DOCUMENT}))
    with as_(reader) as client:
        assert (await client.get("/approval-policies")).status_code == 403
