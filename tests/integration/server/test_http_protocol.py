"""What a client may take up before it is known, over raw sockets against uvicorn."""

import asyncio
import json
import socket
from contextlib import asynccontextmanager

import pytest
import uvicorn

from server.http_protocol import Bounds, bounded
from server.open_files import MAX_CONNECTIONS, MIN_CONNECTIONS, connections_for

GET = b"GET / HTTP/1.1\r\nhost: x\r\n"


class App:
    """Answers with the length of what it read; `answering` holds it up, `reads` lets it read."""

    def __init__(self) -> None:
        self.answering = asyncio.Event()
        self.answering.set()
        self.reading = asyncio.Event()
        self.reading.set()
        self.started = asyncio.Event()
        self.left = asyncio.Event()
        self.answer = b""

    async def __call__(self, scope, receive, send) -> None:
        self.started.set()
        await self.reading.wait()
        body, more = b"", True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                self.left.set()
                return
            body += message["body"]
            more = message["more_body"]
        await self.answering.wait()
        answer = self.answer or str(len(body)).encode()
        headers = [(b"content-length", str(len(answer)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})


class Server(uvicorn.Server):
    """Tells once it listens."""

    def __init__(self, config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()

    async def startup(self, sockets=None) -> None:
        await super().startup(sockets)
        self.listening.set()


@asynccontextmanager
async def served(app, **bounds):
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app,
        http=bounded(Bounds(**bounds)),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=1,
    )
    server = Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    await server.listening.wait()
    try:
        yield listening.getsockname()[1]
    finally:
        app.answering.set()
        app.reading.set()
        server.should_exit = True
        await serving


async def connect(port):
    return await asyncio.open_connection("127.0.0.1", port)


async def all_of(reader) -> bytes:
    """What comes until the server closes. A server that doesn't fails the test, late."""
    async with asyncio.timeout(20):
        try:
            return await reader.read()
        except ConnectionError:
            return b""


async def one_answer(reader) -> bytes:
    async with asyncio.timeout(20):
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(line for line in head.splitlines() if line.startswith(b"content-length"))
        return head + await reader.readexactly(int(length.split(b":")[1]))


def assert_refused(answer: bytes, status: int, kind: str) -> None:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert b"content-type: application/problem+json" in head
    assert b"connection: close" in head
    problem = json.loads(body)
    assert problem["type"] == f"urn:copilot:problem:{kind}"
    assert problem["request_id"].encode() in head


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(GET + b"x: " + b"a" * 66_000, id="a value without end"),
        pytest.param(GET + b"a: b\r\n" * 11_000, id="headers without end"),
        pytest.param(GET + b"a: b\r\n" * 101 + b"\r\n", id="a header too many"),
        pytest.param(b"GET /" + b"a" * 66_000 + b" HTTP/1.1\r\nhost: x\r\n\r\n", id="a long path"),
        pytest.param(GET + b"x: " + b"a" * 66_000 + b"\r\n\r\n", id="complete but too long"),
    ],
)
async def test_head_beyond_its_bounds_is_refused(head):
    async with served(App()) as port:
        reader, writer = await connect(port)
        writer.write(head)
        assert_refused(await all_of(reader), 431, "headers-too-large")
        writer.close()


async def test_head_within_its_bounds_is_answered():
    async with served(App()) as port:
        reader, writer = await connect(port)
        writer.write(GET + b"a: b\r\n" * 98 + b"x: " + b"a" * 60_000 + b"\r\n\r\n")
        assert (await one_answer(reader)).startswith(b"HTTP/1.1 200 OK")
        writer.close()


@pytest.mark.parametrize("sent", [b"\x16\x03\x01\r\n\r\n", b"GET / HTTP/1.1\r\nbad header\r\n\r\n"])
async def test_what_is_not_http_is_refused(sent):
    async with served(App()) as port:
        reader, writer = await connect(port)
        writer.write(sent)
        assert_refused(await all_of(reader), 400, "bad-request")
        writer.close()


async def test_half_a_head_times_out():
    async with served(App(), head_seconds=0.3) as port:
        reader, writer = await connect(port)
        writer.write(GET)
        assert_refused(await all_of(reader), 408, "timeout")
        writer.close()


async def test_head_that_drips_times_out():
    async with served(App(), head_seconds=0.3) as port:
        reader, writer = await connect(port)
        writer.write(GET)

        async def drip() -> None:
            while not reader.at_eof():
                writer.write(b"a: b\r\n")
                await asyncio.sleep(0.05)

        dripping = asyncio.create_task(drip())
        assert (await all_of(reader)).startswith(b"HTTP/1.1 408 ")
        dripping.cancel()
        writer.close()


async def test_connection_that_sends_nothing_is_closed():
    async with served(App(), head_seconds=0.3) as port:
        reader, writer = await connect(port)
        assert await all_of(reader) == b""
        writer.close()


async def test_second_request_of_a_connection_has_its_own_deadline():
    async with served(App(), head_seconds=0.3) as port:
        reader, writer = await connect(port)
        writer.write(GET + b"\r\n")
        await one_answer(reader)
        writer.write(GET)
        assert (await all_of(reader)).startswith(b"HTTP/1.1 408 ")
        writer.close()


async def test_pipelined_requests_are_answered_in_order():
    async with served(App()) as port:
        reader, writer = await connect(port)
        for length in (1, 2, 3):
            writer.write(GET + b"content-length: %d\r\n\r\n" % length + b"a" * length)
        answers = [(await one_answer(reader))[-1:] for _ in range(3)]
        assert answers == [b"1", b"2", b"3"]
        writer.close()


