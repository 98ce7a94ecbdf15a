"""Whether a search slows down as other organizations fill the same tables.

One organization of 5,000 chunks asks, in two stores at a time: in the baseline's others hold 10,000
chunks, in ours 100,000; with COPILOT_BENCH_LONG=1 also 1,000,000. Vectors are given, and half of
the questions name a company and a year. Both sides are ours: what is compared is the neighbours.
"""

from contextlib import AsyncExitStack
from itertools import cycle, islice

from bench.filled_store import filled_store
from bench.invented import CHUNKS_A_FILING, filings
from bench.measure import Arm, Comparison, Effort, interleave, wall
from bench.precomputed import PrecomputedEmbeddings
from bench.questions import named, unnamed
from knowledge.retrieval import Retriever

OWN, FEW, MANY, MOST = 10, 20, 200, 2000
"""Filings of 500 chunks: the one that asks has, and others have."""
QUICK_MANY = 40
ROUNDS, QUESTIONS, LIMIT = 100, 40, 8
KINDS = 2
"""A sample is a question that names a filing and one that doesn't."""
GOAL = 1.5


async def measure(effort: Effort) -> dict[str, Comparison]:
    many = [QUICK_MANY] if effort.quick else [MANY, MOST] if effort.long else [MANY]
    rounds = effort.rounds(ROUNDS)
    async with AsyncExitStack() as stack:
        arms = [await _search(stack, others) for others in (FEW, *many)]
        fewest, *more = await interleave(arms, rounds)
    return {
        f"{others * CHUNKS_A_FILING:,} chunks of others": Comparison(
            fewest, found, "ms wall p50", rounds, GOAL
        )
        for others, found in zip(many, more, strict=True)
    }


async def _search(stack: AsyncExitStack, others: int) -> Arm:
    store, _ = await stack.enter_async_context(filled_store(others))
    principal = store.new_organization()
    await store.fill(principal, filings(OWN))
    store.as_owner("vacuum analyze")
    retriever = Retriever(store.database, PrecomputedEmbeddings(QUESTIONS))
    pairs = zip(named(QUESTIONS), unnamed(QUESTIONS), strict=True)
    asked = cycle(question for pair in pairs for question in pair)

    async def arm() -> float:
        started = wall()
        for question in islice(asked, KINDS):
            assert await retriever.search(principal, question, limit=LIMIT)
        return (wall() - started) * 1000 / KINDS

    return arm
