"""SIGTERM during answers: clean ends, no 500, and what was accepted is answered all the same."""

import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from evals.filings.broken import text_pages

QUESTION = {"question": "What was net revenue in the period?"}


@pytest.fixture(scope="module")
def stopped(folder, embedding_endpoint, service_type):
    """A service that is told to stop while it answers; its embeddings can be made to wait."""
    environment = {
        "COPILOT_EMBEDDINGS": "endpoint",
        "COPILOT_EMBEDDINGS_ENDPOINT_URL": embedding_endpoint.url,
    }
    service = service_type(folder / "stopped", environment)
    service.start()
    service.wait_until_ready()
    assert service.upload("note.pdf", text_pages(3)).json()["status"] == "current"
    yield service
    embedding_endpoint.open.set()
    service.stop()


class Listening:
    """A stream, read in a thread of its own."""

    def __init__(self, service, path: str, body: dict[str, object]) -> None:
        self.begun = threading.Event()
        self.text = ""
        self._arguments = (service, path, body)

    def read(self) -> str:
        service, path, body = self._arguments
        with (
            service.client() as client,
            client.stream("POST", path, json=body) as response,
        ):
            assert response.status_code == 200
            for chunk in response.iter_text():  # raises if the connection breaks off
                self.text += chunk
                self.begun.set()
        return self.text


def test_stop_ends_streams_cleanly_and_their_runs_go_on(stopped, embedding_endpoint):
    logged = len(stopped.log.read_text())
    embedding_endpoint.open.clear()
    with ThreadPoolExecutor() as threads:
        ours = Listening(stopped, "/ask/stream", QUESTION)
        langserve = Listening(stopped, "/agent/stream", {"input": QUESTION})
        reading = [threads.submit(each.read) for each in (ours, langserve)]
        asking = threads.submit(
            httpx.post, f"{stopped.url}/ask", json=QUESTION, headers=stopped.headers, timeout=60
        )
        assert ours.begun.wait(30)
        assert langserve.begun.wait(30)
        stopped.process.send_signal(signal.SIGTERM)
        told, agent = (each.result(60) for each in reading)
        refused = asking.result(60)
        embedding_endpoint.open.set()
        stopped.process.wait(60)
    assert told.endswith(": the service is stopping, reconnect\r\nretry: 2000\r\n\r\n")
    assert agent.rstrip().split("\r\n\r\n")[-1].startswith("event: error\r\ndata: {")
    assert refused.status_code == 503
    assert refused.json()["type"] == "urn:copilot:problem:unavailable"
    assert stopped.bugs(since=logged) == []

    run_id = told.split('"run_id": "')[1].split('"')[0]
    stopped.start()
    stopped.wait_until_ready()
    with stopped.client() as client:
        deadline = time.monotonic() + 60
        while client.get(f"/runs/{run_id}").json()["status"] != "answered":
            assert time.monotonic() < deadline
            time.sleep(0.2)
        events = client.get(f"/runs/{run_id}/events", headers={"last-event-id": "1"}).text
    assert "event: end" in events
