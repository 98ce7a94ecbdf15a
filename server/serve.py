"""Runs the service in this process until it is told to stop."""

import socket
from collections.abc import Callable

import uvicorn

from core.settings import Settings
from core.telemetry import FORMAT, configure_logging
from server.app import OnStart, create_app, make_signer
from server.request_id import RequestIdFilter

Announce = Callable[[str, str], None]
"""Told (address, sign-in link) once requests are answered."""


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
    """
    configure_logging(
        filters=[RequestIdFilter()],
        line=FORMAT.replace("%(message)s", "[%(request_id)s] %(message)s"),
    )
    app = create_app(settings, worker=worker, on_start=on_start)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,  # it would log query strings
        timeout_graceful_shutdown=5,
    )
    token = make_signer(settings).new_link_token()
    _Server(config, lambda address: announce(address, f"{address}/sign-in?token={token}")).run()


class _Server(uvicorn.Server):
    """Says where it listens once it does."""

    def __init__(self, config: uvicorn.Config, listening: Callable[[str], None]) -> None:
        super().__init__(config)
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.should_exit or not self.servers:
            return
        host, port = self.servers[0].sockets[0].getsockname()[:2]
        self._listening(f"http://{f'[{host}]' if ':' in host else host}:{port}")
