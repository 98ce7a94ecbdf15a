"""A search among 100,000 chunks of one organization, against PGVectorStore's similarity search.

The plain way: PGVectorStore on a table of its own, k = 8, no tenancy, nearest vectors alone. First
as its manual and `from_documents` create it, which is without an index: every vector is compared.
Then with the HNSW index that the manual says how to add, which has no goal: it finds by vectors
alone, where ours, Retriever.search behind row security, also reads what the question names, looks
for its words, ranks, and hands out whole passages. Both sides get the same vectors; then each
embeds the question itself, the plain way on torch and ours on onnxruntime. Half of the questions
name a company and a year, as users do; half name neither.
"""

import asyncio
from collections.abc import Sequence
from itertools import count as count_from
from itertools import cycle

from langchain_core.vectorstores import VectorStore
from langchain_postgres.v2.indexes import HNSWIndex

from bench.embedding_process import load
from bench.filled_store import filled_store
from bench.invented import filings
from bench.measure import Comparison, Effort, Run, interleave, timed, wall
from bench.plain_store import fill, plain_engine, plain_store
from bench.precomputed import PrecomputedEmbeddings
from bench.questions import named, unnamed
from bench.statement_times import as_lines, statement_times
from core.principal import Principal
from knowledge.retrieval import Retriever

FILINGS, QUICK_FILINGS = 200, 20
ROUNDS, QUESTIONS, LIMIT = 30, 40, 8
GOALS = {"given vectors": 0.33, "embedding included": 0.40}
KINDS = {"named": named(4 * QUESTIONS), "unnamed": unnamed(4 * QUESTIONS)}


async def measure(effort: Effort) -> dict[str, Comparison]:
    count = QUICK_FILINGS if effort.quick else FILINGS
    found: dict[str, Comparison] = {}
    async with filled_store(count) as (store, principal), plain_engine(store.urls) as engine:
        sides = {
            "given vectors": (PrecomputedEmbeddings(QUESTIONS), PrecomputedEmbeddings(QUESTIONS)),
            "embedding included": (load("torch", store.folder), load("int8", store.folder)),
        }
        plain = {way: await plain_store(engine, each) for way, (each, _) in sides.items()}
        ours = {way: Retriever(store.database, each) for way, (_, each) in sides.items()}
        await asyncio.to_thread(fill, store.urls, filings(count))
        turn = count_from(0)
        for index in ("", ", HNSW"):
            if index:
                await plain["given vectors"].aapply_vector_index(HNSWIndex())
            for way in sides:
                first = next(turn) * QUESTIONS  # nothing has seen these questions yet
                for kind, questions in KINDS.items():
                    fresh = questions[first:][:QUESTIONS]
                    runs = _plain(plain[way], fresh), _ours(ours[way], principal, fresh)
                    goal = None if index else GOALS[way]
                    found[f"{kind}, {way}{index}"] = await _compare(runs, effort, goal)
    return found


async def _compare(runs: tuple[Run, Run], effort: Effort, goal: float | None) -> Comparison:
    rounds = effort.rounds(ROUNDS)
    with statement_times() as times:
        plain, ours = await interleave([timed(run, wall) for run in runs], rounds)
    print(as_lines(times))
    return Comparison(plain, ours, "ms wall p50", rounds, goal)


def _plain(store: VectorStore, questions: Sequence[str]) -> Run:
    asked = cycle(questions)

    async def run() -> None:
        assert len(await store.asimilarity_search(next(asked), k=LIMIT)) == LIMIT

    return run


def _ours(retriever: Retriever, principal: Principal, questions: Sequence[str]) -> Run:
    asked = cycle(questions)

    async def run() -> None:
        assert len(await retriever.search(principal, next(asked), limit=LIMIT)) == LIMIT

    return run
