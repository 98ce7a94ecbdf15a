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
from storage.documents import DocumentVersion
from storage.filings import FilingFacts
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


@dataclass
class Outcome:
    """What a filing turned out to hold, so far."""

    facts: FilingFacts
    attempt: datetime
    """When it began."""
    chunks: int = 0
    pages: int = 0
    empty: list[int] = field(default_factory=list)

    def count(self, pages: list[Page]) -> None:
        self.pages += len(pages)
        self.empty += [page.number for page in pages if not page.text.strip()]


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
        with self._reading.temporary.new_folder() as folder:
            path = folder / "source.pdf"
            await self._blobs.fetch(principal.organization_id, version.sha256, path)
            async with aclosing(self._reading.pages(path)) as read:
                pages = MaskedPages(read)
                first = [page async for page in _at_most(pages, PAGES_READ)]
                facts = await asyncio.to_thread(_facts, version.name, first)
                outcome = Outcome(facts, reached.attempt, reached.chunks)
                progress(reached.pages, version.page_count)
                async for batch in _batches(first, pages):
                    hidden = pages.hidden(batch)
                    left = [page for page in batch if page.number > reached.pages]
                    if left:
                        await self._store(principal, version, left, hidden, outcome)
                    outcome.count(batch)
                    progress(max(outcome.pages, reached.pages), version.page_count)
        if outcome.chunks == 0:
            raise NoTextError(
                "No page's text could be read. Run text recognition (OCR) and upload the result."
            )
        return outcome

    async def _store(
        self,
        principal: Principal,
        version: DocumentVersion,
        pages: list[Page],
        hidden: list[Personal],
        outcome: Outcome,
    ) -> None:
        rows = [MaskedRow(each.page, each.start, each.end, each.kind, each.text) for each in hidden]
        await self._personal.add(principal, version.id, rows, outcome.attempt)
        facts, first = outcome.facts, outcome.chunks
        chunks = await asyncio.to_thread(
            lambda: list(self._chunker.chunk(pages, facts.headline, first=first))
        )
        figures = await asyncio.to_thread(
            lambda: [figure for page in pages for figure in figures_of(page)]
        )
        await self._index.add(
            principal,
            version.document_id,
            version.id,
            chunks,
            pages,
            figures=figures,
            attempt=outcome.attempt,
        )
        outcome.chunks += len(chunks)


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
