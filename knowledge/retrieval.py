"""Finds the passages that a question is answered from."""

from collections.abc import Sequence
from uuid import UUID

from core.principal import Permission, Principal
from knowledge.index import ChunkIndex
from knowledge.passages import Passage
from storage.documents import DocumentRepository


class Retriever:
    """Searches the current versions of the principal's documents."""

    def __init__(self, documents: DocumentRepository, index: ChunkIndex) -> None:
        self._documents = documents
        self._index = index

    async def search(
        self,
        principal: Principal,
        query: str,
        *,
        limit: int = 8,
        document_ids: Sequence[UUID] | None = None,
    ) -> list[Passage]:
        """Passages nearest to a query, best first.

        Args:
            principal: on whose behalf.
            query: any text; only its first 256 word pieces count.
            limit: at most so many.
            document_ids: search only these documents; None for all.

        Raises:
            PermissionDeniedError: without `query:document`.
            NotFoundError: a document doesn't exist.
        """
        principal.require(Permission.QUERY_DOCUMENT)
        organization_id = principal.organization_id
        current = await self._documents.current_versions(organization_id, document_ids)
        versions = {version.id: version for version in current}
        hits = await self._index.search(
            organization_id, query, limit=limit, version_ids=list(versions)
        )
        return [
            Passage(
                chunk_id=hit.chunk_id,
                document_id=versions[hit.document_version_id].document_id,
                document_version_id=hit.document_version_id,
                document=versions[hit.document_version_id].name,
                version=versions[hit.document_version_id].number,
                page=hit.page,
                start=hit.start,
                end=hit.end,
                text=hit.text,
                score=hit.score,
            )
            for hit in hits
        ]
