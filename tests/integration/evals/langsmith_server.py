"""LangSmith's API on loopback, as far as an experiment uses it: it keeps what it is sent.

Paths and fields as langsmith 0.15.0 sends them; nothing but what an eval run calls is there.
"""

import json
import re
import threading
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

NOW = "2026-11-27T00:00:00+00:00"
TENANT = "00000000-0000-0000-0000-000000000001"
BATCHES = {
    "use_multipart_endpoint": True,
    "scale_up_qsize_trigger": 1000,
    "scale_up_nthreads_limit": 16,
    "scale_down_nempty_trigger": 4,
    "size_limit": 100,
    "size_limit_bytes": 20_000_000,
}


class LangSmithServer:
    """Serves while its `with` block runs."""

    def __init__(self) -> None:
        self.datasets: dict[str, dict[str, Any]] = {}
        self.examples: list[str] = []
        """Bodies of multipart requests."""
        self.sessions: dict[str, dict[str, Any]] = {}
        self.runs: list[str] = []
        """Bodies of multipart requests, with the feedback on the runs."""
        self.unknown: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def is_untouched(self) -> bool:
        return not (self.datasets or self.sessions or self.runs or self.unknown)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, method: str, target: str, body: bytes) -> Any:
        url = urlsplit(target)
        path = url.path.rstrip("/")
        if (method, path) == ("GET", "/info"):
            flags = {"dataset_examples_multipart_enabled": True}
            return {"version": "0.15.0", "batch_ingest_config": BATCHES, "instance_flags": flags}
        if path.startswith("/datasets"):
            return self._datasets(method, parse_qs(url.query), body)
        if path.startswith("/v1/platform/datasets"):
            self.examples.append(body.decode("utf-8", "replace"))
            return {"count": 1, "example_ids": []}
        if path.startswith("/sessions"):
            return self._sessions(method, path, body)
        if path.startswith("/runs"):
            self.runs.append(body.decode("utf-8", "replace"))
            return {}
        self.unknown.append(f"{method} {target}")
        return {}

    def _datasets(self, method: str, query: dict[str, list[str]], body: bytes) -> Any:
        if method == "GET":
            found = self.datasets.get(query.get("name", [""])[0])
            return [found] if found else []
        sent = json.loads(body)
        made = {"id": str(uuid4()), "created_at": NOW, "tenant_id": TENANT, **sent}
        self.datasets[sent["name"]] = made
        return made

    def _sessions(self, method: str, path: str, body: bytes) -> Any:
        if method == "POST":
            sent = json.loads(body)
            made = {"id": str(uuid4()), "tenant_id": TENANT, "start_time": NOW, **sent}
            self.sessions[made["id"]] = made
            return made
        session = self.sessions.get(re.sub(r".*/", "", path), {})
        return session | (json.loads(body) if body else {})


def _handler(server: LangSmithServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _respond(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            if self.headers.get("content-encoding") == "gzip":
                body = zlib.decompress(body, 31)
            answer = json.dumps(server.answer(self.command, self.path, body)).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST = do_PATCH = do_PUT = _respond  # noqa: N815  # as the base class looks for

        def log_message(self, *_: object) -> None:
            """Not on stderr."""

    return Handler
