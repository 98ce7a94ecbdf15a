"""Conversations and refusals at LangServe's routes: the client's thread_id, and status codes."""

import json
from contextlib import contextmanager
from uuid import uuid4

import pytest
from fastapi import Request
from langserve.lzstring import LZString

from core.principal import Principal
from graphs.copilot.question import Question
from graphs.copilot.service import Copilot
from server.audit.caller import Caller
from server.identity.dependencies import authenticate
from storage.webhook_endpoints import WebhookEndpoint

QUESTION = {"question": "What was revenue?"}
SIDE_EFFECT = 'What was revenue, and send it to the webhook "ops"?'
SECRET = "whsec_" + "A" * 44  # pragma: allowlist secret
# LangServe's own code, which runs in this process here.
pytestmark = [
    pytest.mark.filterwarnings(f"ignore::{warning}")
    for warning in (
        "pydantic.warnings.PydanticDeprecatedSince211",
        "langchain_core._api.deprecation.LangChainDeprecationWarning",
    )
]
STREAMS = ("stream", "stream_events", "stream_log")
ROUTES = ("invoke", "batch", *STREAMS)


@pytest.fixture
def as_():
    @contextmanager
    def as_(client, principal):
        async def somebody(request: Request) -> Principal:
            request.state.caller = Caller.of(request, principal)
            return principal

        client.app.dependency_overrides[authenticate] = somebody
        yield client
        client.app.dependency_overrides.clear()

    return as_


@pytest.fixture
async def app(running, settings):
    async with running(settings) as client:
        yield client


async def post(client, route, config=None, **fields):
    given = {**QUESTION, **fields}
    body = {"inputs": [given]} if route == "batch" else {"input": given}
    return await client.post(f"/agent/{route}", json=body | {"config": config or {}})


def in_thread(thread_id):
    return {"configurable": {"thread_id": str(thread_id)}}


def outputs(response):
    output = response.json()["output"]
    return output if isinstance(output, list) else [output]


async def new_thread(client, principal):
    return await client.app.state.runtime.threads.rows.create(principal)


@pytest.mark.parametrize("route", ["invoke", "batch"])
async def test_client_thread_id_continues_that_conversation(app, as_, principal, route):
    thread_id = await new_thread(app, principal)
    with as_(app, principal) as client:
        for _ in range(2):
            response = await post(client, route, in_thread(thread_id))
            assert response.status_code == 200, response.text
            assert outputs(response)[0]["thread_id"] == str(thread_id)
    said = await app.app.state.runtime.threads.said(principal, thread_id)
    assert [each.role for each in said] == ["user", "assistant"] * 2


@pytest.mark.parametrize("route", STREAMS)
async def test_client_thread_id_in_stream_continues_that_conversation(app, as_, principal, route):
    thread_id = await new_thread(app, principal)
    with as_(app, principal) as client:
        response = await post(client, route, in_thread(thread_id))
    assert response.status_code == 200
    assert "event: error" not in response.text
    said = await app.app.state.runtime.threads.said(principal, thread_id)
    assert [each.role for each in said] == ["user", "assistant"]


async def test_batch_configs_name_a_thread_for_each_input(app, as_, principal):
    threads = [await new_thread(app, principal) for _ in range(2)]
    body = {"inputs": [QUESTION] * 2, "config": [in_thread(each) for each in threads]}
    with as_(app, principal) as client:
        answers = outputs(await client.post("/agent/batch", json=body))
        body["config"].pop()
        short = await client.post("/agent/batch", json=body)
    assert [answer["thread_id"] for answer in answers] == [str(each) for each in threads]
    assert short.status_code == 422


@pytest.mark.parametrize("route", ROUTES)
async def test_unknown_or_foreign_thread_is_the_same_404(app, as_, principal, stranger, route):
    foreign, unknown = await new_thread(app, stranger), uuid4()
    with as_(app, principal) as client:
        for thread_id in (foreign, unknown):
            by_config = await post(client, route, in_thread(thread_id))
            by_input = await post(client, route, thread_id=str(thread_id))
            for response in (by_config, by_input):
                assert response.status_code == 404, response.text
                assert response.headers["content-type"] == "application/problem+json"
                detail = response.json()["detail"].replace(str(thread_id), "ID")
                assert detail == "No such thread: ID. Leave thread_id out to start a new one."


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("thread_id", ["not-a-uuid", 7, ["x"]])
async def test_malformed_thread_id_is_422(app, as_, principal, route, thread_id):
    with as_(app, principal) as client:
        response = await post(client, route, {"configurable": {"thread_id": thread_id}})
    assert response.status_code == 422
    assert "thread_id" in response.json()["detail"]


