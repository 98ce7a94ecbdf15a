"""Each request has an id: in the answer's header, in its problem document and in the log."""

import logging
from contextvars import ContextVar
from uuid import uuid4

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_CURRENT: ContextVar[str] = ContextVar("request_id", default="-")
HEADER = "x-request-id"


def current_request_id() -> str:
    return _CURRENT.get()


def new_request_id() -> str:
    """Begin a request, in the current context."""
    request_id = uuid4().hex
    _CURRENT.set(request_id)
    return request_id


class RequestId:
    """ASGI middleware. The id is always ours: a client's could be made to look like another's."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = new_request_id()

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        await self._app(scope, receive, send_with_id)


class RequestIdFilter(logging.Filter):
    """Adds `request_id` to each log record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_request_id()
        return True
