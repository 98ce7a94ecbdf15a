"""Clients as real ones are: they try again what broke, and remember what was accepted."""

import hashlib
import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
from chaos.fleet import Fleet

from evals.filings.broken import text_pages

QUESTION = "What was net revenue in the period"
ENDPOINT = "ops"
SIZES = (1, 2, 3, 24, 40)
"""In pages; the larger ones are indexed in several batches."""
RETRY_SECONDS = 0.3
UNRECORDED = "could not be recorded"
"""It may have been carried out: a real client looks first, these may do it twice."""
PATIENCE_SECONDS = 120.0
"""With a service that asks to be asked again."""


@dataclass
class Ledger:
    """What was answered with 2xx, and answers that no client should ever get."""

    uploads: list[dict[str, Any]] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    approved: dict[str, str] = field(default_factory=dict)
    """Payload by run."""
    rejected: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    retries: int = 0


class StoppedError(Exception):
    """Nothing more is asked."""


class Client:
    """One thread's; it goes to either service."""

    def __init__(self, fleet: Fleet, ledger: Ledger, stop: threading.Event, seed: int) -> None:
        self.ledger = ledger
        self.stop = stop
        self.random = random.Random(seed)  # noqa: S311  # repeatable
        self._fleet = fleet
        self._http = httpx.Client(headers=fleet.headers, timeout=60)

    def send(self, method: str, path: str, *, ends: bool = False, **more: Any) -> httpx.Response:
        """Until it is answered by something else than "try again".

        Raises: StoppedError: meanwhile nothing more is to be asked (unless it `ends` something).
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        while ends or not self.stop.is_set():
            assert time.monotonic() < deadline, f"{method} {path} is never answered"
            service = self.random.choice(self._fleet.services)
            try:
                answer = self._http.request(method, f"{service.url}{path}", **more)
            except httpx.TransportError:
                answer = None
            if answer is not None and not self._try_again(answer, f"{method} {path}"):
                return answer
            self.ledger.retries += 1
            time.sleep(RETRY_SECONDS)
        raise StoppedError

    def pause(self, least: float, most: float) -> None:
        if self.stop.wait(self.random.uniform(least, most)):
            raise StoppedError

    def close(self) -> None:
        self._http.close()

    def _try_again(self, answer: httpx.Response, what: str) -> bool:
        is_withheld = UNRECORDED in answer.text
        if answer.status_code == 503 and "retry-after" not in answer.headers and not is_withheld:
            self.ledger.wrong.append(f"{what}: 503 without Retry-After: {answer.text}")
        if answer.status_code in (500, 502, 504):
            self.ledger.wrong.append(f"{what}: {answer.text}")
        return answer.status_code in (429, 500, 502, 503, 504)

    def expect(self, answer: httpx.Response, *statuses: int) -> Any:
        if answer.status_code not in statuses:
            self.ledger.wrong.append(f"{answer.request.url}: {answer.status_code} {answer.text}")
            raise StoppedError
        return answer.json()


def unique(pages: int, mark: str) -> bytes:
    """The same pages as every other of so many, in bytes of their own."""
    return text_pages(pages) + f"% {mark}\n".encode()


def upload(client: Client, name: str, pages: int, *, ends: bool = False, **params: Any) -> Any:
    content = unique(pages, f"{name} {client.random.random()}")
    files = {"file": (name, content, "application/pdf")}
    answer = client.send("POST", "/upload-pdf", ends=ends, files=files, params=params)
    kept = client.expect(answer, 200, 202)
    sha256 = hashlib.sha256(content).hexdigest()
    if kept["sha256"] != sha256:
        client.ledger.wrong.append(f"{name}: {kept['sha256']} instead of {sha256}")
    return kept | {"pages": pages, "content": content}


def uploads(client: Client) -> None:
    """Now and then a new version of a known name."""
    for number in _on_and_on(client, 0.2, 1.2):
        known = client.random.randrange(max(1, number)) if number % 3 == 2 else number
        kept = upload(client, f"filing-{known}.pdf", client.random.choice(SIZES))
        client.ledger.uploads.append(kept)


def _thread(client: Client) -> str:
    return client.expect(client.send("POST", "/threads", json={}), 201)["id"]


def _start(client: Client, thread: str, question: str) -> str:
    answer = client.send("POST", f"/threads/{thread}/runs", json={"question": question})
    run_id = client.expect(answer, 202)["run_id"]
    client.ledger.runs.append(run_id)
    return run_id


def background_runs(client: Client) -> None:
    """Several in each thread."""
    thread = _thread(client)
    for number in _on_and_on(client, 0.2, 1.5):
        if number % 4 == 3:
            thread = _thread(client)
        _start(client, thread, f"{QUESTION}? ({number})")


def asks(client: Client) -> None:
    for _ in _on_and_on(client, 0.2, 1.5):
        answer = client.send("POST", "/ask", json={"question": f"{QUESTION}?"})
        client.ledger.answers.append(client.expect(answer, 200))


def approvals(client: Client) -> None:
    """A message that somebody says yes to, or now and then no."""
    for number in _on_and_on(client, 0.1, 0.5):
        question = f'{QUESTION}, and send it to the webhook "{ENDPOINT}"?'
        thread = _thread(client)
        run_id = _start(client, thread, question)
        says = "reject" if number % 4 == 3 else "approve"
        decided = client.ledger.approved if says == "approve" else client.ledger.rejected
        while run_id not in decided:  # one that broke but was accepted goes before it
            waits = _pending(client, thread)
            decide(client, waits["id"], says)
            decided[waits["run_id"]] = waits["payload"]


def _pending(client: Client, thread: str) -> dict[str, Any]:
    """Also once nothing more is asked: the thread's next run would wait forever."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        answer = client.send("GET", "/approvals?status=pending", ends=True)
        for each in client.expect(answer, 200):
            if each["thread_id"] == thread:
                return dict(each)
        assert time.monotonic() < deadline, f"nothing waits in {thread}"
        time.sleep(RETRY_SECONDS)


