"""Takes a PDF in: accept it durably at once, make it searchable in a job."""

import asyncio
import hashlib
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from uuid import UUID

from core.errors import InvalidInputError
from core.principal import Permission, Principal
from knowledge import pdf_process
from knowledge.chunks import Chunk, Chunker
from knowledge.errors import NoTextError, TooLargeError, UnreadableError
from knowledge.index import ChunkIndex
from knowledge.pdf import Page
from storage.blobs import BlobStore
from storage.documents import DocumentRepository, DocumentVersion, NewVersion, VersionStatus

CHUNKS_PER_BATCH = 64
MAX_NAME_CHARACTERS = 200

Progress = Callable[[int, int], None]
"""Told (chunks done, chunks in all)."""


@dataclass(frozen=True)
class Limits:
    """What an upload may amount to."""

    max_bytes: int
    max_pages: int


class Ingestion:
    """The journey of a document from bytes to searchable chunks."""

    def __init__(
        self,
        documents: DocumentRepository,
        blobs: BlobStore,
        index: ChunkIndex,
        chunker: Chunker,
        limits: Limits,
    ) -> None:
        self._documents = documents
        self._blobs = blobs
        self._index = index
        self._chunker = chunker
        self.limits = limits

    async def accept(
        self, principal: Principal, name: str, source: Path
    ) -> tuple[DocumentVersion, bool]:
        """Check and keep a PDF, and queue its indexing. After this nothing can lose it.

        Args:
            principal: who uploads.
            name: the document's name; new bytes under a known name are a new version of it.
            source: the file.

        Returns:
            The version, and False if the same bytes were there already.

        Raises:
            PermissionDeniedError: without `upload:document`.
            UnreadableError, TooLargeError, InvalidInputError: nothing was stored.
        """
        principal.require(Permission.UPLOAD_DOCUMENT)
        name = document_name(name)
        size = source.stat().st_size
        if size > self.limits.max_bytes:
            raise too_large(self.limits.max_bytes)
        inspection = await pdf_process.inspect(source, max_pages=self.limits.max_pages)
        sha256 = await asyncio.to_thread(_sha256, source)
        await self._blobs.put(principal.organization_id, sha256, source)
        new = NewVersion(name, sha256, size, inspection.page_count, inspection.image_only_pages)
        return await self._documents.accept(principal.organization_id, new)

    async def index(
        self, organization_id: UUID, version_id: UUID, progress: Progress = lambda _done, _all: None
    ) -> None:
        """Make a pending version searchable. Safe to run again after it was killed anywhere."""
        version = await self._documents.version(organization_id, version_id)
        if version.status is not VersionStatus.PENDING:
            return
        try:
            pages = await self._read(organization_id, version)
        except UnreadableError as error:
            await self._documents.fail(organization_id, version_id, error.detail)
            return
        await self._documents.drop_chunks(organization_id, version_id)
        chunks = await asyncio.to_thread(lambda: list(self._chunker.chunk(pages)))
        await self._add(organization_id, version, chunks, progress)
        empty = [page.number for page in pages if not page.text.strip()]
        await self._documents.publish(organization_id, version_id, empty)

    async def _read(self, organization_id: UUID, version: DocumentVersion) -> list[Page]:
        with tempfile.TemporaryDirectory(prefix="copilot-") as folder:
            path = Path(folder) / "source.pdf"
            await self._blobs.fetch(organization_id, version.sha256, path)
            pages = [page async for page in pdf_process.read_pages(path)]
        if not any(page.text.strip() for page in pages):
            raise NoTextError(
                "No page's text could be read. Run text recognition (OCR) and upload the result."
            )
        return pages

    async def _add(
        self,
        organization_id: UUID,
        version: DocumentVersion,
        chunks: Sequence[Chunk],
        progress: Progress,
    ) -> None:
        progress(0, len(chunks))
        done = 0
        for start in range(0, len(chunks), CHUNKS_PER_BATCH):
            batch = chunks[start : start + CHUNKS_PER_BATCH]
            await self._index.add(organization_id, version.document_id, version.id, batch)
            done += len(batch)
            progress(done, len(chunks))


def document_name(name: str) -> str:
    """A file's name without its folders, in either system's notation.

    Raises:
        InvalidInputError: nothing printable is left, or it is too long.
    """
    base = PureWindowsPath(PurePosixPath(name).name).name
    printable = "".join(character for character in base if character.isprintable()).strip()
    if not printable or len(printable) > MAX_NAME_CHARACTERS:
        raise InvalidInputError(
            f"A document's name needs 1 to {MAX_NAME_CHARACTERS} printable characters: rename it."
        )
    return printable


def too_large(max_bytes: int) -> TooLargeError:
    """The error for an upload over the limit."""
    return TooLargeError(
        f"At most {max_bytes // 2**20} MB are taken. Split it, or export it with smaller images."
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
