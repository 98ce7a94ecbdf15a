"""Refuses, before any handler, text that can't be stored and JSON that isn't plain."""

import json

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.errors import InvalidInputError
from core.plain_json import UnfitJsonError, parse_plain
from server.body_limit import UPLOAD_PATH
from server.problems import MEDIA_TYPE, problem
from server.webhooks.inbound import PATH as INBOUND_PATH

ESCAPED_NUL = b"%00"
UNREAD = frozenset({UPLOAD_PATH, INBOUND_PATH})
"""Their bodies are for their handlers alone: a form, and a message whose bytes are signed."""


class PlainInput:
    """ASGI middleware. What isn't JSON at all is left to the handler, which names what it takes.

    It is one place for every route, those of LangServe too, which read bodies by themselves. It
    stands behind the limit on a body's size, since it reads JSON as a whole.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if "\x00" in scope["path"] or ESCAPED_NUL in scope["query_string"]:
            await _refuse("The address holds a NUL character: remove %00.", scope, receive, send)
            return
        if scope["path"] in UNREAD or not _may_have_body(scope):
            await self._app(scope, receive, send)
            return
        messages = await _whole(receive)
        body = b"".join(each.get("body", b"") for each in messages)
        try:
            parse_plain(body.decode())
        except UnfitJsonError as error:
            await _refuse(str(error), scope, receive, send)
            return
        except (UnicodeDecodeError, json.JSONDecodeError):
            pass
        await self._app(scope, _replaying(messages, receive), send)


def _may_have_body(scope: Scope) -> bool:
    return any(name in {b"content-length", b"transfer-encoding"} for name, _ in scope["headers"])


async def _whole(receive: Receive) -> list[Message]:
    messages = [await receive()]
    while messages[-1].get("more_body"):
        messages.append(await receive())
    return messages


def _replaying(messages: list[Message], receive: Receive) -> Receive:
    """What was read, once more, and then what comes after it: a disconnect."""
    left = iter(messages)

    async def replayed() -> Message:
        return next(left, None) or await receive()

    return replayed


async def _refuse(detail: str, scope: Scope, receive: Receive, send: Send) -> None:
    document = problem(InvalidInputError(detail))
    response = JSONResponse(document, document["status"], media_type=MEDIA_TYPE)
    await response(scope, receive, send)
