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

from bench.filled_store import Store, filled_store, scratch_store
from bench.invented import CHUNKS_A_FILING, InventedFiling, filing, unit_vectors
from bench.measure import Arm, Bound, Comparison, Effort, percentile, take_turns
from core.principal import Principal
from storage.chunk_search import ChunkSearch, Key, Scope
from storage.filings import FilingFacts

CHUNKS, QUICK_CHUNKS = 100_000, 50_000
SHARES, REST, WHOLE = (1, 10, 50), 39, 100
"""Percent of a table's rows; the rest is only there to be in the way."""
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
    async with scratch_store(index=False) as store:
        tenants = [await _tenant(store, chunks * share // WHOLE) for share in (*SHARES, REST)]
        await store.build_index()
        for share, tenant in zip(SHARES, tenants, strict=False):
            found |= await _compare(store, tenant, effort, f"{share} %")
    async with filled_store(chunks // CHUNKS_A_FILING) as (store, principal):
        tenant = principal, await _everything(store, principal)
        found |= await _compare(store, tenant, effort, f"{WHOLE} %")
    return found


async def _tenant(store: Store, chunks: int) -> Tenant:
    principal = store.new_organization()
    versions = await store.fill(principal, _filings(chunks))
    return principal, Scope(tuple(versions), chunks)


async def _everything(store: Store, principal: Principal) -> Scope:
    async with store.database.psycopg_transaction(principal.organization_id) as connection:
        filings = await ChunkSearch(connection).filings(None)
    return Scope(tuple(each.version_id for each in filings), sum(each.chunks for each in filings))


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
    (plain_p50, plain_p95), (our_p50, our_p95) = [
        (percentile(times, 0.5), percentile(times, 0.95))
        for times in await take_turns(arms, rounds)
    ]
    plain, ours = map(mean, recalls)
    at_least, at_most = Bound.OURS_AT_LEAST, Bound.OURS_AT_MOST
    return {
        f"recall@10, {name}": Comparison(plain, ours, "found", rounds, RECALL_GOAL, at_least),
        f"p50, {name}": Comparison(plain_p50, our_p50, "ms wall", rounds),
        f"p95, {name}": Comparison(plain_p95, our_p95, "ms wall", rounds, P95_GOAL, at_most),
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
