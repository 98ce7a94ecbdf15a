"""Makes chunks searchable, in the table that langchain-postgres's PGVectorStore reads too."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from langchain_core.embeddings import Embeddings
from langchain_postgres import PGEngine
from langchain_postgres.v2.async_vectorstore import AsyncPGVectorStore
from pydantic import TypeAdapter

from core.principal import Principal
from knowledge.chunking.chunk import Chunk
from knowledge.pages import Page
from storage.chunks import Batch, ChunkRepository, NewChunk, NewPage, Vector
from storage.database import Database
from storage.figures.figure import Figure
from storage.indexing import Reached

TABLE = "chunks"
COLUMNS = ["document_id", "document_version_id", "ordinal", "page", "start_offset", "end_offset"]
_LAYOUT = TypeAdapter(Page)


class BulkEmbeddings(Protocol):
    """Many texts at once, as an array."""

    def embed(self, texts: Sequence[str]) -> Vector:
        """Returns: unit vectors, `(len(texts), 384)`."""
        ...


class ChunkIndex:
    """Adds chunks of one organization; the database refuses any other's."""

    def __init__(self, database: Database, embeddings: BulkEmbeddings) -> None:
        self._database = database
        self._embeddings = embeddings
        self._chunks = ChunkRepository(database)

    async def begin(self, principal: Principal, version_id: UUID) -> Reached:
        """Begin an attempt at a version; what earlier ones stored of it needn't be added again.

        Raises:
            NotPendingError: it isn't to be indexed any more.
        """
        return await self._chunks.begin(principal, version_id)

    async def add(  # noqa: PLR0913  # a batch is pages, chunks and figures of a document's version
        self,
        principal: Principal,
        document_id: UUID,
        version_id: UUID,
        chunks: Sequence[Chunk],
        pages: Sequence[Page] = (),
        *,
        figures: Sequence[Figure] = (),
        attempt: datetime | None = None,
    ) -> None:
        """Embed and store chunks; doing it again with the same chunks changes nothing.

        Args:
            principal: who sees the version.
            document_id: the version's document.
            version_id: the pending version.
            chunks: of the pages.
            pages: those that were read.
            figures: of the pages, in place of those that are stored of them.
            attempt: when the attempt began, or None for any.

        Raises:
            NotPendingError: the version was cancelled, or another attempt at it has begun.
        """
        batch = await self.embedded(chunks, pages, figures)
        await self._chunks.load(
            principal,
            document_id,
            version_id,
            batch.chunks,
            batch.pages,
            figures=batch.figures,
            attempt=attempt,
        )

    async def embedded(
        self, chunks: Sequence[Chunk], pages: Sequence[Page], figures: Sequence[Figure]
    ) -> Batch:
        """What `add` would store."""
        texts = [chunk.embedded or chunk.text for chunk in chunks]
        vectors = await asyncio.to_thread(self._embeddings.embed, texts)
        rows = [_row(chunk, vector) for chunk, vector in zip(chunks, vectors, strict=True)]
        return Batch(rows, [_page(page) for page in pages], figures)


async def langchain_store(
    database: Database, principal: Principal, embeddings: Embeddings
) -> AsyncPGVectorStore:
    """LangChain's own vector store over the chunks that a principal may see."""
    engine = PGEngine.from_engine(database.engine_of(principal))
    return await AsyncPGVectorStore.create(
        engine, embeddings, TABLE, id_column="id", metadata_columns=COLUMNS
    )


def _row(chunk: Chunk, vector: Vector) -> NewChunk:
    return NewChunk(
        chunk.ordinal,
        chunk.page,
        chunk.start,
        chunk.end,
        chunk.text,
        vector,
        chunk.passage_start,
        chunk.passage_end,
        chunk.section,
        chunk.statement.value if chunk.statement else None,
        chunk.table,
    )


def _page(page: Page) -> NewPage:
    layout = _LAYOUT.dump_json(page, include={"lines", "tables"}).decode()
    return NewPage(page.number, page.width, page.height, page.text, layout)
