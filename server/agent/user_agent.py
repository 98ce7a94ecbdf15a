"""LangServe writes each caller's browser into the metadata of its traces, and takes no "no"."""

from starlette.types import ASGIApp, Receive, Scope, Send


class WithoutUserAgent:
    """ASGI middleware: drops the header. Nothing here reads it, and LangSmith need not know it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["headers"] = [each for each in scope["headers"] if each[0] != b"user-agent"]
        await self._app(scope, receive, send)
