"""Admins see what receivers are told and how that went, and mend it."""

import time

import pytest
from standardwebhooks import Webhook

from evals.filings.broken import text_pages

pytestmark = pytest.mark.xdist_group("service")


@pytest.fixture
def desk(service, receiver):
    """The receiver as "desk", which wants every event; yields what its registration told."""
    with service.client() as client:
        new = {"name": "desk", "url": f"{receiver.url}/hook", "events": ["*"]}
        made = client.post("/webhooks", json=new)
        assert made.status_code == 201, made.text
        yield made.json()
        client.delete("/webhooks/desk")


def until(found, seconds: float = 60):
    deadline = time.monotonic() + seconds
    while not (result := found()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return result


def test_what_happens_to_a_document_is_told(service, desk, receiver):
    uploaded = service.upload("told.pdf", text_pages(1)).json()
    with service.client() as client:
        assert client.delete(f"/documents/{uploaded['document_id']}").status_code == 204
    until(lambda: len(receiver.received) == 2)
    messages = [Webhook(desk["secret"]).verify(b.decode(), h) for h, b in receiver.received]
    about = {each["type"]: each["data"] for each in messages}
    assert about.keys() == {"document.indexed", "document.deleted"}
    assert {each["document_id"] for each in about.values()} == {uploaded["document_id"]}


def test_a_test_is_sent_at_once_and_told_whole(service, desk, receiver):
    receiver.reply = lambda _headers, _body: (503, {}, b"later")
    with service.client() as client:
        told = client.post("/webhooks/desk/test")
    assert told.status_code == 200, told.text
    (headers, body) = receiver.received[-1]
    shown = told.json()
    assert (shown["event_type"], shown["status"]) == ("webhook.test", "failed")
    assert (shown["message_id"], shown["body"]) == (headers["webhook-id"], body.decode())
    (attempt,) = shown["log"]
    assert (attempt["status"], attempt["response"]) == (503, "later")
    assert attempt["error"] == "status: answered 503"
    assert attempt["request_headers"]["webhook-signature"] == headers["webhook-signature"]
    assert desk["secret"] not in told.text


def test_a_delivery_is_found_in_the_log_and_sent_again_by_hand(service, desk, receiver):
    with service.client() as client:
        ids = [client.post("/webhooks/desk/test").json()["id"] for _ in range(3)]
        log = "/webhooks/desk/deliveries"
        assert [each["id"] for each in client.get(log).json()] == ids[::-1]
        page = client.get(log, params={"limit": 1, "before": ids[2], "status": "delivered"}).json()
        assert [each["id"] for each in page] == [ids[1]]
        assert client.get(log, params={"status": "failed"}).json() == []
        assert client.get(log, params={"status": "x"}).status_code == 422
        again = client.post(f"{log}/{ids[0]}/redeliver")
        assert again.status_code == 202, again.text
        until(lambda: len(client.get(f"{log}/{ids[0]}").json()["log"]) == 2)
        assert client.get(f"/webhooks/nobody/deliveries/{ids[0]}").status_code == 404
    sent = [headers["webhook-id"] for headers, _ in receiver.received]
    assert (len(sent), sent.count(again.json()["message_id"])) == (4, 2)


def test_a_webhook_is_changed_and_switched_off_and_on(service, desk, receiver):
    with service.client() as client:
        off = client.patch("/webhooks/desk", json={"enabled": False, "events": ["run.failed"]})
        assert off.json()["disabled_because"]
        assert off.json()["events"] == ["run.failed"]
        on = client.patch("/webhooks/desk", json={"enabled": True}).json()
        assert (on["enabled"], on["disabled_because"], on["events"]) == (True, None, ["run.failed"])
        assert client.get("/webhooks/desk").json() == on
        for wrong in ({"events": ["no.such"]}, {"url": "http://10.0.0.1/"}, {"secret": "x"}):
            refused = client.patch("/webhooks/desk", json=wrong)
            assert refused.status_code == 422, refused.text
        assert client.patch("/webhooks/nobody", json={}).status_code == 404


def test_a_secret_is_rotated(service, desk, receiver):
    with service.client() as client:
        rotated = client.post("/webhooks/desk/rotate-secret").json()
        assert rotated["secret"] != desk["secret"]
        assert rotated["secret"] not in client.get("/webhooks/desk").text
        client.post("/webhooks/desk/test")
    headers, body = receiver.received[-1]
    for secret in (desk["secret"], rotated["secret"]):
        Webhook(secret).verify(body.decode(), headers)


@pytest.mark.parametrize(
    "new",
    [
        {"url": "https://10.0.0.1/"},
        {"url": "https://169.254.169.254/latest"},
        {"url": "https://[::ffff:192.168.0.1]/"},
        {"url": "http://93.184.216.34/"},
        {"name": "inbound-secret"},
        {"name": "analysis-complete"},
        {"events": ["no.such"]},
    ],
)
def test_what_may_not_be_registered(service, new):
    with service.client() as client:
        given = {"name": "bad", "url": "https://a.example"} | new
        refused = client.post("/webhooks", json=given)
    assert refused.status_code == 422, refused.text
    assert refused.headers["content-type"] == "application/problem+json"


def test_the_commands(service, receiver):
    def run(*arguments):
        return service.command("webhooks", *arguments)

    made = run("add", "shell", f"{receiver.url}/", "--event", "run.failed")
    assert made.stdout.startswith("whsec_"), made.stderr
    assert f"shell  {receiver.url}/  run.failed" in run("list").stdout
    assert run("test", "shell").stdout.startswith("taken, 204")
    assert "webhook.test  delivered" in run("deliveries", "shell").stdout
    assert run("rotate-secret", "shell").stdout.startswith("whsec_")
    assert run("enable", "shell").returncode == 0
    assert run("add", "other", "http://10.0.0.1/").returncode == 1
    assert "no.such" not in run("add", "other", "https://a.example", "--event", "no.such").stdout
    receiver.reply = lambda _headers, _body: (500, {}, b"")
    assert run("test", "shell").returncode == 1
    assert run("delete", "shell").returncode == 0
