"""Looking figures up in a table of a million that several organizations share.

The plain way is one query, `concept = any(...) or words @> ...`, over the same table with a GIN
index on `words`, which row-level security keeps the planner from using. Ours is
FigureSearch.candidates. Either side is asked for a concept and, beside it, for three words of a
row; within one company's five filings, and within all documents of an organization that owns 1 %
or half of the table. Times are the milliseconds inside of the transaction, rows read as figures.
"""

import random
import time
from collections.abc import Iterator
from itertools import cycle
from uuid import UUID, uuid4

from psycopg import AsyncConnection
from psycopg.rows import DictRow

from bench.filled_store import Store, scratch_store
from bench.invented_figures import COMMON, CONCEPTS, FIGURES_A_FILING, figures_of_a_filing
from bench.measure import Arm, Bound, Comparison, Effort, percentile, take_turns
from core.principal import Principal
from storage.chunks import ChunkRepository, NewPage
from storage.documents import DocumentRepository, NewVersion
from storage.figures.columns import to_figure
from storage.figures.figure import Figure, FoundFigure
from storage.figures.search import SELECT, FigureSearch

FIGURES, QUICK_FIGURES = 1_000_000, 100_000
SHARES, REST, WHOLE = (1, 50), 49, 100
"""Percent of the table's rows; the rest is only there to be in the way."""
COMPANY_FILINGS, LIMIT, ROUNDS, P50_GOAL = 5, 2000, 30, 10.0
GIN = "create index figures_words on figures using gin (words)"
PLAIN = SELECT.format(
    source="figures f",
    rest="""
where f.document_version_id = any(%(versions)s)
  and (f.concept = any(%(concepts)s) or f.words @> %(words)s::text[])
limit %(limit)s
""",
)
Question = tuple[list[UUID], list[str], list[str]]
"""Versions, concepts, words."""
Tenant = tuple[Principal, list[UUID]]
Connection = AsyncConnection[DictRow]


async def measure(effort: Effort) -> dict[str, Comparison]:
    found: dict[str, Comparison] = {}
    filings = (QUICK_FIGURES if effort.quick else FIGURES) // FIGURES_A_FILING
    async with scratch_store(index=False) as store:
        tenants = [
            await _tenant(store, max(1, filings * share // WHOLE)) for share in (*SHARES, REST)
        ]
        store.as_owner(GIN, "vacuum analyze")
        for share, (principal, versions) in zip(SHARES, tenants, strict=False):
            for scope, size in (("a company", COMPANY_FILINGS), ("all documents", len(versions))):
                name = f"{scope} of {share} %"
                found |= await _compare(store, (principal, versions), size, effort, name)
    return found


async def _tenant(store: Store, filings: int) -> Tenant:
    principal = store.new_organization()
    return principal, [await _publish(store, principal, seed) for seed in range(filings)]


async def _publish(store: Store, principal: Principal, seed: int) -> UUID:
    figures = list(figures_of_a_filing(seed))
    documents = DocumentRepository(store.database)
    version, _ = await documents.accept(
        principal, NewVersion(f"{uuid4()}.pdf", uuid4().hex * 2, 1, figures[-1].page, ())
    )
    pages = [NewPage(page, 612, 792, "", "{}") for page in {each.page for each in figures}]
    ids = (principal, version.document_id, version.id)
    await ChunkRepository(store.database).load(*ids, [], pages, figures=figures)
    await documents.publish(principal, version.id, [])
    return version.id


async def _compare(
    store: Store, tenant: Tenant, size: int, effort: Effort, name: str
) -> dict[str, Comparison]:
    arms = [_arm(store, tenant, size, plain=plain) for plain in (True, False)]
    rounds = effort.rounds(ROUNDS)
    plain, ours = await take_turns(arms, rounds)
    at_most = Bound.OURS_AT_MOST
    return {
        f"p50, {name}": Comparison(
            percentile(plain, 0.5), percentile(ours, 0.5), "ms wall", rounds, P50_GOAL, at_most
        ),
        f"p95, {name}": Comparison(
            percentile(plain, 0.95), percentile(ours, 0.95), "ms wall", rounds
        ),
    }


def _arm(store: Store, tenant: Tenant, size: int, *, plain: bool) -> Arm:
    principal, versions = tenant
    questions = cycle(list(_questions(versions, size)))
    search = _plain if plain else _ours

    async def arm() -> float:
        question = next(questions)
        async with store.database.psycopg_transaction(principal) as connection:
            started = time.perf_counter()
            await search(connection, question)
            return (time.perf_counter() - started) * 1000

    return arm


def _questions(versions: list[UUID], size: int) -> Iterator[Question]:
    """The same on either side."""
    chance = random.Random(size)  # noqa: S311  # no secret
    for seed in range(ROUNDS):
        asked = chance.choice(list(figures_of_a_filing(seed % len(versions))))
        words = [word for word in asked.words if word not in COMMON][:3]
        start = chance.randrange(max(1, len(versions) - size + 1))
        yield versions[start : start + size], [chance.choice(CONCEPTS)], words


async def _ours(connection: Connection, question: Question) -> list[FoundFigure]:
    versions, concepts, words = question
    search = FigureSearch(connection)
    return await search.candidates(versions, concepts=concepts, words=words, limit=LIMIT)


async def _plain(connection: Connection, question: Question) -> list[Figure]:
    versions, concepts, words = question
    values = {"versions": versions, "concepts": concepts, "words": words, "limit": LIMIT}
    cursor = await connection.execute(PLAIN, values, binary=True)
    return [to_figure(row) for row in await cursor.fetchall()]
