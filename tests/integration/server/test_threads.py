"""Conversations: named, listed, forked, deleted, and one's own alone."""

from uuid import uuid4

import pytest

pytestmark = pytest.mark.xdist_group("service")

QUESTION = "What was Halvorsen's net revenue in the second quarter of 2024?"


@pytest.fixture
def client(service):
    with service.client() as client:
        yield client


def test_a_thread_is_called_by_its_first_question_until_it_is_renamed(service, client):
    thread = service.ask(QUESTION)["thread_id"]
    assert client.get(f"/threads/{thread}").json()["name"] == QUESTION
    renamed = client.patch(f"/threads/{thread}", json={"name": "Q2"})
    assert renamed.json()["name"] == "Q2"
    assert client.get("/threads").json()[0] == renamed.json()


def test_threads_are_listed_page_by_page(service, client):
    made = [client.post("/threads", json={"name": f"t{n}"}).json() for n in range(5)]
    first = client.get("/threads", params={"limit": 2}).json()
    before = first[-1]["last_used_at"]
    second = client.get("/threads", params={"limit": 3, "before": before}).json()
    assert [each["id"] for each in first + second] == [each["id"] for each in reversed(made)]


def test_a_fork_goes_another_way(service, client):
    thread = service.ask(QUESTION)["thread_id"]
    service.ask("And in the first quarter of 2024?", thread_id=thread)
    points = client.get(f"/threads/{thread}/checkpoints").json()
    assert [point["questions"] for point in points] == [2, 1]
    body = {"checkpoint_id": points[1]["checkpoint_id"]}
    forked = client.post(f"/threads/{thread}/fork", json=body)
    assert forked.status_code == 201
    other = forked.json()["id"]
    said = client.get(f"/threads/{thread}/messages").json()
    assert client.get(f"/threads/{other}/messages").json() == said[:2]
    answer = service.ask("And what were total assets?", thread_id=other)
    assert answer["thread_id"] == other
    assert len(client.get(f"/threads/{other}/messages").json()) == 4
    assert client.get(f"/threads/{thread}/messages").json() == said


def test_a_deleted_thread_is_gone_with_its_runs(service, client):
    answer = service.ask(QUESTION)
    assert client.delete(f"/threads/{answer['thread_id']}").status_code == 204
    for path in (f"/threads/{answer['thread_id']}", f"/runs/{answer['run_id']}"):
        assert client.get(path).status_code == 404
    again = client.post("/ask", json={"question": QUESTION, "thread_id": answer["thread_id"]})
    assert again.status_code == 404


@pytest.mark.parametrize(
    "body", [{"name": ""}, {"name": " "}, {"name": "x" * 201}, {"name": "a\x00"}, {"other": 1}]
)
def test_a_bad_name(client, body):
    assert client.post("/threads", json=body).status_code == 422


def test_unknown_documents_and_checkpoints(service, client):
    assert client.post("/threads", json={"document_ids": [str(uuid4())]}).status_code == 404
    thread = service.ask(QUESTION)["thread_id"]
    answer = client.post(f"/threads/{thread}/fork", json={"checkpoint_id": str(uuid4())})
    assert answer.status_code == 404
    assert "/checkpoints" in answer.json()["detail"]
