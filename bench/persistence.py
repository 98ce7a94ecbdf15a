"""What keeping a thread adds to a turn of three tool steps, on the embedded Postgres.

The plain way is LangGraph's own: AsyncPostgresSaver on a pool, tables by its `setup()` in a schema
of their own, a checkpoint after each step ("sync"). Ours is OrganizationCheckpointer behind row
security and one checkpoint at the end ("exit"), as Copilot runs a plain turn, and the thread's row,
which a checkpoint needs. Both run our graph.
"""

import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Literal
from uuid import uuid4

import psycopg
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from psycopg import AsyncConnection
from psycopg.conninfo import make_conninfo
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool

from bench.measure import Comparison, Effort, Run, interleave, timed, wall
from bench.scripted_graph import CONTEXT, scripted_graph, turn
from bench.scripted_model import ScriptedModel
from core.principal import LOCAL_ORGANIZATION_ID, local_principal
from graphs.checkpointer import ORGANIZATION_KEY, OrganizationCheckpointer
from graphs.copilot.graph import CopilotGraph
from storage.database import Database
from storage.embedded_postgres import EmbeddedPostgres
from storage.migrate import migrate
from storage.threads import ThreadRepository
from storage.urls import DatabaseUrls

TOOL_STEPS = 3
MODEL = ScriptedModel(tool_steps=TOOL_STEPS)
ROUNDS = 150
GOAL = 0.45
PLAIN_SCHEMA = "plain"


async def measure(effort: Effort) -> dict[str, Comparison]:
    rounds = effort.rounds(ROUNDS)
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        async with _runs(Path(folder) / "postgres") as runs:
            none, plain, ours = await interleave([timed(run, wall) for run in runs], rounds)
    return {
        "turn": Comparison(plain, ours, "ms wall", rounds, GOAL),
        "overhead above no checkpointer": Comparison(plain - none, ours - none, "ms wall", rounds),
    }


@asynccontextmanager
async def _runs(folder: Path) -> AsyncIterator[tuple[Run, Run, Run]]:
    """A turn without a checkpointer, the plain way, and ours."""
    async with AsyncExitStack() as stack:
        postgres = EmbeddedPostgres(folder)
        stack.callback(postgres.close)
        migrate(postgres.urls)
        plain = await stack.enter_async_context(_plain_saver(postgres.urls))
        database = await stack.enter_async_context(Database.open(postgres.urls))
        yield (
            _turns(scripted_graph(MODEL), None),
            _turns(scripted_graph(MODEL, plain), "sync"),
            _turns(scripted_graph(MODEL, OrganizationCheckpointer(database)), "exit", database),
        )


@asynccontextmanager
async def _plain_saver(urls: DatabaseUrls) -> AsyncIterator[AsyncPostgresSaver]:
    """As LangGraph's manual sets it up for a server."""
    with psycopg.connect(urls.owner, autocommit=True) as connection:
        connection.execute(f"create schema {PLAIN_SCHEMA}")
    pool: AsyncConnectionPool[AsyncConnection[DictRow]] = AsyncConnectionPool(
        make_conninfo(urls.owner, options=f"-c search_path={PLAIN_SCHEMA}"),
        open=False,
        kwargs={"autocommit": True, "prepare_threshold": 0, "row_factory": dict_row},
    )
    async with pool:
        saver = AsyncPostgresSaver(pool)
        await saver.setup()
        yield saver


def _turns(
    graph: CopilotGraph,
    durability: Literal["sync", "exit"] | None,
    database: Database | None = None,
) -> Run:
    """Each run asks in a thread of its own; the first one makes sure that threads are kept."""
    checked = durability is None

    async def run() -> None:
        nonlocal checked
        thread_id = uuid4()
        if database:
            thread_id = await ThreadRepository(database).create(local_principal())
        ids = {"thread_id": str(thread_id), ORGANIZATION_KEY: str(LOCAL_ORGANIZATION_ID)}
        config: RunnableConfig = {"configurable": ids}
        await graph.ainvoke(turn(), config, context=CONTEXT, durability=durability, version="v2")
        if not checked:
            kept = (await graph.aget_state(config)).values["messages"]
            assert len(kept) == 2 * TOOL_STEPS + 2
            checked = True

    return run
