"""What counting a question adds to a request: in this process, and on Redis.

Both sides: the same answer of the same app, called in this process without a socket; "baseline" is
the whole request without a limit, "ours" what the rate, the slot of a run and the header fields add
to it, at the median. Redis is on this machine; without the program redis-server it is left out.
"""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from uuid import uuid4

import httpx
from fastapi import FastAPI
from pydantic import SecretStr

from bench.measure import Arm, Bound, Comparison, Effort, interleave, timed, wall
from core.principal import Permission, Principal
from core.settings import Settings
from server.identity.dependencies import SignedIn, authenticate
from server.limits.dependencies import Asker
from server.limits.limits import Limits, Share

ROUNDS, REQUESTS_A_SAMPLE = 200, 5
GOAL_MS = 2.0
PATIENCE_SECONDS = 10


async def measure(effort: Effort) -> dict[str, Comparison]:
    async with AsyncExitStack() as stack:
        urls: dict[str, str | None] = {"in process": None}
        if shutil.which("redis-server"):
            urls["on Redis"] = await stack.enter_async_context(_redis())
        arms = {"plain": _arm(await stack.enter_async_context(_client(None)), "/plain")}
        for name, url in urls.items():
            arms[name] = _arm(await stack.enter_async_context(_client(url)), "/limited")
        rounds = effort.rounds(ROUNDS)
        medians = dict(zip(arms, await interleave(list(arms.values()), rounds), strict=True))
    runs, plain = rounds * REQUESTS_A_SAMPLE, medians.pop("plain")
    unit = "ms wall p50 added"
    return {
        name: Comparison(plain, taken - plain, unit, runs, GOAL_MS, Bound.OURS_AT_MOST)
        for name, taken in medians.items()
    }


@asynccontextmanager
async def _client(redis_url: str | None) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    url = SecretStr(redis_url) if redis_url else None
    # Of a machine, whose window holds a minute's queries.
    app.state.limits = Limits(
        Settings(_env_file=None, redis_url=url, limit_key_queries="1000/second")
    )
    asking = Principal("key:bench", uuid4(), frozenset(Permission))
    app.dependency_overrides[authenticate] = lambda: asking

    @app.post("/plain")
    async def plain(principal: SignedIn) -> dict[str, str]:
        return {"subject": principal.subject}

    @app.post("/limited")
    async def limited(principal: Asker) -> dict[str, str]:
        return {"subject": principal.subject}

    app.add_middleware(Share)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://copilot.example") as client:
        yield client
    await app.state.limits.aclose()


@asynccontextmanager
async def _redis() -> AsyncIterator[str]:
    """On a socket of a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        socket = Path(folder) / "redis.sock"
        options = ["--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", folder]
        server = await asyncio.create_subprocess_exec(
            "redis-server", *options, stdout=asyncio.subprocess.DEVNULL
        )
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while not socket.exists():  # noqa: ASYNC110  # another process makes it
                    await asyncio.sleep(0.02)
            yield f"unix://{socket}"
        finally:
            server.kill()
            await server.wait()


def _arm(client: httpx.AsyncClient, path: str) -> Arm:
    async def ask() -> None:
        answer = await client.post(path)
        assert answer.status_code == 200, answer.text

    return timed(ask, wall, times=REQUESTS_A_SAMPLE)
