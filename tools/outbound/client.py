"""One POST to a server that somebody else chose: bounded in time and memory, never led astray."""

import asyncio
import re
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from http import HTTPStatus

import httpcore
import httpx

from core.errors import InvalidInputError
from tools.outbound.addresses import Reach
from tools.outbound.connecting import CheckedBackend, Resolve, checked_addresses, resolve
from tools.outbound.outcome import Failure, NotSentError, Outcome

EXCHANGE_SECONDS = 10.0
CONNECT_SECONDS = 4.0
"""For each address of a host."""
RESOLVE_SECONDS = 3.0
"""At registration; a name that takes longer is checked at each delivery anyhow."""
MAX_READ_BYTES = 64 * 1024
"""Of an answer; then the connection is closed."""
MAX_KEPT_BYTES = 2048
MAX_LOCATION_CHARACTERS = 300
_CUT = "disconnected|peer closed connection"
"""How httpcore and h11 word it."""


@dataclass
class _Answer:
    """As far as it has come."""

    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    head: bytes = b""


class OutboundClient:
    """Sends to public addresses by https, and to networks that the operator named."""

    def __init__(
        self,
        reach: Reach,
        *,
        resolve: Resolve = resolve,
        tls: ssl.SSLContext | None = None,
        seconds: float = EXCHANGE_SECONDS,
    ) -> None:
        """Make a client.

        Args:
            reach: which addresses it may connect to.
            resolve: finds a host's addresses.
            tls: which certificates hold; None for the usual authorities.
            seconds: for a whole exchange.
        """
        self._reach = reach
        self._resolve = resolve
        self._tls = tls or httpx.create_ssl_context()
        self._seconds = seconds

    async def check(self, url: str) -> None:
        """Refuse at registration what each delivery would refuse.

        Raises:
            InvalidInputError: it isn't a URL, or leads where no message may be sent.
        """
        parts = _parsed(url)
        host, port = parts.raw_host.decode(), parts.port or _port_of(parts.scheme)
        check = partial(checked_addresses, self._reach, self._resolve, host, port)
        try:
            async with asyncio.timeout(RESOLVE_SECONDS):
                await check(plain=parts.scheme == "http")
        except NotSentError as error:
            if error.failure is Failure.REFUSED or parts.scheme == "http":
                raise InvalidInputError(f"{error.words}. Use a public https address.") from error
        except TimeoutError:
            if parts.scheme == "http":
                raise InvalidInputError(f"{host} has no address. Use https.") from None

    async def post(self, url: str, headers: Mapping[str, str], body: str) -> Outcome:
        """Send once. Whatever the other side does is told in the outcome."""
        sent_at, started = datetime.now(UTC), time.monotonic()
        answer = _Answer()
        try:
            parts = _parsed(url)
        except InvalidInputError as error:  # one that was registered before it was checked so
            return Outcome(sent_at, 0, None, failure=Failure.REFUSED, words=error.detail)
        backend = CheckedBackend(self._reach, self._resolve, plain=parts.scheme == "http")
        sent = {"host": parts.netloc.decode(), "user-agent": "copilot", **headers}
        outcome = Outcome(sent_at, 0, None, sent)
        try:
            async with asyncio.timeout(self._seconds):
                await self._exchange(parts, sent, body.encode(), backend, answer)
            _raise_for(answer)
        except TimeoutError:
            words = f"no whole answer within {self._seconds:g} seconds"
            outcome = replace(outcome, failure=Failure.TIMEOUT, words=words)
        except NotSentError as error:
            outcome = replace(outcome, failure=error.failure, words=error.words)
        return replace(
            outcome,
            duration_ms=int(1000 * (time.monotonic() - started)),
            address=str(backend.address) if backend.address else None,
            status=answer.status,
            response=answer.head.decode(errors="replace").replace(
                "\0", "\N{REPLACEMENT CHARACTER}"
            ),
            retry_after_seconds=_seconds(answer.headers.get("retry-after", "")),
        )

    async def _exchange(
        self,
        parts: httpx.URL,
        headers: Mapping[str, str],
        body: bytes,
        backend: CheckedBackend,
        answer: _Answer,
    ) -> None:
        port = parts.port or _port_of(parts.scheme)
        connection = httpcore.AsyncHTTPConnection(
            httpcore.Origin(parts.raw_scheme, parts.raw_host, port),
            ssl_context=self._tls,
            network_backend=backend,
        )
        url = httpcore.URL(
            scheme=parts.raw_scheme, host=parts.raw_host, port=port, target=parts.raw_path
        )
        given = [*headers.items(), ("content-length", str(len(body)))]
        timeouts = {"timeout": {"connect": CONNECT_SECONDS}}
        async with connection:
            try:
                async with connection.stream(
                    "POST", url, headers=given, content=body, extensions=timeouts
                ) as response:
                    await _read(response, answer)
            except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as e:
                raise _not_sent(e) from e
            except OSError as e:  # TLS that breaks in the midst of an answer
                raise NotSentError(Failure.CUT, "the connection broke off") from e


async def _read(response: httpcore.Response, answer: _Answer) -> None:
    answer.status = response.status
    answer.headers = {
        name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers
    }
    read = 0
    async for part in response.aiter_stream():
        answer.head += part[: MAX_KEPT_BYTES - len(answer.head)]
        read += len(part)
        if read >= MAX_READ_BYTES:
            break


def _raise_for(answer: _Answer) -> None:
    """Raises: NotSentError: the answer isn't 2xx."""
    status = answer.status or 0
    if status // 100 == HTTPStatus.MULTIPLE_CHOICES // 100:
        location = answer.headers.get("location", "nowhere")[:MAX_LOCATION_CHARACTERS]
        raise NotSentError(Failure.REDIRECT, f"answered {status}, which leads to {location}")
    if status // 100 != HTTPStatus.OK // 100:
        raise NotSentError(Failure.STATUS, f"answered {status}")


def _not_sent(error: Exception) -> NotSentError:
    if isinstance(error.__cause__, ssl.SSLError):
        return NotSentError(Failure.TLS, f"TLS failed: {error.__cause__.reason or 'no handshake'}")
    if isinstance(error, httpcore.ProtocolError) and not re.search(_CUT, str(error)):
        return NotSentError(Failure.PROTOCOL, "what came isn't HTTP")
    if isinstance(error, httpcore.ConnectError | httpcore.ConnectTimeout):
        return NotSentError(Failure.TLS, "the TLS handshake broke off")
    return NotSentError(Failure.CUT, "the connection broke off")


def _parsed(url: str) -> httpx.URL:
    try:
        parts = httpx.URL(url)
        host = parts.host  # decodes an internationalized name, if it is one
    except (httpx.InvalidURL, UnicodeError) as error:  # the latter of a malformed `xn--` label
        raise InvalidInputError("This is no URL. Write https://host/path.") from error
    if parts.scheme not in ("http", "https") or not host:
        raise InvalidInputError("Write https://host/path.")
    if "%" in host:
        raise InvalidInputError("Write the address without a zone id (the part from % on).")
    return parts


def _port_of(scheme: str) -> int:
    return 443 if scheme == "https" else 80


def _seconds(retry_after: str) -> int | None:
    """Of the header Retry-After, which is a number or a date."""
    if retry_after.isascii() and retry_after.isdigit():
        return int(retry_after[:9])
    try:
        at = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0, int((at.astimezone(UTC) - datetime.now(UTC)).total_seconds()))
