"""A search among 100,000 chunks of one organization, against PGVectorStore's similarity search.

The plain way: PGVectorStore on a table of its own with an HNSW index over `vector(384)`, k = 8, no
tenancy, nearest vectors alone. Ours: Retriever.search behind row security, which also reads what
the question names, looks for its words, ranks, and hands out whole passages. Both get the same
vectors; then each embeds the question itself, the plain way on torch and ours on onnxruntime.
Half of the questions name a company and a year, as users do; half name neither.
"""

from collections.abc import Sequence
from itertools import cycle

from langchain_core.vectorstores import VectorStore

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
ROUNDS, QUESTIONS, LIMIT = 60, 80, 8
GOALS = {"given vectors": 0.33, "embedding included": 0.40}
KINDS = {"named": named(2 * QUESTIONS), "unnamed": unnamed(2 * QUESTIONS)}


async def measure(effort: Effort) -> dict[str, Comparison]:
    count = QUICK_FILINGS if effort.quick else FILINGS
    async with filled_store(count) as (store, principal), plain_engine(store.urls) as engine:
        sides = {
            "given vectors": (PrecomputedEmbeddings(QUESTIONS), PrecomputedEmbeddings(QUESTIONS)),
            "embedding included": (load("torch", store.folder), load("int8", store.folder)),
        }
        plain = [await plain_store(engine, embeddings) for embeddings, _ in sides.values()]
        await fill(plain[0], store.urls, filings(count))
        found = {}
        for at, (way, (_, ours)) in enumerate(sides.items()):
            retriever = Retriever(store.database, ours)
            for kind, questions in KINDS.items():
                fresh = questions[at * QUESTIONS :][:QUESTIONS]  # nothing has seen them yet
                runs = _plain(plain[at], fresh), _ours(retriever, principal, fresh)
                found[f"{kind}, {way}"] = await _compare(runs, effort, GOALS[way])
    return found


async def _compare(runs: tuple[Run, Run], effort: Effort, goal: float) -> Comparison:
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
