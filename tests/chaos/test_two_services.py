"""Two services and two workers on one database, under load: whoever listens where hears it all.

A client is cut ever again, in the middle of runs that last for seconds, and moves to the other
service with the id of the last event that it has.
"""

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle

import httpx
import pytest
from chaos.load import SIZES, Client, Ledger, upload

from graphs.models.scripted_groq import ScriptedGroq

RUNS = 6
CUT_AFTER_SECONDS = 1.0
AT_MOST = (None, 1, 7)
"""Events over one connection; None is what comes in that time."""
WORDS = [f"word{number} " for number in range(120)]
PAUSE_SECONDS = 0.04
"""Between two words: an answer takes five seconds."""


@pytest.fixture
def fleet(fleet_of):
    with ScriptedGroq({"*": "".join(WORDS)}, pause_seconds=PAUSE_SECONDS) as groq:
        key = {"GROQ_API_KEY": "gsk_scripted"}  # pragma: allowlist secret
        yield fleet_of(COPILOT_GROQ_BASE_URL=groq.url, **key)


@pytest.fixture
def client(fleet):
    client = Client(fleet, Ledger(), threading.Event(), 0)
    yield client
    client.close()


def told(lines):
    """(id, event, data) of a stream, as its lines come."""
    event = {}
    for line in lines:
        name, _, value = line.partition(": ")
        if value:
            event[name] = value
        elif not line and "event" in event:
            yield event.get("id"), event["event"], json.loads(event["data"])
            event = {}


def heard_until_cut(fleet, service, path, after, at_most=None):
    """Numbered events; the connection is dropped after a second, or after so many events."""
    headers = fleet.headers | ({"last-event-id": after} if after else {})
    until, count = time.monotonic() + CUT_AFTER_SECONDS, 0
    timeout = httpx.Timeout(60, read=CUT_AFTER_SECONDS)
    try:
        with httpx.stream("GET", service.url + path, headers=headers, timeout=timeout) as answer:
            assert answer.status_code == 200, answer.read()
            for number, event, data in told(answer.iter_lines()):
                if number is not None:
                    count += 1
                    yield number, event, data
                if time.monotonic() > until or count == at_most:
                    return
    except httpx.ReadTimeout:
        return  # nothing came for a second: it is cut too


def wander(fleet, path, at_most):
    """Listen here and there until the end. Returns: events, and how often it was cut."""
    heard, cuts, services = [], -1, cycle(fleet.services)
    while not heard or heard[-1][1] not in ("end", "error"):
        cuts += 1
        after = heard[-1][0] if heard else None
        heard += heard_until_cut(fleet, next(services), path, after, at_most)
    return heard, cuts


def until_end(fleet, path):
    """A job's events begin with how it stands, each time: there is no place to go on from."""
    event, state, services = "", {}, cycle(fleet.services)
    while event not in ("end", "error"):
        for _, event, state in heard_until_cut(fleet, next(services), path, None):  # noqa: B007  # the last one counts
            pass
    return event, state["status"]


def test_a_client_that_wanders_hears_each_event_once(fleet, client):
    threads = [client.send("POST", "/threads", json={}).json()["id"] for _ in range(RUNS)]
    with ThreadPoolExecutor(2 * RUNS) as pool:
        uploads = [upload(client, f"load-{pages}.pdf", pages) for pages in SIZES]
        jobs = [pool.submit(until_end, fleet, f"/jobs/{each['job_id']}/events") for each in uploads]
        runs = [
            client.send("POST", f"/threads/{each}/runs", json={"question": f"And {each}?"}).json()
            for each in threads
        ]
        wandering = [
            pool.submit(wander, fleet, f"/runs/{run['run_id']}/events", AT_MOST[n % len(AT_MOST)])
            for n, run in enumerate(runs)
        ]
        ends = [job.result(60) for job in jobs]
        results = [each.result(120) for each in wandering]
    for heard, cuts in results:
        assert [int(number) for number, _, _ in heard] == list(range(1, len(heard) + 1))
        assert cuts >= 2
        assert [event for _, event, _ in heard if event in ("end", "error")] == ["end"]
        assert heard[-1][2]["answer"].strip() == "".join(WORDS).strip()
        said = "".join(data["text"] for _, event, data in heard if event == "token")
        assert said.strip() == heard[-1][2]["answer"].strip()
    assert ends == [("end", "succeeded")] * len(SIZES)
    assert client.ledger.wrong == []