async def test_body_that_stops_times_out_and_its_handler_ends():
    app = App()
    async with served(app, body_seconds=0.3) as port:
        reader, writer = await connect(port)
        writer.write(GET + b"content-length: 1000\r\n\r\nabc")
        assert_refused(await all_of(reader), 408, "timeout")
        await app.left.wait()
        writer.close()


async def test_body_that_drips_times_out():
    async with served(App(), body_seconds=0.3, body_bytes=1000) as port:
        reader, writer = await connect(port)
        writer.write(GET + b"content-length: 100000\r\n\r\n")

        async def drip() -> None:
            while not reader.at_eof():
                writer.write(b"abc")
                await asyncio.sleep(0.05)

        dripping = asyncio.create_task(drip())
        assert (await all_of(reader)).startswith(b"HTTP/1.1 408 ")
        dripping.cancel()
        writer.close()


async def test_body_that_comes_steadily_may_take_long():
    async with served(App(), body_seconds=0.2, body_bytes=10) as port:
        reader, writer = await connect(port)
        writer.write(GET + b"content-length: 1000\r\n\r\n")
        for _ in range(10):
            writer.write(b"a" * 100)
            await asyncio.sleep(0.08)
        assert (await one_answer(reader)).endswith(b"1000")
        writer.close()


async def test_body_that_the_service_does_not_read_is_not_late():
    app = App()
    app.reading.clear()
    async with served(app, body_seconds=0.1) as port:
        reader, writer = await connect(port)
        writer.write(GET + b"content-length: 1000000\r\n\r\n" + b"a" * 500_000)
        await app.started.wait()
        await asyncio.sleep(0.5)  # several deadlines
        app.reading.set()
        writer.write(b"a" * 500_000)
        assert (await one_answer(reader)).endswith(b"1000000")
        writer.close()


async def test_slow_answer_is_not_cut_off():
    app = App()
    app.answering.clear()
    async with served(app, head_seconds=0.1, body_seconds=0.1) as port:
        reader, writer = await connect(port)
        writer.write(GET + b"\r\n")
        await app.started.wait()
        await asyncio.sleep(0.5)  # several deadlines
        app.answering.set()
        assert (await one_answer(reader)).startswith(b"HTTP/1.1 200 OK")
        writer.close()


async def test_client_that_reads_nothing_is_cut_off():
    app = App()
    app.answer = b"a" * 50_000_000  # more than any socket buffers
    async with served(app, unread_seconds=0.3) as port:
        reader, writer = await connect(port)
        writer.transport.pause_reading()
        writer.write(GET + b"\r\n")
        await app.started.wait()
        await asyncio.sleep(1)
        writer.transport.resume_reading()
        assert len(await all_of(reader)) < len(app.answer)
        writer.close()


async def test_new_client_is_answered_though_all_connections_are_half_open():
    async with served(App(), connections=10) as port:
        held = [await connect(port) for _ in range(30)]
        for _, writer in held:
            writer.write(GET)
        reader, writer = await connect(port)
        writer.write(GET + b"\r\n")
        assert (await one_answer(reader)).startswith(b"HTTP/1.1 200 OK")
        for reader, _ in held[:20]:  # the oldest gave way
            assert await all_of(reader) == b""
        for _, each in [*held, (reader, writer)]:
            each.close()


async def begin_body(port, length):
    """A request whose head the app has seen, and whose body it waits for."""
    reader, writer = await connect(port)
    writer.write(GET + b"content-length: %d\r\nexpect: 100-continue\r\n\r\n" % length)
    assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 100 ")
    return reader, writer


async def test_unfinished_bodies_give_way_after_unfinished_heads():
    async with served(App(), connections=6) as port:
        bodies = [await begin_body(port, 1000) for _ in range(3)]
        heads = [await connect(port) for _ in range(3)]
        for _, writer in heads:
            writer.write(GET)
        # Three take the places of heads, one that of a body.
        extra = [await begin_body(port, 1) for _ in range(4)]
        for reader, _ in heads:
            assert await all_of(reader) == b""
        assert await all_of(bodies[0][0]) == b""
        for reader, writer in (*bodies[1:], *extra):
            writer.write(b"a" * 1000 if (reader, writer) in bodies else b"a")
            assert (await one_answer(reader)).startswith(b"HTTP/1.1 200 OK")
        for _, writer in (*bodies, *heads, *extra):
            writer.close()


async def test_client_beyond_busy_connections_is_told_to_come_back():
    app = App()
    app.answering.clear()
    async with served(app, connections=3) as port:
        busy = [await connect(port) for _ in range(3)]
        for _, writer in busy:
            app.started.clear()
            writer.write(GET + b"\r\n")
            await app.started.wait()
        reader, writer = await connect(port)
        writer.write(GET + b"\r\n")
        answer = await all_of(reader)
        assert_refused(answer, 503, "unavailable")
        assert b"retry-after: " in answer
        app.answering.set()
        for busy_reader, busy_writer in busy:
            assert (await one_answer(busy_reader)).startswith(b"HTTP/1.1 200 OK")
            busy_writer.close()
        writer.close()


@pytest.mark.parametrize(
    ("open_files", "connections"),
    [(256, MIN_CONNECTIONS), (1024, 512), (65_536, MAX_CONNECTIONS)],
)
def test_connections_stay_below_the_file_limit(open_files, connections):
    assert connections_for(open_files) == connections


def test_service_refuses_endless_headers_and_goes_on(service):
    host, port = service.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as client:
        client.sendall(GET + b"a: b\r\n" * 11_000)
        assert client.recv(65_536).startswith(b"HTTP/1.1 431 ")
    with service.client() as client:
        assert client.get("/health").status_code == 200
    assert service.bugs() == []
