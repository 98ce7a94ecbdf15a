"""Runs the service in this process until it is told to stop."""

import asyncio
import errno
import socket
from collections.abc import Callable
from contextlib import AsyncExitStack

import uvicorn
from fastapi import FastAPI

from core.errors import ConfigurationError
from core.settings import Settings
from core.telemetry import FORMAT, configure_logging
from server.app import OnStart, create_app
from server.http_protocol import Bounds, bounded
from server.identity.sessions import make_signer
from server.open_files import BACKLOG, connections_for, raise_open_file_limit
from server.port_in_use import why_port_is_taken
from server.request_id import RequestIdFilter

LAST_WORDS_SECONDS = 2.0

Announce = Callable[[str, str | None], None]
"""Told (address, sign-in link) once requests are answered; None where links are off."""


def serve(
    settings: Settings,
    announce: Announce,
    *,
    worker: bool = True,
    on_start: OnStart | None = None,
) -> None:
    """Serve until SIGINT or SIGTERM.

    Args:
        settings: host, port and the rest.
        announce: gets the address, with the port that was found if the setting is 0.
        worker: whether documents are indexed in this process too.
        on_start: started in the background once the service is up.

    Raises:
        ConfigurationError: the address can't be had, or another setting is wrong.
    """
    bound = _bind(settings)
    configure_logging(
        filters=[RequestIdFilter()],
        line=FORMAT.replace("%(message)s", "[%(request_id)s] %(message)s"),
    )
    connections = connections_for(raise_open_file_limit())
    app = create_app(settings, worker=worker, on_start=on_start)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,  # it would log query strings
        http=bounded(Bounds(connections=connections)),
        ws="none",
        backlog=BACKLOG,
        server_header=False,
        proxy_headers=False,  # uvicorn believes any process of this machine; see the app's own
        timeout_graceful_shutdown=5,
        lifespan="off",  # see _Server
    )
    server = _Server(app, config, lambda url: announce(url, _link(settings, url)))
    server.run(sockets=[bound])


def _link(settings: Settings, url: str) -> str | None:
    if not settings.takes_sign_in_links:
        return None
    return f"{url}/sign-in?token={make_signer(settings).new_link_token()}"


def _bind(settings: Settings) -> socket.socket:
    """Before anything is started. Nobody gets through until the server listens."""
    bound = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((settings.host, settings.port))
    except OSError as error:
        bound.close()
        if error.errno == errno.EADDRINUSE:
            raise ConfigurationError(why_port_is_taken(settings.host, settings.port)) from error
        raise ConfigurationError(
            f"{settings.host}, port {settings.port} can't be used: {error.strerror}. "
            "Stop what uses it, or choose others with COPILOT_HOST and COPILOT_PORT."
        ) from error
    return bound


class _Server(uvicorn.Server):
    """Says where it listens once it does.

    It runs the app's lifespan itself: of a wrong setting that shows there, such as a database out
    of reach, uvicorn would log a traceback.
    """

    def __init__(
        self, app: FastAPI, config: uvicorn.Config, listening: Callable[[str], None]
    ) -> None:
        super().__init__(config)
        self._app = app
        self._listening = listening
        self._lifespan = AsyncExitStack()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self._app.router.lifespan_context(self._app))
            await super().startup(sockets)
            self._lifespan = stack.pop_all()
        host, port = self.servers[0].sockets[0].getsockname()[:2]
        self._listening(f"http://{f'[{host}]' if ':' in host else host}:{port}")

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await super().shutdown(sockets)
        if self.server_state.tasks:  # cancelled: they have last words, which are recorded
            await asyncio.wait(self.server_state.tasks, timeout=LAST_WORDS_SECONDS)
        await self._lifespan.aclose()
