"""Bounds how often one address may fail to say who it is."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.errors import TooManyRequestsError
from server.problems import MEDIA_TYPE, headers_of, problem

Count = Callable[[str], Awaitable[TooManyRequestsError | None]]


class FailedSignIns:
    """ASGI middleware: from a number of 401 on, an address is answered 429 instead.

    Only failures are held up. Many people can share an address, behind a proxy or in an office, and
    somebody's wrong key must not lock the others out.
    """

    def __init__(self, app: ASGIApp, count: Count) -> None:
        self._app = app
        self._count = count

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_replaced = False

        async def counting(message: Message) -> None:
            nonlocal is_replaced
            if (
                message["type"] == "http.response.start"
                and message["status"] == HTTPStatus.UNAUTHORIZED
                and (error := await self._count((scope.get("client") or ("",))[0]))
            ):
                is_replaced = True
                answer = JSONResponse(problem(error), 429, headers_of(error), MEDIA_TYPE)
                await answer(scope, receive, send)
            if not is_replaced:
                await send(message)

        await self._app(scope, receive, counting if scope["type"] == "http" else send)
