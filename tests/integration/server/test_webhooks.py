"""A webhook leaves only after a person has approved exactly what leaves."""

import pytest
from standardwebhooks import Webhook

pytestmark = pytest.mark.xdist_group("service")

QUESTION = "What was Halvorsen's net revenue in the second quarter of 2024?"


@pytest.fixture
def ops(service, receiver):
    """The receiver, registered as "ops"; yields its secret."""
    with service.client() as client:
        made = client.post("/webhooks", json={"name": "ops", "url": f"{receiver.url}/hook"})
        assert made.status_code == 201, made.text
        listed = client.get("/webhooks").json()
        assert ("ops", f"{receiver.url}/hook") in [(each["name"], each["url"]) for each in listed]
        assert made.json()["secret"] not in str(listed)
        yield made.json()["secret"]
        assert client.delete("/webhooks/ops").status_code == 204


def pause(service, name: str = "ops"):
    paused = service.ask(f'{QUESTION[:-1]}, and send it to the webhook "{name}"?')
    assert paused["status"] == "awaiting_approval"
    (request,) = paused["approvals"]
    return paused["thread_id"], request


def resume(service, thread_id: str, approvals: dict):
    with service.client() as client:
        return client.post(f"/threads/{thread_id}/resume", json={"approvals": approvals})


def test_the_approved_message_is_sent_once_as_it_was_shown(service, ops, receiver):
    thread_id, request = pause(service)
    assert request["tool"] == "send_webhook"
    assert request["arguments"]["endpoint"] == "ops"
    payload = request["arguments"]["payload"]
    assert "revenue" in payload["answer"].lower()
    assert receiver.received == []
    answer = resume(service, thread_id, {request["call_id"]: True}).json()
    assert answer["status"] == "answered"
    ((headers, body),) = receiver.received
    message = Webhook(ops).verify(body.decode(), headers)
    assert message["data"] == payload
    assert message["type"] == request["arguments"]["event_type"]
    assert '"ops" was called' in answer["answer"]
    again = resume(service, thread_id, {request["call_id"]: True})
    assert again.status_code == 409
    assert len(receiver.received) == 1


def test_until_then_the_thread_takes_no_question(service, ops, receiver):
    thread_id, request = pause(service)
    with service.client() as client:
        asked = client.post("/ask", json={"question": QUESTION, "thread_id": thread_id})
    assert asked.status_code == 409
    assert asked.headers["content-type"] == "application/problem+json"
    assert asked.json()["approvals"] == [request]
    assert receiver.received == []
    assert resume(service, thread_id, {request["call_id"]: False}).status_code == 200
    assert service.ask(QUESTION, thread_id=thread_id)["status"] == "answered"


@pytest.mark.parametrize("approvals", [lambda _call: {}, lambda call: {call: False}])
def test_a_refused_message_does_not_leave(service, ops, receiver, approvals):
    thread_id, request = pause(service)
    answer = resume(service, thread_id, approvals(request["call_id"])).json()
    assert answer["status"] == "answered"
    assert "refused" in answer["answer"]
    assert receiver.received == []


def test_an_approval_for_another_call_is_refused(service, ops, receiver):
    thread_id, request = pause(service)
    assert resume(service, thread_id, {"call_of_mine": True}).status_code == 409
    assert receiver.received == []
    assert resume(service, thread_id, {request["call_id"]: True}).status_code == 200
    assert len(receiver.received) == 1


def test_a_redirect_is_not_followed(service, ops, receiver):
    elsewhere = {"location": f"{receiver.url}/elsewhere"}
    receiver.reply = lambda _headers, _body: (307, elsewhere, b"")
    thread_id, request = pause(service)
    answer = resume(service, thread_id, {request["call_id"]: True}).json()
    assert len(receiver.received) == 1
    assert "307" in answer["answer"]


def test_an_unknown_webhook_is_told_in_the_answer_and_nobody_is_asked(service):
    answer = service.ask(f'{QUESTION[:-1]}, and send it to the webhook "nobody"?')
    assert answer["status"] == "answered"
    assert "nobody" in answer["answer"]
    assert "registered" in answer["answer"]


def test_a_stream_ends_with_what_waits(service, ops, receiver):
    asked = f'{QUESTION[:-1]}, and send it to the webhook "ops"?'
    name, end = service.stream(asked)[-1]
    assert (name, end["status"]) == ("end", "awaiting_approval")
    assert end["approvals"][0]["arguments"]["endpoint"] == "ops"
    assert receiver.received == []
    assert resume(service, end["thread_id"], {}).status_code == 200
