"""A stream that failed has said so in its last event; its connection needn't break off as well."""

import logging

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.errors import CopilotError
from server.problems import unexpected

logger = logging.getLogger(__name__)


class StreamEnd:
    """ASGI middleware. LangServe sends `event: error` and raises: too late for a status code."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        streaming = False

        async def noting_streams(message: Message) -> None:
            nonlocal streaming
            if message["type"] == "http.response.start":
                content_type = Headers(raw=message["headers"]).get("content-type", "")
                streaming = content_type.startswith("text/event-stream")
            await send(message)

        try:
            await self._app(scope, receive, noting_streams)
        except Exception as error:
            if not streaming:
                raise
            _log(error)
            await send({"type": "http.response.body", "body": b""})


def _log(error: Exception) -> None:
    refusal = error.__cause__  # Starlette reports an error that has a handler as its own
    if isinstance(refusal, CopilotError):
        logger.info("a stream ended with %s", refusal.type)
    else:
        unexpected(error)
