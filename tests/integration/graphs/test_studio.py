"""LangGraph Studio's server on the copilot, over a store with filings in it."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import httpx
import pytest
from langgraph_sdk import get_client

from core.principal import local_principal

REPO = Path(__file__).parents[3]
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

    folder = tmp_path / "studio"
    folder.mkdir()
    (folder / "langgraph.json").write_text(json.dumps(CONFIGURATION))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("COPILOT_")} | {
        "COPILOT_DATA_DIR": str(settings.data_dir),
        "DATABASE_URL": settings.database_url.get_secret_value(),
        "COPILOT_APP_DATABASE_URL": settings.app_database_url.get_secret_value(),
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
        yield await _answering(f"http://127.0.0.1:{port}", process, log)
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


async def test_a_run_searches_the_store_and_answers(studio):
    client = get_client(url=studio)
    try:
        thread = await client.threads.create()
        question = {"role": "user", "content": "What was total net revenue?"}
        run = client.runs.stream(
            thread["thread_id"],
            "copilot",
            input={"messages": [question]},
            stream_mode=["updates"],
        )
        async with asyncio.timeout(60):
            events = [part async for part in run]
        assert not [part.data for part in events if part.event == "error"]
        state = await client.threads.get_state(thread["thread_id"])
    finally:
        await client.http.client.aclose()
    messages = state["values"]["messages"]
    called = [call["name"] for message in messages for call in message.get("tool_calls") or []]
    assert "search_documents" in called
    assert messages[-1]["type"] == "ai"
    assert messages[-1]["content"]
    assert any("<passage " in str(m["content"]) for m in messages if m["type"] == "tool")
