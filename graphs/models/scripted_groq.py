"""A Groq on the loopback interface that replies from a script: the only fake of the product.

It speaks the real wire protocol over a real socket, so that the real client libraries, their
time-outs and their errors are what is tested, demonstrated and measured.
"""

import asyncio
import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import Self

from graphs.models import scripted_wire as wire
from graphs.models.scripted_http import Received, Responder, receive
from graphs.models.scripted_replies import (
    Answer,
    Cut,
    Hang,
    Outcome,
    Refusal,
    Reply,
    ScriptedRequest,
    Stall,
    unknown,
)

logger = logging.getLogger(__name__)

PATH = "/openai/v1/chat/completions"
ANY_MODEL = "*"
FOREVER = 3600.0
"""Seconds; stopping the server ends it."""


class ScriptedGroq:
    """Serves while its `with` (or `async with`) block runs, from a thread of its own.

    Args:
        replies: for each model the replies in order, the last of which repeats. `"*"` is for every
            model that isn't named; without it such a model gets a 404.
        pause_seconds: between the chunks of a streamed answer, to watch it being written.
    """

    def __init__(
        self, replies: Mapping[str, Reply | Sequence[Reply]], *, pause_seconds: float = 0.0
    ) -> None:
        self.requests: list[ScriptedRequest] = []
        """Every request so far, in order of arrival."""
        self._script = {model: _in_order(script) for model, script in replies.items()}
        self._pause = pause_seconds
        self._port = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop = asyncio.Event()
        self._ready = threading.Event()
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="scripted-groq", daemon=True)

    @property
    def url(self) -> str:
        """The base URL for ChatGroq; its SDK adds `/openai/v1`."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def openai_url(self) -> str:
        """The base URL for OpenAI-compatible clients."""
        return f"{self.url}/openai/v1"

    def asked(self, model: str) -> int:
        """How many requests `model` has had."""
        return sum(request.model == model for request in self.requests)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        if self._error is not None:
            raise self._error
        return self

    def __exit__(self, *_: object) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    async def __aenter__(self) -> Self:
        return self.__enter__()

    async def __aexit__(self, *_: object) -> None:
        # Blocks for some milliseconds, but leaves no executor thread behind.
        self.__exit__()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception as error:  # noqa: BLE001 - such as no free port: raised where it was started
            self._error = error
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        server = await asyncio.start_server(self._converse, "127.0.0.1", 0)
        self._port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        # Conversations that hang are cancelled when asyncio.run ends, which closes their sockets.
        server.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # A client that has given up is part of the game.
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await self._respond(await receive(reader), Responder(writer))
        writer.close()

    async def _respond(self, received: Received, responder: Responder) -> None:
        if (received.method, received.path) != ("POST", PATH):
            unknown = Refusal(404, "unknown_url", f"Unknown request URL: {received.path}")
            await responder.json(unknown.wire(), status=404)
            return
        request = _recorded(received)
        self.requests.append(request)
        outcome = self._next(request)
        if isinstance(outcome, Hang):
            await asyncio.sleep(FOREVER)
        elif request.stream and not _refuses_at_once(outcome):
            await self._stream(outcome, request, responder)
        else:
            await _whole(outcome, request, responder)

    def _next(self, request: ScriptedRequest) -> Outcome:
        script = self._script.get(request.model) or self._script.get(ANY_MODEL)
        if script is None:
            return unknown(request.model)
        reply = next(script)
        try:
            outcome = reply(request) if callable(reply) else reply
        except Exception:  # the caller waits for an answer, whatever is wrong with the script
            logger.exception("The script for %s broke", request.model)
            return Refusal(
                500, "broken_script", "The script raised an exception", kind="server_error"
            )
        return Answer(outcome) if isinstance(outcome, str) else outcome

    async def _stream(
        self, outcome: Answer | Cut | Stall | Refusal, request: ScriptedRequest, to: Responder
    ) -> None:
        answer, after = (
            (outcome, None) if isinstance(outcome, Answer) else (outcome.answer, outcome.after)
        )
        await to.begin_events()
        await to.event(wire.event(wire.opening(request)))
        for chunk in islice(wire.chunks(answer, request), after):
            await asyncio.sleep(self._pause)
            await to.event(wire.event(chunk))
        await _end(outcome, request, to)


async def _end(
    outcome: Answer | Cut | Stall | Refusal, request: ScriptedRequest, to: Responder
) -> None:
    if isinstance(outcome, Cut):
        return
    if isinstance(outcome, Stall):
        await asyncio.sleep(FOREVER)
    elif isinstance(outcome, Refusal):
        await to.event(wire.event(outcome.wire(), name="error"))
    else:
        for chunk in wire.closing(outcome, request):
            await to.event(wire.event(chunk))
        await to.event(wire.event("[DONE]"))
    await to.end_events()


async def _whole(
    outcome: Answer | Cut | Stall | Refusal, request: ScriptedRequest, to: Responder
) -> None:
    if isinstance(outcome, Stall):
        await asyncio.sleep(FOREVER)
    elif isinstance(outcome, Refusal):
        await to.json(outcome.wire(), status=outcome.status, retry_after=outcome.retry_after)
    else:
        answer = outcome.answer if isinstance(outcome, Cut) else outcome
        await to.json(wire.completion(answer, request), cut=isinstance(outcome, Cut))


def _refuses_at_once(outcome: Outcome) -> bool:
    return isinstance(outcome, Refusal) and outcome.after is None


def _recorded(received: Received) -> ScriptedRequest:
    headers = dict(received.headers)
    if "authorization" in headers:
        headers["authorization"] = "Bearer ***"
    body = received.body
    return ScriptedRequest(
        model=str(body.get("model")),
        messages=body.get("messages") or [],
        tools=body.get("tools") or [],
        stream=bool(body.get("stream")),
        headers=headers,
        body=body,
    )


def _in_order(script: Reply | Sequence[Reply]) -> Iterator[Reply]:
    replies = [script] if isinstance(script, str) or not isinstance(script, Sequence) else script
    yield from replies
    while True:
        yield replies[-1]
