"""Questions in the background: one at a time in a thread, told once each, whoever listens where."""

import json
import time
from itertools import pairwise
from uuid import uuid4

import httpx
import pytest

pytestmark = pytest.mark.xdist_group("service")

QUESTION = "What was Halvorsen's net revenue in the second quarter of 2024?"
ENDED = {"answered", "failed", "cancelled"}


@pytest.fixture
def client(service):
    with service.client() as client:
        yield client


@pytest.fixture
def thread(client):
    made = client.post("/threads", json={"name": "figures"})
    assert made.status_code == 201, made.text
    return made.json()["id"]


def start(client, thread, question=QUESTION):
    accepted = client.post(f"/threads/{thread}/runs", json={"question": question})
    assert accepted.status_code == 202, accepted.text
    assert accepted.headers["location"] == f"/runs/{accepted.json()['run_id']}"
    return accepted.json()["run_id"]


def ended(client, run_id, patience_seconds=60):
    deadline = time.monotonic() + patience_seconds
    while (run := client.get(f"/runs/{run_id}").json())["status"] not in ENDED:
        assert time.monotonic() < deadline, run
        time.sleep(0.05)
    return run


def events_of(lines):
    """(id, event, data) of a stream's lines; ends where they do."""
    told = {}
    for line in lines:
        if not line and "event" in told:
            yield told.get("id"), told["event"], json.loads(told.get("data", "null"))
            told = {}
        elif ": " in line:
            name, value = line.split(": ", 1)
            told[name] = value


def listen(service, run_id, after=0, patience=60):
    """What a run tells after an id."""
    headers = {"last-event-id": str(after)} if after else {}
    with service.client() as client:
        client.timeout = patience
        path = f"/runs/{run_id}/events"
        with client.stream("GET", path, headers=headers) as response:
            assert response.status_code == 200
            told = events_of(response.iter_lines())
            return [event for event in told if event[0] is not None]


def test_an_answer_comes_though_nobody_listens(client, thread):
    run_id = start(client, thread)
    run = ended(client, run_id)
    assert (run["status"], run["thread_id"], run["question"]) == ("answered", thread, QUESTION)
    asked, answered = client.get(f"/threads/{thread}/messages").json()
    assert (asked["role"], asked["id"], asked["text"]) == ("user", run_id, QUESTION)
    assert answered["role"] == "assistant"
    assert answered["citations"][0]["passage"]["document"].startswith("HALVORSEN")


def test_a_refresh_loses_nothing(service, client, thread):
    run_id = start(client, thread)
    whole = listen(service, run_id)
    assert [number for number, _, _ in whole] == [str(n) for n in range(1, len(whole) + 1)]
    assert whole[-1][1] == "end"
    again = listen(service, run_id)
    assert again == whole
    assert listen(service, run_id, after=int(whole[2][0])) == whole[3:]


def test_one_run_of_a_thread_at_a_time(service, client, thread):
    first, second, third = (start(client, thread, f"{QUESTION} ({n})") for n in range(3))
    runs = [ended(client, each) for each in (first, second, third)]
    assert {run["status"] for run in runs} == {"answered"}
    for before, after in pairwise(runs):
        assert before["ended_at"] <= after["started_at"]
    texts = [said["text"] for said in client.get(f"/threads/{thread}/messages").json()]
    assert [text[-3:] for text in texts[::2]] == ["(0)", "(1)", "(2)"]
    listed = client.get(f"/threads/{thread}/runs").json()
    assert [run["run_id"] for run in listed] == [first, second, third]


def test_a_queued_run_is_cancelled_and_the_others_go_on(client, thread):
    runs = [start(client, thread, f"{QUESTION} ({n})") for n in range(8)]
    cancelled = client.post(f"/runs/{runs[6]}/cancel")
    assert (cancelled.status_code, cancelled.json()["status"]) == (200, "cancelled")
    assert ended(client, runs[7])["status"] == "answered"
    texts = [said["text"] for said in client.get(f"/threads/{thread}/messages").json()]
    assert [text[-3:] for text in texts[::2]] == [f"({n})" for n in (0, 1, 2, 3, 4, 5, 7)]
    again = client.post(f"/runs/{runs[7]}/cancel")
    assert again.status_code == 409
    assert "answered" in again.json()["detail"]


def test_a_stream_names_its_run(service):
    events = service.stream(QUESTION)
    run_id = events[0][1]["run_id"]
    heard = [(event, data) for _, event, data in listen(service, run_id)]
    assert heard == events[1:]


def test_feedback_takes_the_place_of_what_was_said_before(service, client):
    run_id = service.ask(QUESTION)["run_id"]
    path = f"/runs/{run_id}/feedback"
    assert client.put(path, json={"score": -1, "comment": "no"}).status_code == 204
    assert client.put(path, json={"score": 1}).status_code == 204
    for wrong in ({"score": 2}, {"score": "good"}, {}, {"score": 0, "comment": "x" * 5000}):
        assert client.put(path, json=wrong).status_code == 422


@pytest.mark.parametrize("path", ["", "/events"])
def test_an_unknown_run(client, path):
    answer = client.get(f"/runs/{uuid4()}{path}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("number", ["-1", "x", "99999999999"])
def test_an_id_that_no_event_has(service, client, thread, number):
    run_id = start(client, thread)
    answer = client.get(f"/runs/{run_id}/events", headers={"last-event-id": number})
    assert answer.status_code == 422


def test_documents_of_a_thread_are_what_its_questions_are_about(client):
    listed = client.get("/documents").json()
    (tesseline,) = (each for each in listed if each["name"].startswith("TESSELINE"))
    body = {"document_ids": [tesseline["document_id"]]}
    thread = client.post("/threads", json=body).json()["id"]
    run_id = start(client, thread, "What was net revenue in the second quarter of 2024?")
    ended(client, run_id)
    answered = client.get(f"/threads/{thread}/messages").json()[-1]
    cited = {each["passage"]["document"] for each in answered["citations"]}
    assert cited == {tesseline["name"]}


def test_unfinished_runs_of_an_organization_are_bounded(folder, service_type):
    bounded = service_type(folder / "bounded", {"COPILOT_LIMIT_RUNS_AT_ONCE": "2"})
    bounded.start()
    try:
        with bounded.client() as client:
            thread = client.post("/threads", json={}).json()["id"]
            answers = [
                client.post(f"/threads/{thread}/runs", json={"question": QUESTION})
                for _ in range(12)
            ]
    finally:
        bounded.stop()
    statuses = {answer.status_code for answer in answers}
    assert statuses <= {202, 429}
    assert 429 in statuses


def test_the_same_over_another_connection_after_the_end(service, client, thread):
    run_id = start(client, thread)
    ended(client, run_id)
    answer = httpx.get(f"{service.url}/runs/{run_id}/events", headers=service.headers, timeout=10)
    assert answer.text.count("event: end") == 1
