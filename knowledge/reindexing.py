"""Indexes a version again from its stored PDF; until that is whole, the earlier index answers."""

from contextlib import aclosing
from uuid import UUID

from core.principal import Principal
from knowledge.errors import NoTextError, UnreadableError
from knowledge.index import ChunkIndex
from knowledge.indexing import Indexing
from storage.chunks import Batch
from storage.documents import DocumentRepository, DocumentVersion, ReadingNote
from storage.personal_data import MaskedRow
from storage.reindexing import Reindexing, WholeVersion


class VersionReindexing:
    """Holds one version's index in memory, about 50 KB a page, since it is replaced at once."""

    def __init__(
        self,
        documents: DocumentRepository,
        indexing: Indexing,
        index: ChunkIndex,
        reindexing: Reindexing,
    ) -> None:
        self._documents = documents
        self._indexing = indexing
        self._index = index
        self._reindexing = reindexing

    async def run(self, principal: Principal, version_id: UUID) -> None:
        """Safe to run again after it was killed anywhere; of what isn't outdated nothing is done.

        Raises:
            NotFoundError: the principal sees no such version.
        """
        version = await self._documents.version(principal, version_id)
        if not await self._reindexing.begin(principal, version_id):
            return
        try:
            whole = await self._read(principal, version)
        except UnreadableError as error:
            await self._reindexing.fail(principal, version_id, error.detail)
        except FileNotFoundError:
            await self._reindexing.fail(
                principal, version_id, "Its bytes are gone. Upload the document again."
            )
        else:
            if whole:
                await self._reindexing.replace(principal, version.document_id, version_id, whole)

    async def _read(self, principal: Principal, version: DocumentVersion) -> WholeVersion | None:
        """Returns: None if the version was deleted meanwhile, or somebody else was quicker."""
        stored: list[Batch] = []
        personal: list[MaskedRow] = []
        empty: list[int] = []
        notes: list[ReadingNote] = []
        async with aclosing(self._indexing.batches(principal, version)) as batches:
            async for batch in batches:
                stored.append(await self._index.embedded(batch.chunks, batch.pages, batch.figures))
                personal += batch.masked_rows
                empty += [page.number for page in batch.pages if not page.text.strip()]
                notes += batch.notes
                done = batch.pages[-1].number
                if not await self._reindexing.progress(principal, version.id, done):
                    return None
        if not any(each.chunks for each in stored):
            raise NoTextError("No page's text could be read this time.")
        return WholeVersion(batch.facts, stored, personal, empty, notes)
