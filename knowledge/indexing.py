"""Makes a stored PDF searchable, a batch of pages at a time.

A batch is finished once its pages are stored. An attempt that follows on a killed one reads the
file again, which is cheap, and embeds from the first unfinished page on: batches and ordinals come
out the same, since reading and chunking depend on the bytes alone.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from core.principal import Principal
from knowledge.chunking.chunk import Chunk
from knowledge.chunking.chunker import Chunker
from knowledge.errors import NoTextError
from knowledge.figures.extraction import figures_of
from knowledge.filing_facts import PAGES_READ, read_facts
from knowledge.index import ChunkIndex
from knowledge.pages import Page
from knowledge.pdf import process as pdf_process
from knowledge.redaction.masking import Personal, masked
from knowledge.redaction.pages import MaskedPages
from storage.blobs import BlobStore
from storage.documents import DocumentVersion, ReadingNote
from storage.figures.figure import Figure
from storage.filings import FilingFacts
from storage.indexing import Reached
from storage.personal_data import MaskedRow, PersonalDataRepository
from storage.temporary import TemporaryFiles

PAGES_PER_BATCH = 16

Progress = Callable[[int, int], None]
"""Told (pages done, pages in all)."""


@dataclass(frozen=True)
class Reading:
    """How stored PDFs are read."""

    temporary: TemporaryFiles
    max_pages: int
    ocr: bool

    def pages(self, path: Path) -> AsyncGenerator[Page]:
        return pdf_process.read_pages(
            path, ocr=self.ocr, max_pages=self.max_pages, temporary=path.parent
        )


@dataclass(frozen=True)
class ReadBatch:
    """Consecutive pages of a filing, masked, with what was made of those that weren't done."""

    facts: FilingFacts
    """Of the filing, from its first pages."""
    pages: Sequence[Page]
    new_pages: Sequence[Page] = ()
    personal: Sequence[Personal] = ()
    chunks: Sequence[Chunk] = ()
    figures: Sequence[Figure] = ()

    @property
    def is_new(self) -> bool:
        return bool(self.new_pages)

    @property
    def notes(self) -> list[ReadingNote]:
        """One for each page that may have been misread."""
        return [
            ReadingNote(page.number, "; ".join(page.doubts)) for page in self.pages if page.doubts
        ]

    @property
    def masked_rows(self) -> list[MaskedRow]:
        return [
            MaskedRow(each.page, each.start, each.end, each.kind, each.text)
            for each in self.personal
        ]


@dataclass
class Outcome:
    """What a filing turned out to hold, so far."""

    attempt: datetime
    """When it began."""
    facts: FilingFacts = field(default_factory=FilingFacts)
    chunks: int = 0
    pages: int = 0
    empty: list[int] = field(default_factory=list)
    notes: list[ReadingNote] = field(default_factory=list)

    def count(self, batch: ReadBatch) -> None:
        self.facts = batch.facts
        self.chunks += len(batch.chunks)
        self.pages += len(batch.pages)
        self.empty += [page.number for page in batch.pages if not page.text.strip()]
        self.notes += batch.notes

    def require_text(self) -> None:
        """Raises: NoTextError: no page of it has any."""
        if self.chunks == 0:
            raise NoTextError(
                "No page's text could be read. Run text recognition (OCR) and upload the result."
            )


class Indexing:
    """Reads, masks, chunks, embeds and stores; memory doesn't grow with a filing."""

    def __init__(
        self,
        blobs: BlobStore,
        index: ChunkIndex,
        chunker: Chunker,
        personal: PersonalDataRepository,
        reading: Reading,
    ) -> None:
        self._blobs = blobs
        self._index = index
        self._chunker = chunker
        self._personal = personal
        self._reading = reading

    async def run(
        self, principal: Principal, version: DocumentVersion, progress: Progress
    ) -> Outcome:
        """Store what is missing of a pending version.

        Raises:
            NotPendingError: it was cancelled meanwhile.
            UnreadableError: it can't be read.
        """
        reached = await self._index.begin(principal, version.id)
        outcome = Outcome(reached.attempt, chunks=reached.chunks)
        progress(reached.pages, version.page_count)
        async with aclosing(self.batches(principal, version, reached)) as batches:
            async for batch in batches:
                if batch.is_new:
                    await self._store(principal, version, batch, outcome.attempt)
                outcome.count(batch)
                progress(max(outcome.pages, reached.pages), version.page_count)
        outcome.require_text()
        return outcome

    async def batches(
        self, principal: Principal, version: DocumentVersion, reached: Reached | None = None
    ) -> AsyncGenerator[ReadBatch]:
        """Read a version's bytes; of pages that were reached before, nothing is made again.

        Raises:
            UnreadableError: it can't be read.
        """
        done, ordinal = (reached.pages, reached.chunks) if reached else (0, 0)
        with self._reading.temporary.new_folder() as folder:
            path = folder / "source.pdf"
            await self._blobs.fetch(principal.organization_id, version.sha256, path)
            async with aclosing(self._reading.pages(path)) as read:
                pages = MaskedPages(read)
                first = [page async for page in _at_most(pages, PAGES_READ)]
                facts = await asyncio.to_thread(_facts, version.name, first)
                async for batch in _batches(first, pages):
                    hidden = pages.hidden(batch)
                    if batch[-1].number <= done:
                        yield ReadBatch(facts, batch)
                        continue
                    left = [page for page in batch if page.number > done]
                    made = await asyncio.to_thread(self._make, left, facts, ordinal)
                    yield ReadBatch(facts, batch, left, hidden, *made)
                    ordinal += len(made[0])

    def _make(
        self, pages: list[Page], facts: FilingFacts, first: int
    ) -> tuple[list[Chunk], list[Figure]]:
        """Args: first: the ordinal of the first chunk."""
        chunks = list(self._chunker.chunk(pages, facts.headline, first=first))
        return chunks, [figure for page in pages for figure in figures_of(page)]

    async def _store(
        self, principal: Principal, version: DocumentVersion, batch: ReadBatch, attempt: datetime
    ) -> None:
        await self._personal.add(principal, version.id, batch.masked_rows, attempt)
        await self._index.add(
            principal,
            version.document_id,
            version.id,
            batch.chunks,
            batch.new_pages,
            figures=batch.figures,
            attempt=attempt,
        )


def _facts(name: str, pages: Sequence[Page]) -> FilingFacts:
    return read_facts(masked(name), pages)


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
