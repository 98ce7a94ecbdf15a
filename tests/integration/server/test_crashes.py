"""`kill -9` at the worst moments: nothing that was accepted is lost, nothing is done twice."""

import os
import signal
import time

import httpx
import psycopg
import pytest
from standardwebhooks import Webhook

from core.principal import LOCAL_ORGANIZATION_ID
from evals.filings.broken import text_pages
from storage.embedded_postgres import EmbeddedPostgres

pytestmark = pytest.mark.xdist_group("crashes")

QUESTION = "What was net revenue in the period?"


@pytest.fixture(scope="module")
def killable_service(folder, embedding_endpoint, service_type):
    environment = {
        "COPILOT_EMBEDDINGS": "endpoint",
        "COPILOT_EMBEDDINGS_ENDPOINT_URL": embedding_endpoint.url,
    }
    service = service_type(folder / "mortal", environment)
    yield service
    service.stop()


@pytest.fixture
def mortal(killable_service, embedding_endpoint):
    """A service that tests kill and start again; its embeddings can be made to wait.

    It runs when a test begins, whatever the test before left of it.
    """
    embedding_endpoint.open.set()
    if not killable_service.is_running():
        killable_service.start()
    killable_service.wait_until_ready()
    return killable_service


def wait_until_embedding(endpoint, text: str, patience_seconds: float = 120) -> None:
    """Until `text` was sent to be embedded: a service that starts sends a text of its own."""
    deadline = time.monotonic() + patience_seconds
    while not any(text.encode() in body for _, body in endpoint.received):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def statuses(service, name: str) -> list[str]:
    with service.client() as client:
        listed = client.get("/documents").json()
    return [v["status"] for each in listed if each["name"] == name for v in each["versions"]]


def wait_until_current(service, name: str, patience_seconds: float = 40) -> None:
    deadline = time.monotonic() + patience_seconds
    while statuses(service, name) != ["current"]:
        assert time.monotonic() < deadline, statuses(service, name)
        time.sleep(0.2)


def wait_until_answered(client, run_id: str, patience_seconds: float = 60) -> None:
    """Without anybody's help: whoever held the run is gone."""
    deadline = time.monotonic() + patience_seconds
    while (status := client.get(f"/runs/{run_id}").json()["status"]) != "answered":
        assert time.monotonic() < deadline, status
        time.sleep(0.2)


def chunks(service, name: str) -> list[str]:
    """The stored texts of a document, whatever version they are of."""
    postgres = EmbeddedPostgres(service.data_dir / "postgres")
    try:
        with psycopg.connect(postgres.urls.owner) as connection:
            connection.execute(
                "select set_config('app.organization_id', %s, false)", (str(LOCAL_ORGANIZATION_ID),)
            )
            rows = connection.execute(
                "select c.content from chunks c join document_versions v"
                " on v.id = c.document_version_id join documents d on d.id = v.document_id"
                " where d.name = %s",
                (name,),
            ).fetchall()
            return [row[0] for row in rows]
    finally:
        postgres.close()


def test_an_upload_survives_a_kill_before_it_was_indexed(mortal, embedding_endpoint):
    embedding_endpoint.open.clear()
    embedding_endpoint.received.clear()
    accepted = mortal.upload("killed.pdf", text_pages(3), wait=0)
    assert (accepted.status_code, accepted.json()["status"]) == (202, "pending")
    wait_until_embedding(embedding_endpoint, "1,234")  # the worker is in the midst of it
    mortal.kill()
    embedding_endpoint.open.set()
    mortal.start()
    wait_until_current(mortal, "killed.pdf")
    answer = mortal.ask(QUESTION)
    assert answer["citations"][0]["passage"]["document"] == "killed.pdf"
    assert "1,234" in answer["answer"]
    stored = chunks(mortal, "killed.pdf")
    assert len(stored) == len(set(stored)) > 0


def test_copy_of_a_killed_service_is_removed_at_the_next_start(mortal, embedding_endpoint):
    embedding_endpoint.open.clear()
    embedding_endpoint.received.clear()
    mortal.upload("copied.pdf", text_pages(3), wait=0)
    wait_until_embedding(embedding_endpoint, "1,234")  # the worker is in the midst of it
    mortal.kill()
    (left,) = (mortal.data_dir / "tmp").glob("*/*/source.pdf")
    embedding_endpoint.open.set()
    mortal.start()
    assert not left.parent.parent.exists()
    wait_until_current(mortal, "copied.pdf")


def test_a_kill_at_once_after_the_202(mortal):
    accepted = mortal.upload("at-once.pdf", text_pages(2), wait=0)
    mortal.kill()
    assert accepted.status_code == 202
    mortal.start()
    wait_until_current(mortal, "at-once.pdf")
    stored = chunks(mortal, "at-once.pdf")
    assert len(stored) == len(set(stored)) > 0


