"""Limits on a real Redis, and without one."""

import asyncio
import re
import signal
import socket
import time
import zipfile
from contextlib import asynccontextmanager
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import httpx
import pytest
import uvicorn
from fastapi import Request
from fastapi.routing import iter_route_contexts
from pydantic import SecretStr

from core.errors import ConfigurationError
from core.principal import Permission, Principal
from evals.filings.broken import text_pages
from knowledge.pdf.gate import InspectionGate
from knowledge.sources.archives import MAX_MEMBERS
from server.app import create_app
from server.audit.caller import Caller
from server.identity.api_keys import ApiKeys, Grant
from server.identity.dependencies import authenticate
from storage.api_keys import ApiKeyRepository

DAY = timedelta(days=1)
QUESTION = {"question": "What was net income?"}


@pytest.fixture
def limited(settings):
    """Settings with limits that a test can reach."""

    def make(redis=None, **more):
        url = SecretStr(redis.url) if redis else None
        few = {"limit_asks": "3/minute", "limit_key_queries": "5/minute", "redis_url": url}
        return settings.model_copy(update=few | more)

    return make


@pytest.fixture
def principal(known_person):
    """Keys are made here, and each acts for a person."""
    return known_person


@asynccontextmanager
async def running(settings, principal=None, **more):
    """An app of its own, asked by a key of the principal's organization or by `person`."""
    app = create_app(settings, worker=False)
    transport = httpx.ASGITransport(app)
    async with app.router.lifespan_context(app):
        headers = {}
        if principal is not None:
            keys = ApiKeys(ApiKeyRepository(app.state.runtime.database))
            key = await keys.make(principal, Grant("test", frozenset(Permission), DAY))
            headers = {"x-api-key": key[1]}
        async with httpx.AsyncClient(
            transport=transport, base_url="http://copilot.example", headers=headers
        ) as client:
            client.app = app
            yield client


def as_person(client, principal, name="jo") -> None:
    person = Principal(name, principal.organization_id, frozenset(Permission))

    def authenticated(request: Request) -> Principal:
        request.state.caller = Caller.of(request, person)
        return person

    client.app.dependency_overrides[authenticate] = authenticated


async def ask(client, path="/ask", **more) -> httpx.Response:
    return await client.post(path, json=QUESTION | more)


async def statuses(client, count) -> list[int]:
    return [(await ask(client)).status_code for _ in range(count)]


async def test_people_have_one_rate_and_machines_another(limited, principal):
    async with running(limited(), principal) as client:
        assert await statuses(client, 6) == [200] * 5 + [429]
        as_person(client, principal)
        assert await statuses(client, 4) == [200] * 3 + [429]
        as_person(client, principal, "al")
        assert await statuses(client, 1) == [200]


async def test_every_answer_tells_where_its_caller_stands(limited, principal):
    async with running(limited(), principal) as client:
        as_person(client, principal)
        told = (await ask(client)).headers
        assert told["ratelimit-policy"] == '"asks";q=3;w=60'
        assert re.fullmatch(r'"asks";r=2;t=(59|60)', told["ratelimit"])
        streamed = (await ask(client, "/ask/stream")).headers
        assert streamed["ratelimit"].startswith('"asks";r=1;')
        await ask(client)
        refused = await ask(client)
        assert "ratelimit" not in (await client.get("/documents")).headers
    assert refused.headers["ratelimit"].startswith('"asks";r=0;')
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    problem = refused.json()
    assert problem["type"] == "urn:copilot:problem:too-many-requests"
    assert f"Try again in {refused.headers['retry-after']} seconds" in problem["detail"]


async def test_a_refusal_costs_nothing_and_uploads_are_counted_apart(limited, principal):
    async with running(limited(limit_uploads="1/minute"), principal) as client:
        client.app.dependency_overrides[authenticate] = lambda: Principal(
            "jo", principal.organization_id, frozenset({Permission.UPLOAD_DOCUMENT})
        )
        assert await statuses(client, 5) == [403] * 5
        as_person(client, principal)
        assert await statuses(client, 3) == [200] * 3
        files = {"file": ("x.pdf", b"no PDF", "application/pdf")}
        uploads = [(await client.post("/upload-pdf", files=files)).status_code for _ in "12"]
    assert uploads == [415, 429]


def archive(count: int) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for number in range(count):
            made.writestr(f"{number}.pdf", b"no PDF")
    return target.getvalue()


