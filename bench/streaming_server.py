"""The service on a free port, around the scripted model; prints the port and a sign-in token.

Run by `token_streaming` in a process of its own, so that its CPU time is the server's alone.
"""

import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import uvicorn
from fastapi import FastAPI

from bench.scripted_model import ScriptedModel, scripted_chain
from core.settings import Settings
from graphs.checkpointer import OrganizationCheckpointer
from graphs.copilot.context import Limits
from graphs.copilot.graph import build_graph
from graphs.copilot.turns import Turns
from graphs.runtime import Runtime, build_copilot, open_runtime
from server import app as server_app
from server.identity.sessions import make_signer

TOKENS = 200
CPU_PATH = "/bench/cpu"


class NoEmbeddings:
    """Stands where the embedding model would load in the background and disturb the figures."""

    loaded = True

    async def warm_up(self) -> None:
        """Nothing to load."""


@asynccontextmanager
async def scripted_runtime(settings: Settings) -> AsyncIterator[Runtime]:
    """The product's runtime with another model in its chain and no embedding model."""
    async with open_runtime(settings) as runtime:
        graph = build_graph(
            scripted_chain(ScriptedModel(tool_steps=1, tokens=TOKENS)),
            runtime.registry,
            checkpointer=OrganizationCheckpointer(runtime.database),
        )
        turns = Turns(graph, Limits())
        copilot = build_copilot(runtime.database, turns, runtime.notifications)
        yield replace(runtime, copilot=copilot, embeddings=cast("Any", NoEmbeddings()))


def build_app(settings: Settings) -> FastAPI:
    """The product's app; this process' CPU seconds are one more route."""
    server_app.open_runtime = scripted_runtime
    app = server_app.create_app(settings, worker=False)
    app.add_api_route(CPU_PATH, _cpu_seconds)
    return app


async def _cpu_seconds() -> float:
    return time.process_time()


class Server(uvicorn.Server):
    """Says where it listens once it does."""

    token = ""

    async def startup(self, sockets: list[Any] | None = None) -> None:
        await super().startup(sockets)
        print(self.servers[0].sockets[0].getsockname()[1], self.token, flush=True)


def main() -> None:
    settings = Settings(
        data_dir=Path(sys.argv[1]),
        models=("extractive",),
        limit_asks="100000/minute",
        _env_file=None,
    )
    config = uvicorn.Config(
        build_app(settings), host="127.0.0.1", port=0, log_config=None, access_log=False
    )
    server = Server(config)
    server.token = make_signer(settings).new_link_token()
    server.run()


if __name__ == "__main__":
    main()
