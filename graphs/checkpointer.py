"""LangGraph's Postgres checkpointer, each call bound to the organization of the run."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from uuid import UUID

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import (
    BaseCheckpointSaver,
    ChannelVersions,
    Checkpoint,
    CheckpointMetadata,
    CheckpointTuple,
)
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from psycopg.errors import ForeignKeyViolation

from core.errors import ConflictError
from storage.database import Database

ORGANIZATION_KEY = "organization_id"

STORED_TYPES = (
    ("knowledge.passages", "Passage"),
    ("knowledge.figures.shown", "ShownFigure"),
    ("storage.figures.figure", "Basis"),
    ("storage.figures.figure", "Version"),
)
"""Types of ours in a checkpoint: the only ones that reading one may create."""


class OrganizationCheckpointer(BaseCheckpointSaver[str]):
    """AsyncPostgresSaver inside a transaction that sees one organization's rows only.

    The organization comes from `configurable["organization_id"]`, which faces set; without it the
    database shows no rows and takes none.
    """

    def __init__(self, database: Database) -> None:
        super().__init__(serde=JsonPlusSerializer(allowed_msgpack_modules=STORED_TYPES))
        self._database = database

    async def aget_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        async with self._saver(config) as saver:
            return await saver.aget_tuple(config)

    async def alist(
        self,
        config: RunnableConfig | None,
        *,
        filter: dict[str, Any] | None = None,  # noqa: A002  # the interface's name
        before: RunnableConfig | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[CheckpointTuple]:
        async with self._saver(config or {}) as saver:
            async for found in saver.alist(config, filter=filter, before=before, limit=limit):
                yield found

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        with _of_a_thread():
            async with self._saver(config) as saver:
                stored = await saver.aput(config, checkpoint, metadata, new_versions)
        # The saver answers with the thread alone; the next call needs the organization too.
        organization = config["configurable"][ORGANIZATION_KEY]
        return {"configurable": {**stored["configurable"], ORGANIZATION_KEY: organization}}

    async def aput_writes(
        self,
        config: RunnableConfig,
        writes: Sequence[tuple[str, Any]],
        task_id: str,
        task_path: str = "",
    ) -> None:
        with _of_a_thread():
            async with self._saver(config) as saver:
                await saver.aput_writes(config, writes, task_id, task_path)

    def get_next_version(self, current: str | None, channel: None) -> str:
        return AsyncPostgresSaver.get_next_version(self, current, channel)  # type: ignore[arg-type]  # it reads no state

    @asynccontextmanager
    async def _saver(self, config: RunnableConfig) -> AsyncIterator[AsyncPostgresSaver]:
        organization_id = UUID(str(config["configurable"][ORGANIZATION_KEY]))
        async with self._database.psycopg_transaction(organization_id) as connection:
            yield AsyncPostgresSaver(connection, serde=self.serde)


@contextmanager
def _of_a_thread() -> Iterator[None]:
    """Raises: ConflictError: the thread was deleted while its run went on."""
    try:
        yield
    except ForeignKeyViolation as error:
        raise ConflictError(
            "This thread was deleted meanwhile: ask again, without thread_id."
        ) from error
