"""Embeddings from an endpoint that speaks HuggingFace's feature-extraction protocol."""

import json
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from huggingface_hub.utils import _runtime

from core.errors import UnavailableError
from knowledge.embeddings import endpoint as endpoint_module
from knowledge.embeddings.choose import endpoint_embeddings
from knowledge.embeddings.lazy import LazyEmbeddings
from knowledge.embeddings.model import DIMENSIONS

Reply = Callable[[list[str]], tuple[int, bytes]]


def vectors(texts: list[str]) -> tuple[int, bytes]:
    zeros = [0.0] * (DIMENSIONS - 1)
    return 200, json.dumps([[float(len(text)), *zeros] for text in texts]).encode()


class Endpoint(ThreadingHTTPServer):
    """Answers as `reply` says and keeps what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.reply: Reply = vectors
        self.asked: list[tuple[str, str | None, list[str]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        inputs = body["inputs"]
        self.server.asked.append((self.path, self.headers["authorization"], inputs))
        status, content = self.server.reply(inputs)
        try:
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        except OSError:  # the client gave up
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def endpoint():
    server = Endpoint()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def remote(endpoint) -> LazyEmbeddings:
    return endpoint_embeddings(url=endpoint.url, token="hf_test")


def test_texts_become_vectors_in_their_order(endpoint, remote):
    found = remote.embed_documents(["a", "bbb", "cc"])
    assert [vector[0] for vector in found] == [1.0, 3.0, 2.0]
    assert {len(vector) for vector in found} == {DIMENSIONS}
    ((_, authorization, inputs),) = endpoint.asked
    assert (authorization, inputs) == ("Bearer hf_test", ["a", "bbb", "cc"])


def test_a_query_is_one_vector(remote):
    vector = remote.embed_query("four")
    assert (len(vector), vector[0]) == (DIMENSIONS, 4.0)


def test_no_token_is_sent_if_there_is_none(endpoint):
    endpoint_embeddings(url=endpoint.url, token=None).embed_query("x")
    assert endpoint.asked[0][1] != "Bearer none"


@pytest.mark.parametrize("call", ["embed_query", "embed_documents"])
@pytest.mark.parametrize(
    "reply",
    [
        lambda _: (503, b'{"error": "overloaded"}'),
        lambda _: (500, b"secret internals"),
        lambda _: (401, b'{"error": "who are you"}'),
        lambda _: (429, b""),
        lambda _: (200, b"<html>a proxy</html>"),
        lambda _: (200, b"[[1.0, 2.0], [1.0]]"),
        lambda _: (200, b"[[1.0, 2.0, 3.0]]"),
        lambda _: (200, b"[]"),
    ],
)
def test_an_outage_is_unavailable(endpoint, remote, call, reply):
    endpoint.reply = reply
    with pytest.raises(UnavailableError) as refused:
        getattr(remote, call)("x" if call == "embed_query" else ["x"])
    assert "secret" not in refused.value.detail


def test_a_slow_endpoint_is_unavailable(endpoint, monkeypatch):
    monkeypatch.setattr(endpoint_module, "TIMEOUT_SECONDS", 0.2)
    remote = endpoint_embeddings(url=endpoint.url, token=None)
    endpoint.reply = lambda texts: time.sleep(0.6) or vectors(texts)
    with pytest.raises(UnavailableError):
        remote.embed_query("x")


def test_nobody_listening_is_unavailable():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    remote = endpoint_embeddings(url=f"http://127.0.0.1:{port}", token=None)
    with pytest.raises(UnavailableError):
        remote.embed_documents(["x"])


def test_it_works_again_after_an_outage(endpoint, remote):
    endpoint.reply = lambda _: (503, b"")
    with pytest.raises(UnavailableError):
        remote.embed_query("x")
    endpoint.reply = vectors
    assert remote.embed_query("x")[0] == 1.0


def test_first_questions_may_come_at_once(remote, monkeypatch):
    """The client looks for numpy then, which takes a moment in a process that has just begun."""
    look = _runtime.importlib.metadata.version

    def slowly(name):
        time.sleep(0.05)
        return look(name)

    monkeypatch.delitem(_runtime._package_versions, "numpy", raising=False)
    monkeypatch.setattr(_runtime.importlib.metadata, "version", slowly)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(remote.embed_query, ["a", "bb", "ccc", "dddd"]))
    assert [vector[0] for vector in found] == [1.0, 2.0, 3.0, 4.0]