async def test_files_of_an_archive_count_as_uploads(limited, principal):
    async with running(limited(limit_uploads="4/minute"), principal) as client:
        files = [("file", ("six.zip", archive(6))), ("file", ("x.pdf", text_pages(1)))]
        partly = await client.post("/upload-pdf", files=files[::-1])
        refused = await client.post("/upload-pdf", files=files)
    told = partly.json()
    assert (partly.status_code, len(told["uploads"])) == (202, 1)
    assert [each["status"] for each in told["refused"]] == [415] * 3 + [429] * 3
    assert [each["name"] for each in told["refused"][3:]] == ["3.pdf", "4.pdf", "5.pdf"]
    assert "Send the rest in" in told["refused"][-1]["detail"]
    assert partly.headers["ratelimit"].startswith('"uploads";r=0;')
    assert refused.status_code == 429


async def test_archive_of_which_nothing_was_taken_in_yet_is_sent_again_later(limited, principal):
    """Its first file counted with the request, but a busy service took in none."""
    async with running(limited(), principal) as client:
        runtime = client.app.state.runtime
        gate = InspectionGate(1, patience_seconds=0.01)
        runtime.ingestion._inspections = gate
        async with gate.entered(uuid4()):
            files = [("file", (f"{number}.pdf", text_pages(1))) for number in range(3)]
            several = await client.post("/upload-pdf", files=files)
            single = await client.post("/upload-pdf", files=files[:1])
        assert (await client.get("/documents")).json() == []
    for refused in (several, single):
        assert (refused.status_code, refused.json()["type"]) == (503, "urn:copilot:problem:busy")
        assert int(refused.headers["retry-after"]) > 0


async def test_default_rate_takes_a_full_archive(limited, principal):
    async with running(limited(), principal) as client:
        full = archive(MAX_MEMBERS)
        taken = (await client.post("/upload-pdf", files={"file": ("a.zip", full)})).json()
    assert {each["status"] for each in taken["refused"]} == {415}


@pytest.mark.parametrize("known", [True, False])
async def test_a_refused_upload_is_not_read(limited, principal, known):
    read = 0

    async def body():
        nonlocal read
        yield b'--b\r\ncontent-disposition: form-data; name="file"; filename="x.pdf"\r\n\r\n'
        for _ in range(8):
            read += 1
            yield bytes(2**20)

    form = {"content-type": "multipart/form-data; boundary=b"}
    async with running(limited(limit_uploads="1/minute"), principal) as client:
        if known:
            await client.post("/upload-pdf", files={"file": ("x.pdf", b"no PDF")})
        else:
            client.headers.pop("x-api-key")
        refused = await client.post("/upload-pdf", content=body(), headers=form)
    assert (refused.status_code, read) == (429 if known else 401, 0)


async def test_the_window_frees_up(limited, principal, time_passes):
    async with running(limited(limit_asks="1/minute"), principal) as client:
        as_person(client, principal)
        assert await statuses(client, 2) == [200, 429]
        time_passes(61)
        assert await statuses(client, 1) == [200]


@pytest.mark.filterwarnings("ignore::pydantic.warnings.PydanticDeprecatedSince211")  # LangServe's
async def test_a_batch_counts_its_questions(limited, principal):
    async with running(limited(), principal) as client:
        as_person(client, principal)
        too_many = await client.post("/agent/batch", json={"inputs": [QUESTION] * 4})
        assert (too_many.status_code, "Send fewer" in too_many.json()["detail"]) == (422, True)
        assert (
            await client.post("/agent/batch", json={"inputs": [QUESTION] * 2})
        ).status_code == 200
        assert (
            await client.post("/agent/batch", json={"inputs": [QUESTION] * 2})
        ).status_code == 429
        assert (await client.get("/agent/input_schema")).status_code == 200
        assert (await client.post("/agent/invoke", json={"input": QUESTION})).status_code == 200


@pytest.mark.filterwarnings("ignore::pydantic.warnings.PydanticDeprecatedSince211")  # LangServe's
async def test_a_refused_batch_waits_long_enough(limited, principal, time_passes):
    async with running(limited(limit_asks="3/minute"), principal) as client:
        as_person(client, principal)
        assert await statuses(client, 1) == [200]
        time_passes(20)
        assert await statuses(client, 1) == [200]
        batch = {"inputs": [QUESTION] * 3}
        refused = await client.post("/agent/batch", json=batch)
        time_passes(int(refused.headers["retry-after"]))
        assert (await client.post("/agent/batch", json=batch)).status_code == 200


async def test_two_services_share_a_limit_on_redis(limited, principal, redis):
    settings = limited(redis)
    async with running(settings) as one, running(settings) as other:
        as_person(one, principal)
        as_person(other, principal)
        assert [*await statuses(one, 2), *await statuses(other, 2)] == [200, 200, 200, 429]


