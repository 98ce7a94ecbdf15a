"""LangGraph Studio's server on the copilot, over a store with filings in it."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from pathlib import Path
from threading import Event

import httpx
import psutil
import pytest
from langgraph_sdk import get_client

from core.principal import local_principal
from storage.webhook_endpoints import WebhookEndpoint

REPO = Path(__file__).parents[3]
SECRET = "whsec_" + "A" * 44  # pragma: allowlist secret
LANGGRAPH = Path(sys.executable).parent / "langgraph"
CONFIGURATION = json.loads((REPO / "langgraph.json").read_text("utf-8"))


@pytest.mark.parametrize("entry", CONFIGURATION["graphs"].values())
def test_an_entry_is_a_module_that_imports(entry):
    module, _, name = entry.partition(":")
    assert "/" not in module  # the path form would load a second copy
    assert callable(getattr(import_module(module), name))


@pytest.fixture
async def studio(settings, runtime, filings, tmp_path):
    """`langgraph dev` on the session's database, into which a filing was taken."""
    path = min((filings / "pdfs").glob("*.pdf"), key=lambda path: path.stat().st_size)
    principal = local_principal()
    version, _ = await runtime.ingestion.accept(principal, path.name, path)
    await runtime.ingestion.index(principal, version.id)

    async with _running(
        tmp_path / "studio",
        COPILOT_DATA_DIR=str(settings.data_dir),
        DATABASE_URL=settings.database_url.get_secret_value(),
        COPILOT_APP_DATABASE_URL=settings.app_database_url.get_secret_value(),
        COPILOT_WEBHOOK_NETWORKS="127.0.0.0/8",
    ) as (url, _process):
        yield url


@asynccontextmanager
async def _running(folder: Path, **environment: str):
    """`langgraph dev` in a folder of its own: its address and its process."""
    folder.mkdir()
    (folder / "langgraph.json").write_text(json.dumps(CONFIGURATION))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    environment |= {k: v for k, v in os.environ.items() if not k.startswith("COPILOT_")} | {
        "COPILOT_MODELS": "extractive",
        "PYTHONPATH": str(REPO),
        "LANGSMITH_TRACING": "false",
    }
    log = folder / "log"
    with log.open("w") as output:
        process = subprocess.Popen(  # noqa: ASYNC220  # it starts at once and is polled
            [LANGGRAPH, "dev", "--no-reload", "--no-browser", "--port", str(port)],
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield await _answering(f"http://127.0.0.1:{port}", process, log), process
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Its whole process group, and nothing else."""
    for number, patience in ((signal.SIGTERM, 10), (signal.SIGKILL, 10)):
        with suppress(ProcessLookupError, subprocess.TimeoutExpired):
            os.killpg(process.pid, number)
            process.wait(patience)


async def _answering(url: str, process: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + 60
    async with httpx.AsyncClient() as client:
        while time.monotonic() < deadline:
            assert process.poll() is None, log.read_text()
            try:
                if (await client.get(f"{url}/ok")).is_success:
                    return url
            except httpx.HTTPError:
                await asyncio.sleep(0.2)
    raise AssertionError(log.read_text())


@pytest.fixture
async def client(studio):
    client = get_client(url=studio)
    yield client
    await client.http.client.aclose()


@pytest.fixture
async def webhook(runtime, receiver):
    """ "ops" is the receiver, and messages are delivered to it."""
    organization_id = local_principal().organization_id
    await runtime.endpoints.add(organization_id, WebhookEndpoint("ops", receiver.url, SECRET))
    worker = asyncio.create_task(runtime.queue.work_on())
    yield receiver
    worker.cancel()
    await asyncio.gather(worker, return_exceptions=True)


async def parts(client, thread, given=None, **options):
    async with asyncio.timeout(120):
        run = client.runs.stream(thread["thread_id"], "copilot", input=given, **options)
        return [part async for part in run]


def errors(parts):
    return [part.data for part in parts if part.event == "error"]


async def test_a_question_is_input_and_events_are_streamed(client):
    schemas = await client.assistants.get_schemas(
        (await client.assistants.search(graph_id="copilot"))[0]["assistant_id"]
    )
    fields = {"question", "document_ids", "as_of", "messages"}
    assert set(schemas["input_schema"]["properties"]) == fields

    thread = await client.threads.create()
    given = {"question": "What was total net revenue?"}
    streamed = await parts(client, thread, given, stream_mode=["custom", "updates"])
    assert errors(streamed) == []
    told = [part.data for part in streamed if part.event == "custom"]
    calls = [each for each in told if each["type"].startswith("tool_")]
    assert [each["type"] for each in calls] == ["tool_started"] * 2 + ["tool_finished"] * 2
    assert [each["tool"] for each in calls] == ["look_up_figures", "search_documents"] * 2
    text = "".join(each["text"] for each in told if each["type"] == "token")
    state = await client.threads.get_state(thread["thread_id"])
    assert state["values"]["messages"][-1]["content"] == text

    (refused,) = errors(await parts(client, await client.threads.create(), {}))
    assert '{"question": "..."}' in refused["message"]


async def test_decisions_resume_a_run_and_malformed_ones_fail_it(client, webhook):
    thread = await client.threads.create()
    given = {"question": 'What was net revenue, and send it to the webhook "ops"?'}
    await parts(client, thread, given)
    request = await waiting(client, thread)
    (action,) = request["action_requests"]
    assert action["name"] == "send_webhook"

    refused = errors(await parts(client, thread, command={"resume": {"yes": True}}))
    assert "decisions" in refused[0]["message"]
    assert await waiting(client, thread) == request
    assert webhook.received == []

    arrived = Event()
    webhook.on_receipt = arrived.set
    resume = {"resume": {"decisions": [{"type": "approve"}]}}
    assert errors(await parts(client, thread, command=resume)) == []
    assert await asyncio.to_thread(arrived.wait, 60)
    ((_, body),) = webhook.received
    assert body.decode() in action["description"]


async def waiting(client, thread):
    state = await client.threads.get_state(thread["thread_id"])
    (interrupt,) = state["tasks"][0]["interrupts"]
    return interrupt["value"]


async def test_a_run_searches_the_store_and_answers(client):
    thread = await client.threads.create()
    question = {"role": "user", "content": "What was total net revenue?"}
    assert errors(await parts(client, thread, {"messages": [question]})) == []
    state = await client.threads.get_state(thread["thread_id"])
    messages = state["values"]["messages"]
    called = [call["name"] for message in messages for call in message.get("tool_calls") or []]
    assert "search_documents" in called
    assert messages[-1]["type"] == "ai"
    assert messages[-1]["content"]
    assert any("<passage-" in str(m["content"]) for m in messages if m["type"] == "tool")


async def test_sigterm_stops_embedded_postgres_too(tmp_path):
    data = tmp_path / "data"
    async with _running(tmp_path / "studio", COPILOT_DATA_DIR=str(data)) as (url, process):
        client = get_client(url=url)
        run = await parts(client, await client.threads.create(), {"question": "What was revenue?"})
        await client.http.client.aclose()
        assert not errors(run)
        number = int((data / "postgres" / "postmaster.pid").read_text().split()[0])
        postmaster = psutil.Process(number)
        process.terminate()
        await asyncio.to_thread(process.wait, 120)
    psutil.wait_procs([postmaster], timeout=60)
    assert not postmaster.is_running() or postmaster.status() == psutil.STATUS_ZOMBIE