def decide(client: Client, approval_id: str, says: str) -> None:
    """One that broke may have counted: then a second is refused, and the first one holds."""
    path = f"/approvals/{approval_id}"
    answer = client.send("POST", path, ends=True, json={"decision": says})
    if answer.status_code == 409:
        answer = client.send("GET", path, ends=True)
    status = client.expect(answer, 200)["status"]
    if status != {"approve": "approved", "reject": "rejected"}[says]:
        client.ledger.wrong.append(f"{path}: {says}, but it is {status}")


def _on_and_on(client: Client, least: float, most: float) -> Iterator[int]:
    number = 0
    while True:
        yield number
        number += 1
        client.pause(least, most)


class Load:
    """All kinds of clients at once, until it is left."""

    KINDS: tuple[Callable[[Client], None], ...] = (
        uploads, background_runs, background_runs, asks, approvals,
    )  # fmt: skip

    def __init__(self, fleet: Fleet, seed: int) -> None:
        self.ledger = Ledger()
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, args=(kind, fleet, seed + n), name=kind.__name__)
            for n, kind in enumerate(self.KINDS)
        ]

    def __enter__(self) -> Ledger:
        for each in self._threads:
            each.start()
        return self.ledger

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for each in self._threads:
            each.join()

    def _work(self, kind: Callable[[Client], None], fleet: Fleet, seed: int) -> None:
        client = Client(fleet, self.ledger, self._stop, seed)
        try:
            kind(client)
        except StoppedError:
            pass
        except Exception as error:  # noqa: BLE001  # the test tells it, with all else that is wrong
            self.ledger.wrong.append(f"{kind.__name__}: {error!r}")
        finally:
            client.close()


def register(fleet: Fleet, url: str) -> str:
    """A receiver of all events. Returns: its secret."""
    body = {"name": ENDPOINT, "url": url, "events": ["*"]}
    answer = httpx.post(f"{fleet.services[0].url}/webhooks", json=body, headers=fleet.headers)
    return json.loads(answer.raise_for_status().text)["secret"]
