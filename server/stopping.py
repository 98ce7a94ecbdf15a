"""What a request is told that the service doesn't finish before it stops."""

import asyncio
import json

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.errors import UnavailableError
from server.problems import MEDIA_TYPE, headers_of, problem

RETRY_SECONDS = 2
_DETAIL = (
    "The service is stopping. Questions that were accepted are answered all the same: look at "
    "the thread's runs before you ask again."
)
_RECONNECT = f": the service is stopping, reconnect\r\nretry: {RETRY_SECONDS * 1000}\r\n\r\n"
"""A comment and the time after which browsers ask again, with Last-Event-ID."""
_LANGSERVE_ERROR = json.dumps({"status_code": 503, "message": _DETAIL})


class Stopping:
    """ASGI middleware.

    At a stop sse-starlette cancels its streams between two events and leaves them open, and uvicorn
    cancels what is unanswered after its patience; both would end as broken connections and 500.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        progress = _Progress(send)
        try:
            await self._app(scope, receive, progress.send)
        except asyncio.CancelledError:
            if progress.is_started and not progress.is_stream:
                raise
            if not progress.is_started:
                await _refuse(scope, receive, send)
        if progress.is_stream and not progress.is_complete:
            last = _last_words(scope["path"]).encode()
            await send({"type": "http.response.body", "body": last})


class _Progress:
    """How far an answer has come."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.is_started = self.is_stream = self.is_complete = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.is_started = True
            content_type = Headers(raw=message["headers"]).get("content-type", "")
            self.is_stream = content_type.startswith("text/event-stream")
        else:
            self.is_complete = not message.get("more_body", False)
        await self._send(message)


def _last_words(path: str) -> str:
    """LangServe's clients can't reconnect, and would take a clean end for a whole answer."""
    is_langserve = path.startswith("/agent/")
    return f"event: error\r\ndata: {_LANGSERVE_ERROR}\r\n\r\n" if is_langserve else _RECONNECT


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    error = UnavailableError(_DETAIL, retry_after_seconds=RETRY_SECONDS)
    response = JSONResponse(problem(error), error.status, headers_of(error), MEDIA_TYPE)
    await response(scope, receive, send)
