"""The chunks table as langchain-postgres's PGVectorStore writes and searches it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from langchain_core.embeddings import Embeddings
from langchain_postgres import PGEngine
from langchain_postgres.v2.async_vectorstore import AsyncPGVectorStore

from knowledge.chunks import Chunk
from storage.database import Database

TABLE = "chunks"
COLUMNS = ["document_id", "document_version_id", "ordinal", "page", "start_offset", "end_offset"]


@dataclass(frozen=True)
class Hit:
    """A chunk as found, before it is told which document it belongs to."""

    chunk_id: UUID
    document_version_id: UUID
    page: int
    start: int
    end: int
    text: str
    score: float


class ChunkIndex:
    """Adds and finds chunks of one organization; the database refuses any other's."""

    def __init__(self, database: Database, embeddings: Embeddings) -> None:
        self._database = database
        self._embeddings = embeddings

    async def add(
        self,
        organization_id: UUID,
        document_id: UUID,
        version_id: UUID,
        chunks: Sequence[Chunk],
    ) -> None:
        """Embed and store chunks; doing it again with the same chunks changes nothing."""
        store = await self.store(organization_id)
        await store.aadd_texts(
            [chunk.text for chunk in chunks],
            metadatas=[
                {
                    "document_id": str(document_id),
                    "document_version_id": str(version_id),
                    "ordinal": chunk.ordinal,
                    "page": chunk.page,
                    "start_offset": chunk.start,
                    "end_offset": chunk.end,
                }
                for chunk in chunks
            ],
            ids=[str(uuid5(version_id, str(chunk.ordinal))) for chunk in chunks],
        )

    async def search(
        self, organization_id: UUID, query: str, *, limit: int, version_ids: Sequence[UUID]
    ) -> list[Hit]:
        """The chunks nearest to a query, by cosine, best first."""
        if not version_ids:
            return []
        store = await self.store(organization_id)
        found = await store.asimilarity_search_with_score(
            query, k=limit, filter={"document_version_id": {"$in": [str(v) for v in version_ids]}}
        )
        return [
            Hit(
                chunk_id=UUID(str(document.id)),
                document_version_id=UUID(str(document.metadata["document_version_id"])),
                page=document.metadata["page"],
                start=document.metadata["start_offset"],
                end=document.metadata["end_offset"],
                text=document.page_content,
                score=1.0 - float(distance),
            )
            for document, distance in found
        ]

    async def store(self, organization_id: UUID) -> AsyncPGVectorStore:
        """LangChain's own vector store over this organization's chunks."""
        engine = PGEngine.from_engine(self._database.organization_engine(organization_id))
        return await AsyncPGVectorStore.create(
            engine,
            self._embeddings,
            TABLE,
            id_column="id",
            metadata_columns=COLUMNS,
        )