def test_so_do_two_processes_of_the_system(service_type, folder, embedding_endpoint, redis):
    environment = {
        "COPILOT_EMBEDDINGS": "endpoint",
        "COPILOT_EMBEDDINGS_ENDPOINT_URL": embedding_endpoint.url,
        "COPILOT_LIMIT_ASKS": "3/hour",  # a minute would give back one in 20 s
        "REDIS_URL": redis.url,
    }
    one, other = (service_type(folder / "shared", environment) for _ in range(2))
    try:
        one.start()
        other.start("--no-worker")
        answers = []
        for service in (one, other, one, other):
            with service.client() as client:
                answers.append(client.post("/ask", json=QUESTION))
    finally:
        other.stop()
        one.stop()
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert [each.headers["ratelimit"][:10] for each in answers[:3]] == [
        f'"asks";r={left}' for left in (2, 1, 0)
    ]


async def test_redis_is_reached_by_a_socket_of_this_machine(limited, principal, redis):
    by_socket = limited(redis_url=SecretStr(f"unix://{redis.socket_path}"))
    async with running(by_socket) as one, running(limited(redis)) as other:
        as_person(one, principal)
        as_person(other, principal)
        assert [*await statuses(one, 2), *await statuses(other, 2)] == [200, 200, 200, 429]


@pytest.mark.parametrize("how", ["killed", "hanging"])
async def test_redis_down_closes_to_machines_and_not_to_people(limited, principal, redis, how):
    async with running(limited(redis), principal) as client:
        assert await statuses(client, 1) == [200]
        redis.stop() if how == "killed" else redis.send(signal.SIGSTOP)
        refused = await asyncio.wait_for(ask(client), 60)
        assert (refused.status_code, int(refused.headers["retry-after"])) == (503, 5)
        as_person(client, principal)
        assert await statuses(client, 4) == [200] * 3 + [429]  # counted here
        redis.start() if how == "killed" else redis.send(signal.SIGCONT)
        client.app.dependency_overrides.clear()
        deadline = time.monotonic() + 60
        while (await ask(client)).status_code == 503:
            assert time.monotonic() < deadline
            await asyncio.sleep(0.2)


async def test_redis_may_be_down_at_the_start(limited, principal, redis):
    redis.stop()
    async with running(limited(redis), principal) as client:
        assert await statuses(client, 1) == [503]
        as_person(client, principal)
        assert await statuses(client, 1) == [200]


@pytest.mark.parametrize(
    ("setting", "value", "named"),
    [
        ("limit_asks", "often", "COPILOT_LIMIT_ASKS"),
        ("limit_uploads", "", "COPILOT_LIMIT_UPLOADS"),
        ("limit_key_queries", "0/minute", "COPILOT_LIMIT_KEY_QUERIES"),
        ("limit_writes", "0/minute", "COPILOT_LIMIT_WRITES"),
        ("limit_failed_sign_ins", "x", "COPILOT_LIMIT_FAILED_SIGN_INS"),
        ("redis_url", SecretStr("http://x"), "REDIS_URL"),
        ("redis_url", SecretStr("redis://x:port"), "REDIS_URL"),
    ],
)
def test_a_wrong_setting_stops_the_start(settings, setting, value, named):
    with pytest.raises(ConfigurationError, match=named):
        create_app(settings.model_copy(update={setting: value}))


@asynccontextmanager
async def listening(app):
    """The app on a socket, so that a client can go away."""
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None))
    with socket.create_server(("127.0.0.1", 0)) as bound:
        serving = asyncio.create_task(server.serve(sockets=[bound]))
        url = f"http://127.0.0.1:{bound.getsockname()[1]}"
        async with httpx.AsyncClient(base_url=url) as client:
            yield client
        server.should_exit = True
        await serving


@pytest.mark.filterwarnings("ignore::pydantic.warnings.PydanticDeprecatedSince211")  # LangServe's
@pytest.mark.parametrize("path", ["/ask/stream", "/agent/stream"])
@pytest.mark.parametrize("ending", ["left", "failed"])
async def test_a_stream_holds_its_slot_until_it_ends(limited, principal, redis, path, ending):
    settings = limited(redis, limit_runs_at_once=1, limit_asks="100/minute")
    async with running(settings) as client, listening(client.app) as visitor:
        as_person(client, principal)
        copilot, gate = client.app.state.runtime.copilot, asyncio.Event()
        genuine = copilot.stream

        async def waiting(*arguments):
            async for event in genuine(*arguments):
                yield event
                await gate.wait()
                raise RuntimeError("a bug")

        copilot.stream = waiting
        body = {"input": QUESTION} if path.startswith("/agent") else QUESTION
        async with visitor.stream("POST", path, json=body) as streamed:
            assert await statuses(client, 1) == [429]
            if ending == "failed":
                gate.set()
                await streamed.aread()
        deadline = time.monotonic() + 60
        while (await ask(client)).status_code == 429:
            assert time.monotonic() < deadline
            await asyncio.sleep(0.05)


