"""Whoever signs with an organization's secret is heard once; all else is the same 401."""

import base64
import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest
from standardwebhooks import Webhook

from core.principal import LOCAL_ORGANIZATION_ID

pytestmark = pytest.mark.xdist_group("service")

PATH = "/webhooks/analysis-complete"
OTHER = f"whsec_{base64.b64encode(b'x' * 32).decode()}"


@pytest.fixture
def secret(service):
    with service.client() as client:
        made = client.put("/webhooks/inbound-secret")
    assert made.status_code == 200, made.text
    assert made.json()["url"] == f"{service.url}{PATH}?organization={LOCAL_ORGANIZATION_ID}"
    return made.json()["secret"]


@pytest.fixture
def send(service, secret):
    """Signed and fresh, unless told otherwise."""

    def send(
        *,
        signer=secret,
        message_id=None,
        body=None,
        at=None,
        organization=LOCAL_ORGANIZATION_ID,
        tamper=lambda headers: headers,
    ):
        at, message_id = at or datetime.now(UTC), message_id or f"msg_{uuid4().hex}"
        if body is None:
            data = {"analysis": "a-1"}
            body = {"type": "analysis.completed", "timestamp": at.isoformat(), "data": data}
        content = body if isinstance(body, str) else json.dumps(body)
        headers = {
            "webhook-id": message_id,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": Webhook(signer).sign(message_id, at, content),
        }
        return httpx.post(
            f"{service.url}{PATH}",
            params={} if organization is None else {"organization": str(organization)},
            headers=tamper(headers),
            content=content,
        )

    return send


def test_a_signed_message_is_told_to_receivers_once(service, send, receiver):
    with service.client() as client:
        new = {"name": "told", "url": receiver.url, "events": ["analysis.completed"]}
        told = client.post("/webhooks", json=new).json()
        first, again = send(message_id="msg_once"), send(message_id="msg_once")
        assert (first.status_code, again.status_code) == (202, 200), first.text
        assert again.json() == {"status": "seen before"}
        deliveries = client.get("/webhooks/told/deliveries").json()
        assert [each["event_type"] for each in deliveries] == ["analysis.completed"]
        path = f"/webhooks/told/deliveries/{deliveries[0]['id']}"
        assert json.loads(client.get(path).json()["body"])["data"] == {"analysis": "a-1"}
        client.delete("/webhooks/told")
    assert told["secret"]


def test_the_old_secret_holds_beside_the_new_one(service, secret, send):
    with service.client() as client:
        new = client.put("/webhooks/inbound-secret").json()["secret"]
    assert send().status_code == send(signer=new).status_code == 202
    with service.client() as client:
        client.put("/webhooks/inbound-secret")
    assert (send().status_code, send(signer=new).status_code) == (401, 202)


def without(name):
    return lambda headers: {key: value for key, value in headers.items() if key != name}


def with_(name, value):
    return lambda headers: headers | {name: value}


WRONG = {
    "another's secret": {"signer": OTHER},
    "an unknown organization": {"organization": uuid4()},
    "no organization": {"organization": None},
    "no uuid": {"organization": "x"},
    "too old": {"at": datetime.now(UTC) - timedelta(minutes=6)},
    "too new": {"at": datetime.now(UTC) + timedelta(minutes=60)},
    "another id": {"tamper": with_("webhook-id", "msg_2")},
    "no id": {"tamper": without("webhook-id")},
    "no time": {"tamper": without("webhook-timestamp")},
    "nonsense as time": {"tamper": with_("webhook-timestamp", "nan")},
    "no signature": {"tamper": without("webhook-signature")},
    "nonsense as signature": {"tamper": with_("webhook-signature", "v1,%%% v1 ,,")},
    "another version": {"tamper": with_("webhook-signature", "v2,AAAA")},
    "a long id": {"message_id": "m" * 201},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_anything_wrong_is_the_same_401(send, wrong):
    refused, other = send(**wrong), send(signer=OTHER)
    assert refused.status_code == 401
    assert refused.json() | {"request_id": ""} == other.json() | {"request_id": ""}


@pytest.mark.parametrize(
    "body",
    [
        "", "no json", "[]", "{}",
        '{"type": "a.b", "timestamp": "2026-01-01T00:00:00Z", "data": {}}',
        '{"type": "analysis.completed", "timestamp": "2026-01-01T00:00:00Z", "data": []}',
        '{"type": "analysis.completed", "timestamp": "yesterday", "data": {}}',
        '{"type": "analysis.completed", "data": ' + "[" * 5000,
    ],
)  # fmt: skip
def test_signed_nonsense_is_told_what_to_send(send, body):
    refused = send(body=body)
    assert refused.status_code == 422, refused.text
    assert "analysis.completed" in refused.json()["detail"]


def test_a_large_message_is_refused(send):
    assert send(body="x" * 70_000).status_code == 413


def test_text_that_postgres_would_not_take_is_taken(send):
    at = datetime.now(UTC).isoformat()
    data = {"name": "a\0b \ud83d\ude00"}
    body = {"type": "analysis.completed", "timestamp": at, "data": data}
    assert send(body=body).status_code == 202
