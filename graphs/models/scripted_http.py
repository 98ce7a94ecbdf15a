"""Just enough HTTP/1.1 for one request a connection: the scripted server needs no framework."""

import asyncio
import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any


@dataclass(frozen=True)
class Received:
    """A request's first line, headers (lower-case names) and JSON body."""

    method: str
    path: str
    headers: dict[str, str]
    body: dict[str, Any]


async def receive(reader: asyncio.StreamReader) -> Received:
    """The request.

    Raises:
        asyncio.IncompleteReadError: the client left.
        ValueError: it isn't HTTP with a JSON body.
    """
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.rstrip("\r\n").split("\r\n")
    method, path, _version = first.split(" ")
    pairs = (line.split(":", 1) for line in lines)
    headers = {name.strip().lower(): value.strip() for name, value in pairs}
    raw = await reader.readexactly(int(headers.get("content-length", "0")))
    return Received(method, path, headers, json.loads(raw or b"{}"))


class Responder:
    """Writes one response to a connection that closes afterwards."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer

    async def json(
        self,
        body: dict[str, Any],
        *,
        status: int = 200,
        retry_after: str | None = None,
        cut: bool = False,
    ) -> None:
        """A JSON body; only its first half when `cut`."""
        raw = json.dumps(body).encode()
        extra = {} if retry_after is None else {"retry-after": retry_after}
        self._head(status, {"content-length": str(len(raw)), **extra}, "application/json")
        self._writer.write(raw[: len(raw) // 2] if cut else raw)
        await self._writer.drain()

    async def begin_events(self) -> None:
        self._head(200, {"transfer-encoding": "chunked"}, "text/event-stream")
        await self._writer.drain()

    async def event(self, raw: bytes) -> None:
        """One server-sent event as a chunk of its own."""
        self._writer.write(f"{len(raw):x}\r\n".encode() + raw + b"\r\n")
        await self._writer.drain()

    async def end_events(self) -> None:
        """The last chunk. Left out, the client sees a cut connection."""
        self._writer.write(b"0\r\n\r\n")
        await self._writer.drain()

    def _head(self, status: int, headers: dict[str, str], content_type: str) -> None:
        headers = {"content-type": content_type, "connection": "close", **headers}
        lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self._writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
