"""Connects to an address that was checked: nothing is resolved between the check and its use."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable

import httpcore
from httpcore import SOCKET_OPTION, AnyIOBackend, AsyncNetworkBackend, AsyncNetworkStream

from tools.outbound.addresses import Address, Reach, is_metadata, parse_address
from tools.outbound.outcome import Failure, NotSentError

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""From a host and a port to its addresses; raises OSError."""
MAX_ADDRESSES = 3
"""Of a host's, so many are tried."""


async def resolve(host: str, port: int) -> list[str]:
    """As the machine is set up."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


async def checked_addresses(
    reach: Reach, resolve: Resolve, host: str, port: int, *, plain: bool
) -> list[Address]:
    """All addresses of a host.

    Raises:
        NotSentError: it has none, or one of them may not be reached this way.
    """
    try:
        addresses = [parse_address(each) for each in await resolve(host, port)]
    except (OSError, UnicodeError, ValueError) as error:
        raise NotSentError(Failure.UNRESOLVED, f"{host} has no address") from error
    if not addresses:
        raise NotSentError(Failure.UNRESOLVED, f"{host} has no address")
    for address in addresses:
        if not reach.allows(address):
            raise NotSentError(Failure.REFUSED, _why_refused(host, address))
        if plain and not reach.is_named(address):
            raise NotSentError(Failure.REFUSED, f"{host} is outside: it needs https")
    return addresses


def _why_refused(host: str, address: Address) -> str:
    refused = f"{host} is at {address}, which messages may not be sent to"
    if is_metadata(address):
        return f"{refused}: clouds hand out credentials there"
    return f"{refused} unless an operator allows its network with COPILOT_WEBHOOK_NETWORKS"


class CheckedBackend(AsyncNetworkBackend):
    """Of one exchange."""

    def __init__(self, reach: Reach, resolve: Resolve, *, plain: bool) -> None:
        self._reach = reach
        self._resolve = resolve
        self._plain = plain
        self._sockets = AnyIOBackend()
        self.address: Address | None = None
        """Where it connected to, or tried last."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  # httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> AsyncNetworkStream:
        addresses = await checked_addresses(
            self._reach, self._resolve, host, port, plain=self._plain
        )
        error: Exception | None = None
        for self.address in addresses[:MAX_ADDRESSES]:
            try:
                return await self._sockets.connect_tcp(
                    str(self.address), port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                error = failed
        raise NotSentError(Failure.UNREACHABLE, "nothing takes connections there") from error