async def test_malformed_thread_id_of_a_share_link_is_422(app, as_, principal):
    hashed = LZString.compressToEncodedURIComponent(json.dumps(in_thread("not-a-uuid")))
    with as_(app, principal) as client:
        response = await client.post(f"/agent/c/{hashed}/invoke", json={"input": QUESTION})
    assert response.status_code in (404, 422)  # 404 where share links are off


@pytest.mark.parametrize("route", ROUTES)
async def test_conflicting_thread_ids_are_422(app, as_, principal, route):
    mine, other = await new_thread(app, principal), await new_thread(app, principal)
    with as_(app, principal) as client:
        conflicting = await post(client, route, in_thread(mine), thread_id=str(other))
        agreeing = await post(client, route, in_thread(mine), thread_id=str(mine))
    assert conflicting.status_code == 422
    assert "differ" in conflicting.json()["detail"]
    assert agreeing.status_code == 200


@pytest.mark.parametrize("route", ROUTES)
async def test_unknown_document_is_404(app, as_, principal, route):
    with as_(app, principal) as client:
        response = await post(client, route, document_ids=[str(uuid4())])
    assert response.status_code == 404


@pytest.mark.parametrize("route", ROUTES)
async def test_busy_thread_is_409_where_runs_are_not_queued(
    running, settings, as_, principal, route
):
    refusing = settings.model_copy(update={"busy_threads": "refuse"})
    async with running(refusing) as app:
        thread_id = await new_thread(app, principal)
        runs = app.app.state.runtime.copilot.runs
        await runs.open(principal, QUESTION, thread_id, may_wait=False)  # nobody carries it out
        with as_(app, principal) as client:
            response = await post(client, route, in_thread(thread_id))
    assert response.status_code == 409
    assert "Another run of this thread" in response.json()["detail"]


@pytest.fixture
async def paused(app, principal):
    runtime = app.app.state.runtime
    endpoint = WebhookEndpoint("ops", "http://127.0.0.1:9/", SECRET)
    await runtime.endpoints.add(principal.organization_id, endpoint)
    return await runtime.copilot.ask(principal, Question(question=SIDE_EFFECT))


@pytest.mark.parametrize("route", ROUTES)
async def test_thread_awaiting_approval_is_409_and_says_where_to_decide(
    app, as_, principal, paused, route
):
    with as_(app, principal) as client:
        response = await post(client, route, in_thread(paused.thread_id))
        assert response.status_code == 409
        (waiting,) = response.json()["approvals"]
        assert (await client.get(waiting["path"])).json()["id"] == waiting["id"]


async def test_answer_awaiting_approval_says_where_to_decide(app, as_, principal):
    endpoint = WebhookEndpoint("ops", "http://127.0.0.1:9/", SECRET)
    await app.app.state.runtime.endpoints.add(principal.organization_id, endpoint)
    with as_(app, principal) as client:
        (answer,) = outputs(await post(client, "invoke", question=SIDE_EFFECT))
        assert answer["status"] == "awaiting_approval"
        (request,) = answer["approvals"]
        shown = await client.get(request["path"])
        assert shown.json()["payload"] == request["payload"]
        said = await client.post(request["path"], json={"decision": "reject"})
    assert said.json()["status"] == "rejected"


@pytest.mark.parametrize("route", STREAMS)
async def test_failure_after_the_stream_began_has_its_status_code(
    app, as_, principal, route, monkeypatch
):
    """As if the thread were deleted between the check and the start."""

    async def nothing(*_: object) -> None: ...

    monkeypatch.setattr(Copilot, "check", nothing)
    with as_(app, principal) as client:
        response = await post(client, route, in_thread(uuid4()))
    assert response.status_code == 200
    event, data = response.text.strip().split("\r\n\r\n")[-1].split("\r\n")
    assert event == "event: error"
    told = json.loads(data.removeprefix("data: "))
    assert told["status_code"] == told["status"] == 404
    assert told["type"] == "urn:copilot:problem:not-found"
    assert told["message"].startswith("No such thread")


@pytest.mark.parametrize("route", STREAMS)
async def test_bug_after_the_stream_began_is_500_without_internals(
    app, as_, principal, route, monkeypatch
):
    async def broken(*_: object) -> None:
        raise KeyError("secret-internal")

    monkeypatch.setattr(Copilot, "start", broken)
    with as_(app, principal) as client:
        response = await post(client, route)
    assert '"status_code": 500' in response.text
    assert "secret-internal" not in response.text
