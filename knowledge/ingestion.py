"""Takes a PDF in: accept it durably at once, make it searchable in a job."""

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath, PureWindowsPath
from uuid import UUID

from core.errors import InvalidInputError
from core.principal import Permission, Principal
from knowledge.chunking.chunker import Chunker
from knowledge.errors import NoTextError, TooLargeError, UnreadableError
from knowledge.filing_facts import PAGES_READ, read_facts
from knowledge.index import ChunkIndex
from knowledge.pages import Page
from knowledge.pdf import process as pdf_process
from knowledge.redaction.masking import Personal, masked
from knowledge.redaction.pages import MaskedPages
from storage.blobs import BlobStore
from storage.documents import DocumentRepository, DocumentVersion, NewVersion, VersionStatus
from storage.filings import FilingFacts
from storage.personal_data import MaskedRow, PersonalDataRepository

PAGES_PER_BATCH = 16
MAX_NAME_CHARACTERS = 200

Progress = Callable[[int, int], None]
"""Told (pages done, pages in all)."""


@dataclass(frozen=True)
class Limits:
    """What an upload may amount to."""

    max_bytes: int
    max_pages: int


class Ingestion:
    """The journey of a document from bytes to searchable chunks."""

    def __init__(  # noqa: PLR0913  # its ports
        self,
        documents: DocumentRepository,
        blobs: BlobStore,
        index: ChunkIndex,
        chunker: Chunker,
        limits: Limits,
        *,
        personal: PersonalDataRepository,
        reads_scans: bool = False,
    ) -> None:
        self._documents = documents
        self._blobs = blobs
        self._personal = personal
        self._index = index
        self._chunker = chunker
        self.limits = limits
        self._reads_scans = reads_scans

    async def accept(
        self, principal: Principal, name: str, source: Path, *, private: bool = False
    ) -> tuple[DocumentVersion, bool]:
        """Check and keep a PDF, and queue its indexing. After this nothing can lose it.

        Args:
            principal: who uploads.
            name: the document's name; new bytes under a known name are a new version of it.
            source: the file.
            private: whether only the principal will see the document. The names of private
                documents are apart from the organization's.

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
        inspection = await pdf_process.inspect(
            source, max_pages=self.limits.max_pages, ocr=self._reads_scans
        )
        sha256 = await asyncio.to_thread(_sha256, source)
        blob = (principal.organization_id, sha256, source)
        await self._blobs.put(*blob)
        new = NewVersion(
            name, sha256, size, inspection.page_count, inspection.image_only_pages, private
        )
        # Again while nobody can delete them: the document that had them may just have gone.
        return await self._documents.accept(principal, new, lambda: self._blobs.ensure(*blob))

    async def index(
        self, principal: Principal, version_id: UUID, progress: Progress = lambda _done, _all: None
    ) -> None:
        """Make a pending version searchable, on behalf of somebody who sees it.

        Safe to run again after it was killed anywhere.
        """
        version = await self._documents.version(principal, version_id)
        if version.status is not VersionStatus.PENDING:
            return
        await self._documents.drop_chunks(principal, version_id)
        try:
            outcome = await self._load(principal, version, progress)
        except UnreadableError as error:
            await self._documents.fail(principal, version_id, error.detail)
            return
        await self._documents.publish(principal, version_id, outcome.empty, outcome.facts)

    async def _load(
        self, principal: Principal, version: DocumentVersion, progress: Progress
    ) -> "_Outcome":
        """Read, chunk, embed and store a few pages at a time: memory doesn't grow with a filing."""
        with tempfile.TemporaryDirectory(prefix="copilot-") as folder:
            path = Path(folder) / "source.pdf"
            await self._blobs.fetch(principal.organization_id, version.sha256, path)
            async with aclosing(pdf_process.read_pages(path, ocr=self._reads_scans)) as read:
                pages = MaskedPages(read)
                first = [page async for page in _at_most(pages, PAGES_READ)]
                outcome = _Outcome(read_facts(masked(version.name), first))
                progress(0, version.page_count)
                async for batch in _batches(first, pages):
                    await self._keep_hidden(principal, version, pages.hidden(batch))
                    await self._add(principal, version, batch, outcome)
                    progress(outcome.pages, version.page_count)
        if outcome.chunks == 0:
            raise NoTextError(
                "No page's text could be read. Run text recognition (OCR) and upload the result."
            )
        return outcome

    async def _keep_hidden(
        self, principal: Principal, version: DocumentVersion, hidden: list[Personal]
    ) -> None:
        rows = [MaskedRow(each.page, each.start, each.end, each.kind, each.text) for each in hidden]
        await self._personal.add(principal, version.id, rows)

    async def _add(
        self,
        principal: Principal,
        version: DocumentVersion,
        pages: list[Page],
        outcome: "_Outcome",
    ) -> None:
        headline = outcome.facts.headline
        chunks = await asyncio.to_thread(
            lambda: list(self._chunker.chunk(pages, headline, first=outcome.chunks))
        )
        await self._index.add(principal, version.document_id, version.id, chunks, pages)
        outcome.chunks += len(chunks)
        outcome.pages += len(pages)
        outcome.empty += [page.number for page in pages if not page.text.strip()]


@dataclass
class _Outcome:
    """What a filing turned out to hold, so far."""

    facts: FilingFacts
    chunks: int = 0
    pages: int = 0
    empty: list[int] = field(default_factory=list)


async def _at_most(pages: AsyncIterator[Page], count: int) -> AsyncIterator[Page]:
    for _ in range(count):
        page = await anext(pages, None)
        if page is None:
            return
        yield page


async def _batches(first: list[Page], rest: AsyncIterator[Page]) -> AsyncIterator[list[Page]]:
    for start in range(0, len(first), PAGES_PER_BATCH):
        yield first[start : start + PAGES_PER_BATCH]
    while batch := [page async for page in _at_most(rest, PAGES_PER_BATCH)]:
        yield batch


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
