"""HTTP/1.1 with bounds, in front of everything else: uvicorn's own protocol waits for ever."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, ClassVar, cast

import h11
from starlette.types import Receive, Scope, Send
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol
from uvicorn.server import ServerState

from server.problems import MEDIA_TYPE, http_problem
from server.request_id import HEADER, new_request_id

logger = logging.getLogger(__name__)
RETRY_SECONDS = 2


@dataclass(frozen=True)
class Bounds:
    """What one client may take up before anybody knows who it is."""

    head_bytes: int = 64 * 1024
    """Of the request line and all headers."""
    header_count: int = 100
    head_seconds: float = 10.0
    """From the first moment that a connection is idle until a request's head is complete."""
    body_seconds: float = 30.0
    """In which `body_bytes` have to come, or the rest of the body."""
    body_bytes: int = 8 * 1024
    unread_seconds: float = 60.0
    """After which a client that reads nothing of its answer is cut off."""
    connections: int = 1024
    """At once. One more takes the place of one whose client is awaited, see `_make_room`."""


class BoundedConnection(h11.Connection):
    """h11 bounds what is incomplete; a head that comes in one piece is measured here."""

    def __init__(self, bounds: Bounds) -> None:
        super().__init__(h11.SERVER, bounds.head_bytes)
        self._bounds = bounds
        self.refused: HTTPStatus = HTTPStatus.BAD_REQUEST
        """How to answer what `next_event` raised last."""

    def next_event(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        """Raises: h11.RemoteProtocolError: it isn't HTTP, or too much of it."""
        try:
            event = super().next_event()
            if isinstance(event, h11.Request):
                self._measure(event)
        except h11.RemoteProtocolError as error:
            self.refused = HTTPStatus(error.error_status_hint)
            raise
        return event

    def _measure(self, request: h11.Request) -> None:
        size = len(request.target) + sum(len(n) + len(v) for n, v in request.headers)
        if size > self._bounds.head_bytes or len(request.headers) > self._bounds.header_count:
            raise h11.RemoteProtocolError("head too large", error_status_hint=431)


class BoundedH11Protocol(H11Protocol):
    """uvicorn's protocol for one connection, with deadlines.

    A deadline belongs to what the client has to do next: complete a head, or go on with a body.
    While the service works on an answer, or streams one, nothing is asked of the client but that it
    reads.
    """

    bounds: ClassVar[Bounds] = Bounds()

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: Any = None,  # noqa: ANN401  # as uvicorn passes it on
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.conn = BoundedConnection(self.bounds)
        self.waits_since: float | None = None
        """The loop's time since when the client is awaited: its next head, or more of its body."""
        self._state: Any = None
        """Of the client, as h11 names it, when the deadline was set last."""
        self._deadline = _Deadline(self)
        self._reading_deadline = _Deadline(self)
        self._received = 0

    def connection_made(self, transport: Any) -> None:  # noqa: ANN401  # as uvicorn has it
        super().connection_made(transport)
        self._follow()
        if len(self.connections) > self.bounds.connections:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        self._deadline.cancel()
        self._reading_deadline.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._received += len(data)
        super().data_received(data)
        self._follow()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._follow()

    def pause_writing(self) -> None:
        self._reading_deadline.start(self.bounds.unread_seconds, self.transport.abort)
        super().pause_writing()

    def resume_writing(self) -> None:
        self._reading_deadline.cancel()
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """Answer what isn't a request; uvicorn calls it after each protocol error."""
        status = cast("BoundedConnection", self.conn).refused
        if status is HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE:
            limits = f"{self.bounds.head_bytes // 1024} KB and {self.bounds.header_count} headers"
            msg = f"The head of a request is bounded to {limits}. Send less."
        self._refuse(status, msg)

    def _unsupported_upgrade_warning(self) -> None:
        """Quiet: there are no websockets here, and anybody can ask for one."""

    @property
    def is_in_body(self) -> bool:
        return self.conn.their_state is h11.SEND_BODY

    def _follow(self) -> None:
        """Set the deadline that fits what the client has to do now."""
        state = self.conn.their_state
        if state is self._state:
            return
        self._state = state
        self.waits_since = self.loop.time() if state in {h11.IDLE, h11.SEND_BODY} else None
        self._deadline.cancel()
        if state is h11.IDLE:
            self._deadline.start(self.bounds.head_seconds, self._head_is_late)
        elif state is h11.SEND_BODY:
            self._await_body()

    def _head_is_late(self) -> None:
        if self.conn.trailing_data[0]:
            seconds = self.bounds.head_seconds
            self._refuse(
                HTTPStatus.REQUEST_TIMEOUT, f"The request's head wasn't complete in {seconds:g} s."
            )
        else:
            self.transport.close()

    def _await_body(self) -> None:
        self._received = 0
        self._deadline.start(self.bounds.body_seconds, self._check_body)

    def _check_body(self) -> None:
        """A body that the service doesn't read at the moment is late through no fault of theirs."""
        is_held_up = self.flow.read_paused or self.cycle.waiting_for_100_continue
        if self.cycle.response_complete:
            self.transport.close()  # nobody will read the rest
        elif is_held_up or self._received >= self.bounds.body_bytes:
            self._await_body()
        else:
            self._refuse(
                HTTPStatus.REQUEST_TIMEOUT,
                f"Less than {self.bounds.body_bytes // 1024} KB of the body came in "
                f"{self.bounds.body_seconds:g} seconds. Send it faster, or in smaller parts.",
            )

    def _make_room(self) -> None:
        """Whoever has sent a request goes before whoever only holds a connection.

        Heads give way before bodies, and those that take long before others: an upload is a matter
        of seconds, and with nothing but slow bodies nobody else would get in.
        """
        waiting = [
            each
            for each in cast("set[BoundedH11Protocol]", self.connections)
            if each is not self and each.waits_since is not None
        ]
        if waiting:
            last = min(waiting, key=lambda each: (each.is_in_body, each.waits_since))
            self.connections.discard(last)  # at once: it is lost in the loop's next turn only
            last.transport.abort()
        else:
            self.app = _full

    def _refuse(self, status: HTTPStatus, detail: str) -> None:
        """Answer without the app, if nothing of an answer is on its way, and close."""
        if self.cycle is not None:
            self.cycle.disconnected = True  # or the app would answer after us
            self.cycle.message_event.set()
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            headers, body = _problem_answer(status, detail)
            reason = STATUS_PHRASES[status]
            for event in (
                h11.Response(
                    status_code=status,
                    headers=[*self.server_state.default_headers, *headers],
                    reason=reason,
                ),
                h11.Data(data=body),
                h11.EndOfMessage(),
            ):
                self.transport.write(self.conn.send(event))
        self.transport.close()


def bounded(bounds: Bounds) -> type[BoundedH11Protocol]:
    """The protocol with these bounds, as uvicorn's configuration takes it."""

    class Bounded(BoundedH11Protocol):
        pass

    Bounded.bounds = bounds
    return Bounded


class _Deadline:
    """One timer that is set anew or taken back."""

    def __init__(self, protocol: H11Protocol) -> None:
        self._protocol = protocol
        self._handle: Any = None

    def start(self, seconds: float, then: Callable[[], None]) -> None:
        self.cancel()
        self._handle = self._protocol.loop.call_later(seconds, then)

    def cancel(self) -> None:
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None


async def _full(_scope: Scope, _receive: Receive, send: Send) -> None:
    """ASGI app of a connection for which there is no room."""
    detail = "Too many requests are being answered. Try again in a moment."
    headers, body = _problem_answer(HTTPStatus.SERVICE_UNAVAILABLE, detail)
    headers.append((b"retry-after", str(RETRY_SECONDS).encode()))
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _problem_answer(status: HTTPStatus, detail: str) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """Headers and body of a refusal that no middleware has seen, under a request id of its own."""
    request_id = new_request_id()
    logger.info("%d %s", status, detail)
    body = json.dumps(http_problem(status, detail)).encode()
    headers = [
        (b"content-type", MEDIA_TYPE.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
        (HEADER.encode(), request_id.encode()),
    ]
    return headers, body
