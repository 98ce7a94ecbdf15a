"""Rows a second into the chunks table: PGVectorStore against ChunkRepository, vectors given.

Both sides: the same table behind row security, with its indexes and triggers, and chunks of 200
words. The plain way is LangChain's store as `knowledge.index.langchain_store` makes it over the
very table; ours is a binary COPY into a temporary table and one INSERT from there, a filing at a
time. Measured again without the HNSW index, and without lexemes and their postings too: the upkeep
of these costs either side the same for each row, and so bounds the ratio.
"""

import itertools
import time
from dataclasses import replace
from typing import Any
from uuid import uuid4

from bench.filled_store import DROP_INDEX, Store, scratch_store
from bench.invented import facts, filing
from bench.measure import Arm, Bound, Comparison, Effort, interleave
from bench.precomputed import PrecomputedEmbeddings
from core.principal import Principal
from knowledge.index import COLUMNS, langchain_store
from storage.chunks import ChunkRepository, NewChunk
from storage.documents import DocumentRepository, DocumentVersion, NewVersion
from storage.filings import FilingFacts

CHUNKS, PLAIN_CHUNKS, BEFORE = 500, 50, 4
"""A filing's; as many as the slower side loads in a sample; filings that are there at the start."""
ROUNDS = 10
TABLES: dict[str, tuple[float | None, tuple[str, ...]]] = {
    "chunks": (100, ()),
    "chunks, no vector index": (100, (DROP_INDEX,)),
    "chunks, no vector index and no words": (
        None,
        ("alter table chunks disable trigger user", "alter table chunks drop column lexemes"),
    ),
}
"""The goal, and what is done before: each table does without more."""


async def measure(effort: Effort) -> dict[str, Comparison]:
    rounds = effort.rounds(ROUNDS)
    found: dict[str, Comparison] = {}
    async with scratch_store() as store:
        principal = store.new_organization()
        there = (filing(each, CHUNKS, at) for at, each in enumerate(facts()[:BEFORE]))
        await store.fill(principal, there)
        arms = [_plain(store, principal), _ours(store, principal)]
        for thing, (goal, without) in TABLES.items():
            store.as_owner(*without)
            plain, ours = await interleave(arms, rounds)
            found[thing] = Comparison(
                plain, ours, "rows a second", rounds, goal, Bound.RATIO_AT_LEAST
            )
    return found


def _plain(store: Store, principal: Principal) -> Arm:
    seeds = itertools.count(1000)

    async def arm() -> float:
        chunks = _chunks(next(seeds))[:PLAIN_CHUNKS]
        version = await _version(store, principal)
        vectors = [chunk.embedding.tolist() for chunk in chunks]
        metadatas = [_metadata(version, chunk) for chunk in chunks]
        vector_store = await langchain_store(store.database, principal, PrecomputedEmbeddings(1))
        started = time.perf_counter()
        await vector_store.aadd_embeddings([each.content for each in chunks], vectors, metadatas)
        return len(chunks) / (time.perf_counter() - started)

    return arm


def _ours(store: Store, principal: Principal) -> Arm:
    seeds = itertools.count(2000)
    repository = ChunkRepository(store.database)

    async def arm() -> float:
        chunks = _chunks(next(seeds))
        version = await _version(store, principal)
        ids = (principal, version.document_id, version.id)
        started = time.perf_counter()
        await repository.load(*ids, chunks)
        return len(chunks) / (time.perf_counter() - started)

    return arm


def _chunks(seed: int) -> list[NewChunk]:
    """Without tables, which only ours can store: both sides have the same words indexed."""
    made = filing(FilingFacts(), CHUNKS, seed).chunks
    return [replace(chunk, table_rows=None, statement=None) for chunk in made]


async def _version(store: Store, principal: Principal) -> DocumentVersion:
    new = NewVersion(f"{uuid4()}.pdf", uuid4().hex * 2, 1, 1, ())
    documents = DocumentRepository(store.database)
    version, _ = await documents.accept(principal, new)
    return version


def _metadata(version: DocumentVersion, chunk: NewChunk) -> dict[str, Any]:
    values = (
        version.document_id,
        version.id,
        chunk.ordinal,
        chunk.page,
        chunk.start,
        chunk.end,
    )
    return dict(zip(COLUMNS, values, strict=True))
