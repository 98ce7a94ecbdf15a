"""Which Host headers are believed: links and redirects are built from them."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from core.settings import Settings
from server.problems import MEDIA_TYPE, http_problem

PROBES = frozenset({"/health", "/ready"})
"""Asked by load balancers under any name; they tell nothing and link nowhere."""
MISDIRECTED = 421
_DETAIL = (
    "The Host header names another service. If it is this one, set COPILOT_PUBLIC_URL, or name "
    "the host in COPILOT_ALLOWED_HOSTS."
)


class AllowedHosts:
    """ASGI middleware. Believed are loopback, the address that was connected to, and `names`.

    A page elsewhere that points its own name at this address (DNS rebinding) gets nothing either.
    """

    def __init__(self, app: ASGIApp, names: Iterable[str]) -> None:
        self._app = app
        self._names = frozenset(name.lower().rstrip(".") for name in names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in PROBES or self._is_ours(scope):
            await self._app(scope, receive, send)
            return
        document = http_problem(MISDIRECTED, _DETAIL)
        await JSONResponse(document, MISDIRECTED, media_type=MEDIA_TYPE)(scope, receive, send)

    def _is_ours(self, scope: Scope) -> bool:
        header = Headers(scope=scope).get("host")
        if header is None:  # of HTTP/1.0: the address stands in for it
            return True
        name = _name(header)
        if name in self._names or name == "localhost":
            return True
        address, own = _address(name), scope.get("server")
        if address is None:
            return False
        return address.is_loopback or (own is not None and address == _address(own[0]))


def known_names(settings: Settings) -> list[str]:
    """Of the settings: the host that is listened on counts, since somebody chose it."""
    public = urlsplit(settings.public_url or "").hostname
    return [settings.host, *settings.allowed_hosts, *([public] if public else [])]


def _name(header: str) -> str:
    try:
        return (urlsplit(f"//{header}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _address(name: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(name)
    except ValueError:
        return None
    return (address.ipv4_mapped if isinstance(address, IPv6Address) else None) or address