async def test_pages_of_other_origins_may_read_where_their_visitor_stands(limited, principal):
    async with running(limited(frontend_origins=("https://app.example",)), principal) as client:
        told = (await client.get("/documents", headers={"origin": "https://app.example"})).headers
    exposed = set(told["access-control-expose-headers"].split(", "))
    assert exposed >= {"ratelimit", "ratelimit-policy", "retry-after", "x-request-id"}


async def test_a_slot_is_held_until_the_answer_has_ended(limited, principal):
    settings = limited(limit_runs_at_once=1, limit_asks="100/minute")
    async with running(settings) as client:
        as_person(client, principal)
        copilot = client.app.state.runtime.copilot
        genuine, asked, gate = copilot.ask, asyncio.Event(), asyncio.Event()

        async def waiting(*arguments):
            asked.set()
            await gate.wait()
            return await genuine(*arguments)

        copilot.ask = waiting
        first = asyncio.create_task(ask(client))
        await asked.wait()
        refused = await ask(client)
        gate.set()
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "5")
        assert (await first).status_code == 200
        assert (await ask(client)).status_code == 200


async def test_writes_of_a_caller_are_limited_and_reads_are_not(limited, principal):
    async with running(limited(limit_writes="3/minute"), principal) as client:
        made = [await client.post("/threads", json={}) for _ in range(4)]
        assert [each.status_code for each in made] == [201] * 3 + [429]
        assert made[0].headers["ratelimit-policy"] == '"writes";q=3;w=60'
        assert made[3].json()["type"] == "urn:copilot:problem:too-many-requests"
        thread = made[0].json()["id"]
        refused = [
            await client.post("/keys", json={"name": "a", "permissions": ["query:document"]}),
            await client.post("/webhooks/nobody/test"),
            await client.put(f"/runs/{thread}/feedback", json={"score": 1}),
            await client.delete(f"/threads/{thread}"),
            await client.put("/retention", json={"threads_days": 1}),
            await client.get(f"/users/{thread}/export"),
        ]
        assert [each.status_code for each in refused] == [429] * len(refused)
        assert (await client.get("/threads")).status_code == 200


async def test_a_run_of_a_thread_counts_as_a_question_alone(limited, principal):
    async with running(limited(limit_writes="1/minute"), principal) as client:
        thread = (await client.post("/threads", json={})).json()["id"]
        for _ in range(2):
            begun = await client.post(f"/threads/{thread}/runs", json=QUESTION)
            assert begun.status_code == 202
            assert begun.headers["ratelimit-policy"].startswith('"queries";')
        assert (await client.post("/ask", json=QUESTION)).status_code == 200


def test_every_write_is_counted_as_something(settings):
    app = create_app(settings, worker=False)
    counting = {"count_write", "count_call", "counted", "_accepted"}

    def is_counted(dependant) -> bool:
        named = getattr(dependant.call, "__name__", "") in counting
        return named or any(map(is_counted, dependant.dependencies))

    writing = [
        route
        for route in iter_route_contexts(app.routes)
        if route.methods and not route.methods <= {"GET", "HEAD", "OPTIONS"}
    ]
    assert len(writing) > 25
    uncounted = {route.path for route in writing if not is_counted(route.dependant)}
    assert uncounted == {"/sign-in", "/sign-out", "/webhooks/analysis-complete"}


async def test_failed_sign_ins_of_an_address_are_limited_and_good_keys_are_not(limited, principal):
    async with running(limited(limit_failed_sign_ins="3/minute"), principal) as client:
        wrong = {"x-api-key": "ck_wrong"}
        refused = [await client.get("/documents", headers=wrong) for _ in range(5)]
        assert [each.status_code for each in refused] == [401] * 3 + [429] * 2
        assert int(refused[-1].headers["retry-after"]) >= 1
        assert (await client.post("/sign-in", json={"token": "x"})).status_code == 429
        assert (await client.get("/documents")).status_code == 200
        elsewhere = httpx.ASGITransport(client.app, client=("198.51.100.1", 1))
        async with httpx.AsyncClient(transport=elsewhere, base_url="http://test") as other:
            assert (await other.get("/documents", headers=wrong)).status_code == 401


async def test_two_services_share_failed_sign_ins_on_redis(limited, redis):
    settings = limited(redis, limit_failed_sign_ins="1/minute")
    async with running(settings) as first, running(settings) as second:
        assert (await first.get("/documents")).status_code == 401
        assert (await second.get("/documents")).status_code == 429
