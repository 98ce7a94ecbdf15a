"""Bulk loading of chunks, pages and figures.

LangChain's PGVectorStore reads and writes the same table of chunks.

Postgres takes no COPY into a table with row-level security, so rows are copied into a temporary
table, binary, and taken from there by one INSERT that the policy checks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

import numpy as np
from numpy.typing import NDArray
from psycopg import AsyncConnection
from psycopg.rows import DictRow

from core.principal import Principal
from storage.database import Database
from storage.figures.figure import Figure
from storage.figures.repository import load_figures
from storage.indexing import Reached, begin, count_pages, lock_pending

Vector = NDArray[np.float32]


@dataclass(frozen=True)
class NewChunk:
    """A row to be."""

    ordinal: int
    page: int
    start: int
    end: int
    content: str
    embedding: Vector
    """A unit vector, `(384,)`."""
    passage_start: int
    passage_end: int
    section: str
    statement: str | None
    table_rows: str | None


@dataclass(frozen=True)
class NewPage:
    """A page's text and where on it each line and cell stands."""

    number: int
    width: float
    height: float
    text: str
    layout: str
    """JSON."""


@dataclass(frozen=True)
class Batch:
    """Consecutive pages with what was made of them."""

    chunks: Sequence[NewChunk]
    pages: Sequence[NewPage] = ()
    figures: Sequence[Figure] = ()


def chunk_id(version_id: UUID, chunk: NewChunk) -> UUID:
    """The same for the same chunk, however often it is loaded.

    One that reads otherwise once its version is indexed again has another id, so that a thread
    which has shown the first doesn't take the second for it.
    """
    return uuid5(version_id, f"{chunk.ordinal}/{chunk.page}/{chunk.content}")


class ChunkRepository:
    """Loads chunks of one organization; the database refuses any other's."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, principal: Principal, version_id: UUID) -> Reached:
        """Begin an attempt at indexing a version.

        Raises:
            NotPendingError: there is nothing to do.
        """
        async with self._database.psycopg_transaction(principal) as connection:
            return await begin(connection, version_id)

    async def load(  # noqa: PLR0913  # a batch is pages, chunks and figures of a document's version
        self,
        principal: Principal,
        document_id: UUID,
        version_id: UUID,
        chunks: Sequence[NewChunk],
        pages: Sequence[NewPage] = (),
        *,
        figures: Sequence[Figure] = (),
        attempt: datetime | None = None,
    ) -> None:
        """All or nothing; chunks, pages and pages' figures that are there already are replaced.

        Raises:
            NotPendingError: the version was cancelled, or another attempt at it has begun.
        """
        owner = (principal.organization_id, document_id, version_id)
        async with self._database.psycopg_transaction(principal) as connection:
            await lock_pending(connection, version_id, attempt)
            await store_batch(connection, owner, Batch(chunks, pages, figures))
            await count_pages(connection, version_id)


async def store_batch(
    connection: AsyncConnection[DictRow], owner: tuple[UUID, UUID, UUID], batch: Batch
) -> None:
    """Store a batch in place of what is there of its pages and chunks.

    Args:
        connection: in a transaction that is bound to the organization.
        owner: the ids of organization, document and version.
        batch: what to store.
    """
    organization_id, _, version_id = owner
    await connection.execute(
        "delete from chunks where document_version_id = %s and ordinal = any(%s)",
        (version_id, [chunk.ordinal for chunk in batch.chunks]),
    )
    await _copy(connection, version_id, batch.chunks)
    await connection.execute(_TAKE, owner)
    await connection.execute("truncate incoming_chunks")  # another batch may follow
    await connection.cursor().executemany(
        _ADD_PAGE, [(organization_id, version_id, *_page(page)) for page in batch.pages]
    )
    await load_figures(connection, owner, [page.number for page in batch.pages], batch.figures)


def _page(page: NewPage) -> tuple[object, ...]:
    return page.number, page.width, page.height, page.text, page.layout


_INCOMING = """
create temporary table if not exists incoming_chunks (
    id uuid, ordinal integer, page integer, start_offset integer, end_offset integer, content text,
    embedding halfvec(384), section text, statement text, passage_start integer,
    passage_end integer, table_rows text
) on commit delete rows
"""
_COLUMNS = (
    "id, ordinal, page, start_offset, end_offset, content, embedding, section, statement,"
    " passage_start, passage_end, table_rows"
)
_TYPES = (
    *("uuid", "int4", "int4", "int4", "int4", "text"),
    "bytea",  # a halfvec in its own binary form
    *("text", "text", "int4", "int4", "text"),
)
_TAKE = f"""
insert into chunks (organization_id, document_id, document_version_id, {_COLUMNS})
select %s, %s, %s, {_COLUMNS} from incoming_chunks order by ordinal
"""  # noqa: S608  # our own words
_ADD_PAGE = """
insert into pages (organization_id, document_version_id, number, width, height, text, layout)
values (%s, %s, %s, %s, %s, %s, %s)
on conflict (document_version_id, number) do update
    set width = excluded.width, height = excluded.height, text = excluded.text,
        layout = excluded.layout
"""


async def _copy(
    connection: AsyncConnection[DictRow], version_id: UUID, chunks: Sequence[NewChunk]
) -> None:
    await connection.execute(_INCOMING)
    statement = f"copy incoming_chunks ({_COLUMNS}) from stdin (format binary)"
    async with connection.cursor().copy(statement) as copy:
        copy.set_types(_TYPES)
        for chunk in chunks:
            await copy.write_row(_row(version_id, chunk))


def _row(version_id: UUID, chunk: NewChunk) -> tuple[object, ...]:
    return (
        chunk_id(version_id, chunk),
        chunk.ordinal,
        chunk.page,
        chunk.start,
        chunk.end,
        chunk.content,
        _binary(chunk.embedding),
        chunk.section,
        chunk.statement,
        chunk.passage_start,
        chunk.passage_end,
        chunk.table_rows,
    )


def _binary(vector: Vector) -> bytes:
    """Pgvector's halfvec_recv: int16 dimensions, int16 unused, IEEE halves, all big-endian."""
    return len(vector).to_bytes(2, "big") + b"\0\0" + vector.astype(">f2").tobytes()
