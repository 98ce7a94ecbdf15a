"""No request makes the service read more than it may, whatever its Content-Length says."""

import json

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from knowledge.errors import TooLargeError
from knowledge.ingestion import too_large
from server.problems import MEDIA_TYPE, problem

UPLOAD_PATH = "/upload-pdf"
MAX_JSON_BYTES = 2**20
MULTIPART_OVERHEAD_BYTES = 64 * 1024


class BodyLimit:
    """ASGI middleware: refuses by Content-Length at once, and counts where there is none."""

    def __init__(self, app: ASGIApp, *, max_upload_bytes: int) -> None:
        self._app = app
        self._max_upload_bytes = max_upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit, error = MAX_JSON_BYTES, TooLargeError("At most 1 MB of JSON is taken. Send less.")
        if scope["path"] == UPLOAD_PATH:
            limit = self._max_upload_bytes + MULTIPART_OVERHEAD_BYTES
            error = too_large(self._max_upload_bytes)
        declared = Headers(scope=scope).get("content-length", "0")
        if declared.isdigit() and int(declared) > limit:
            await _refuse(send, json.dumps(problem(error)).encode())
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise _TooMuch(413, error.detail)
            return message

        try:
            await self._app(scope, counted, send)
        except _TooMuch:  # of a middleware: handlers' errors are answered further in
            await _refuse(send, json.dumps(problem(error)).encode())


class _TooMuch(HTTPException):
    """A handler that reads on gets this; FastAPI answers it with 413."""


async def _refuse(send: Send, body: bytes) -> None:
    headers = [
        (b"content-type", MEDIA_TYPE.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
