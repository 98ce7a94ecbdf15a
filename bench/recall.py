"""What a nearest-neighbour search finds for an organization that owns a part of a shared table.

The plain way is what any library does on a table behind row-level security: the app's role, the
organization bound, `order by embedding <=> query limit 10`, the extension's own settings and the
planner's own choice. Ours is ChunkSearch.nearest. Recall is the share of the ten nearest, by an
exact scan, that come back: the mean over the queries. Times are of the same queries, in turns. The
table holds 100,000 chunks, as wide as a filing's; other organizations own the rest.
"""

import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from itertools import cycle
from statistics import mean

from psycopg import AsyncConnection
from psycopg.rows import DictRow, tuple_row

from bench.filled_store import Store, scratch_store
from bench.invented import InventedFiling, filing, unit_vectors
from bench.measure import Arm, Bound, Comparison, Effort, percentile, take_turns
from core.principal import Principal
from storage.chunk_search import ChunkSearch, Key, Scope
from storage.filings import FilingFacts

CHUNKS, QUICK_CHUNKS, CHUNKS_A_FILING = 100_000, 20_000, 100
TABLES = ((1, 10, 50, 39), (100,))
"""Percent of a table's rows that each of its organizations owns."""
MEASURED = (1, 10, 50, 100)
QUERIES, LIMIT, SEED = 100, 10, 5
RECALL_GOAL, P95_GOAL = 0.99, 30.0
SETTINGS = """
select set_config('hnsw.iterative_scan', 'off', true), set_config('hnsw.ef_search', '40', true)
"""
PLAIN = """
select document_version_id, ordinal from chunks order by (embedding <=> %s::halfvec) limit %s
"""
EXACT = PLAIN.replace("halfvec)", "halfvec) + 0")
Tenant = tuple[Principal, Scope]
Example = tuple[str, set[Key]]
"""A query's vector, and what is truly nearest."""
Connection = AsyncConnection[DictRow]
Search = Callable[[Connection, Scope, str], Awaitable[list[Key]]]


async def measure(effort: Effort) -> dict[str, Comparison]:
    found: dict[str, Comparison] = {}
    chunks = QUICK_CHUNKS if effort.quick else CHUNKS
    for shares in TABLES:
        async with scratch_store(index=False) as store:
            tenants = [await _tenant(store, chunks * share // 100) for share in shares]
            await store.build_index()
            for share, tenant in zip(shares, tenants, strict=True):
                if share in MEASURED:
                    found |= await _compare(store, tenant, effort, f"{share} %")
    return found


async def _tenant(store: Store, chunks: int) -> Tenant:
    principal = store.new_organization()
    versions = await store.fill(principal, _filings(chunks))
    return principal, Scope(tuple(versions), chunks)


def _filings(chunks: int) -> Iterator[InventedFiling]:
    """Hardly a word is indexed: no vector search reads lexemes, and making them takes longest."""
    for at in range(chunks // CHUNKS_A_FILING):
        made = filing(FilingFacts(), CHUNKS_A_FILING, seed=chunks + at)
        slim = [replace(chunk, table_rows="x") for chunk in made.chunks]
        yield replace(made, name=f"{at}.pdf", chunks=slim, pages=[])


async def _compare(
    store: Store, tenant: Tenant, effort: Effort, name: str
) -> dict[str, Comparison]:
    queries = [str(vector.tolist()) for vector in unit_vectors(QUERIES, SEED)]
    found = [await _searched(store, tenant, _exact, query) for query in queries]
    examples = [(query, set(keys)) for query, (keys, _) in zip(queries, found, strict=True)]
    recalls: tuple[list[float], list[float]] = ([], [])
    arms = [
        _arm(store, tenant, search, examples, noted)
        for search, noted in zip((_plain, _ours), recalls, strict=True)
    ]
    rounds = effort.rounds(QUERIES)
    times = await take_turns(arms, rounds)
    plain, ours = map(mean, recalls)
    return {
        f"recall@10, {name}": Comparison(
            plain, ours, "share found", rounds, RECALL_GOAL, Bound.OURS_AT_LEAST
        ),
        f"p50, {name}": Comparison(*(percentile(each, 0.5) for each in times), "ms wall", rounds),
        f"p95, {name}": Comparison(
            *(percentile(each, 0.95) for each in times),
            "ms wall",
            rounds,
            P95_GOAL,
            Bound.OURS_AT_MOST,
        ),
    }


def _arm(
    store: Store, tenant: Tenant, search: Search, examples: list[Example], recalls: list[float]
) -> Arm:
    """Notes each recall in `recalls`."""
    turns = cycle(examples)

    async def run() -> float:
        query, wanted = next(turns)
        keys, milliseconds = await _searched(store, tenant, search, query)
        recalls.append(len(wanted.intersection(keys)) / len(wanted))
        return milliseconds

    return run


async def _searched(
    store: Store, tenant: Tenant, search: Search, query: str
) -> tuple[list[Key], float]:
    """Returns: what was found, and the milliseconds inside of the transaction."""
    principal, scope = tenant
    async with store.database.psycopg_transaction(principal.organization_id) as connection:
        started = time.perf_counter()
        keys = await search(connection, scope, query)
        return keys, (time.perf_counter() - started) * 1000


async def _ours(connection: Connection, scope: Scope, query: str) -> list[Key]:
    return await ChunkSearch(connection).nearest(scope, query, LIMIT)


async def _plain(connection: Connection, scope: Scope, query: str) -> list[Key]:  # noqa: ARG001  # it knows of none
    await connection.execute(SETTINGS)
    cursor = connection.cursor(row_factory=tuple_row)
    return [(version, at) async for version, at in await cursor.execute(PLAIN, (query, LIMIT))]


async def _exact(connection: Connection, scope: Scope, query: str) -> list[Key]:  # noqa: ARG001  # all it has
    cursor = connection.cursor(row_factory=tuple_row)
    return [(version, at) async for version, at in await cursor.execute(EXACT, (query, LIMIT))]
