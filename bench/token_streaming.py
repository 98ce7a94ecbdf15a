"""What the server spends on an answer of one tool step and 200 tokens, told as it is written.

Ours is `POST /ask/stream`; the plain way is LangServe's `/agent/stream_events` around the same
graph in the same process. A real uvicorn on loopback, in a child process that tells its own CPU
time: Postgres and this client aren't in it. Bytes are the response's body.
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from bench.measure import Arm, Comparison, Effort, interleave
from bench.scripted_graph import QUESTION
from bench.streaming_server import CPU_PATH, TOKENS

ROUNDS, ANSWERS_A_SAMPLE = 30, 5
GOAL = 0.61
OURS = "/ask/stream", {"question": QUESTION}
PLAIN = "/agent/stream_events", {"input": {"question": QUESTION}}
TOKEN = {OURS[0]: b"event: token", PLAIN[0]: b'"event":"on_chat_model_stream"'}


async def measure(effort: Effort) -> dict[str, Comparison]:
    rounds = effort.rounds(ROUNDS)
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        async with _server(Path(folder)) as client:
            plain_bytes, our_bytes = [float(await _answer(client, *each)) for each in (PLAIN, OURS)]
            arms = [_server_cpu(client, *each) for each in (PLAIN, OURS)]
            plain, ours = await interleave(arms, rounds)
    runs = rounds * ANSWERS_A_SAMPLE
    return {
        "server cpu of an answer": Comparison(plain, ours, "ms CPU", runs, GOAL),
        "bytes of an answer": Comparison(plain_bytes, our_bytes, "bytes", 1),
    }


@asynccontextmanager
async def _server(folder: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A client that has signed in to a server of its own."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.streaming_server", str(folder)),
        cwd=Path(__file__).parent.parent,
        env={name: value for name, value in os.environ.items() if not name.startswith("COPILOT_")},
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        port, token = (await process.stdout.readline()).decode().split()
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            session = await client.post("/sign-in", json={"token": token})
            client.headers["authorization"] = f"Bearer {session.json()['access_token']}"
            yield client
    finally:
        process.terminate()
        await process.wait()


def _server_cpu(client: httpx.AsyncClient, path: str, body: dict[str, Any]) -> Arm:
    async def arm() -> float:
        before = (await client.get(CPU_PATH)).json()
        for _ in range(ANSWERS_A_SAMPLE):
            await _answer(client, path, body)
        after = (await client.get(CPU_PATH)).json()
        return float(after - before) * 1000 / ANSWERS_A_SAMPLE

    return arm


async def _answer(client: httpx.AsyncClient, path: str, body: dict[str, Any]) -> int:
    """Returns: bytes of the whole body, which holds every token."""
    async with client.stream("POST", path, json=body) as response:
        response.raise_for_status()
        content = b"".join([piece async for piece in response.aiter_raw()])
    assert content.count(TOKEN[path]) >= TOKENS, content[-2000:]
    return len(content)
