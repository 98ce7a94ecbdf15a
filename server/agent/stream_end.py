"""How LangServe's streams end when a run fails: with an event that says what went wrong."""

import json
import logging

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.errors import CopilotError
from server.problems import problem_of

FAILED = b'event: error\r\ndata: {"status_code": 500, "message": "Internal Server Error"}\r\n\r\n'
"""What LangServe sends of every error, before it raises it."""

logger = logging.getLogger(__name__)


class StreamEnd:
    """ASGI middleware. The response's status is sent already, so the last event has the error's."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        stream = _Stream(send)
        try:
            await self._app(scope, receive, stream.send)
        except Exception as error:
            if not stream.has_begun:
                raise
            await stream.end(error)


class _Stream:
    """Holds LangServe's error event back until the error itself arrives."""

    def __init__(self, send: Send) -> None:
        self.has_begun = False
        self._send = send
        self._held: Message | None = None

    async def send(self, message: Message) -> None:
        if self._held is not None:
            await self._send(self._held)
            self._held = None
        if message["type"] == "http.response.start":
            content_type = Headers(raw=message["headers"]).get("content-type", "")
            self.has_begun = content_type.startswith("text/event-stream")
        if self.has_begun and message.get("body") == FAILED:
            self._held = message
        else:
            await self._send(message)

    async def end(self, error: Exception) -> None:
        event = _event(error)
        body = event if self._held is not None else b""
        await self._send({"type": "http.response.body", "body": body})


def _event(error: Exception) -> bytes:
    """`status_code` and `message` are what LangServe's clients read, the rest is the problem."""
    if isinstance(error, RuntimeError) and error.__cause__ is not None:
        # Starlette wraps an error that has a handler, once the response has begun.
        error = error.__cause__ if isinstance(error.__cause__, Exception) else error
    if isinstance(error, CopilotError):
        logger.info("a stream ended with %s", error.type)
    problem = problem_of(error)
    data = {"status_code": problem["status"], "message": problem["detail"], **problem}
    return f"event: error\r\ndata: {json.dumps(data)}\r\n\r\n".encode()