def test_what_is_current_is_still_answered_from_after_a_kill(mortal):
    assert mortal.upload("kept.pdf", text_pages(4)).json()["status"] == "current"
    before = mortal.ask(QUESTION)
    mortal.kill()
    mortal.start()
    document = mortal.upload("kept.pdf", text_pages(4))
    assert document.status_code == 200
    after = mortal.ask(QUESTION, document_ids=[document.json()["document_id"]])
    assert after["citations"][0]["passage"]["document"] == "kept.pdf"
    assert mortal.ask("And again?", thread_id=before["thread_id"])["status"] == "answered"


def test_an_approval_after_a_kill_sends_once(mortal, receiver):
    with mortal.client() as client:
        made = client.post("/webhooks", json={"name": "ops", "url": receiver.url}).json()
    paused = mortal.ask(f'{QUESTION[:-1]}, and send it to the webhook "ops"?')
    assert paused["status"] == "awaiting_approval"
    mortal.kill()
    mortal.start()
    assert receiver.received == []
    (request,) = paused["approvals"]
    path, body = f"/threads/{paused['thread_id']}/resume", {request["call_id"]: True}
    with mortal.client() as client:
        answer = client.post(path, json={"approvals": body})
        again = client.post(path, json={"approvals": body})
    assert (answer.status_code, again.status_code) == (200, 409)
    ((headers, sent),) = receiver.received
    message = Webhook(made["secret"]).verify(sent.decode(), headers)
    assert message["data"] == request["arguments"]["payload"]


def test_the_message_of_a_killed_delivery_keeps_its_id(mortal, receiver):
    with mortal.client() as client:
        client.post("/webhooks", json={"name": "slow", "url": receiver.url})
    paused = mortal.ask(f'{QUESTION[:-1]}, and send it to the webhook "slow"?')
    (request,) = paused["approvals"]
    path, body = f"/threads/{paused['thread_id']}/resume", {request["call_id"]: True}
    receiver.open.clear()
    receiver.on_receipt = mortal.kill
    with mortal.client() as client, pytest.raises(httpx.TransportError):
        client.post(path, json={"approvals": body})
    receiver.on_receipt = None
    receiver.open.set()
    mortal.start()
    with mortal.client() as client:
        wait_until_answered(client, paused["run_id"])
        said = client.get(f"/threads/{paused['thread_id']}/messages").json()
    assert len({headers["webhook-id"] for headers, _ in receiver.received}) == 1
    assert "was called" in said[-1]["text"]


def test_a_run_goes_on_after_its_process_was_killed(mortal, embedding_endpoint):
    assert mortal.upload("asked.pdf", text_pages(2)).json()["status"] == "current"
    with mortal.client() as client:
        thread = client.post("/threads", json={}).json()["id"]
        embedding_endpoint.open.clear()
        embedding_endpoint.received.clear()
        accepted = client.post(f"/threads/{thread}/runs", json={"question": QUESTION})
        assert accepted.status_code == 202
        wait_until_embedding(embedding_endpoint, "net revenue")  # the search is under way
    mortal.kill()
    embedding_endpoint.open.set()
    mortal.start()
    run_id = accepted.json()["run_id"]
    with mortal.client() as client:
        wait_until_answered(client, run_id)
        said = client.get(f"/threads/{thread}/messages").json()
        told = client.get(f"/runs/{run_id}/events").text
    assert [each["role"] for each in said] == ["user", "assistant"]
    numbers = [int(line[4:]) for line in told.splitlines() if line.startswith("id: ")]
    assert numbers == list(range(1, len(numbers) + 1))
    assert told.count("event: end") == told.count("event: restart") == 1


def test_a_run_goes_on_after_postgres_was_killed(mortal, embedding_endpoint):
    assert mortal.upload("outlives.pdf", text_pages(2)).json()["status"] == "current"
    folder = mortal.data_dir / "postgres"
    with mortal.client() as client:
        thread = client.post("/threads", json={}).json()["id"]
        embedding_endpoint.open.clear()
        embedding_endpoint.received.clear()
        run_id = client.post(f"/threads/{thread}/runs", json={"question": QUESTION}).json()[
            "run_id"
        ]
        wait_until_embedding(embedding_endpoint, "net revenue")  # the search is under way
        os.kill(int((folder / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        embedding_endpoint.open.set()
        deadline = time.monotonic() + 120
        while (away := client.get(f"/runs/{run_id}")).status_code == 200:
            assert time.monotonic() < deadline
        mortal.wait_until_ready()  # the service has started it again
        wait_until_answered(client, run_id)
        later = mortal.upload("later.pdf", text_pages(1))  # its worker is back too
    assert (away.status_code, away.headers["retry-after"]) == (503, "2")
    assert later.json()["status"] == "current"
