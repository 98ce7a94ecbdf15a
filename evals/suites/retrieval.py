"""Does search find the page that answers the question, in its own filing and among all of them?"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from uuid import UUID

from rich.console import Console

from evals.datasets import Dataset, Example
from evals.evaluators.document_hit import document_hit
from evals.evaluators.page_hit import CUTOFFS, page_hit
from evals.evaluators.reciprocal_rank import CUTOFF, reciprocal_rank
from evals.progress import watched
from evals.ranking import PageRef, distinct_pages, evidence_ranks
from evals.report import Metric, Report, mean
from evals.store import Store

PASSAGES = 40
"""Asked for first; doubled until they lie on enough distinct pages."""
MOST_PASSAGES = 640


@dataclass(frozen=True)
class Found:
    """What one search brought."""

    ranks: tuple[int, ...]
    document_hit: float
    seconds: float
    """Of the first search, which is the one that a user waits for."""


async def retrieval(store: Store, dataset: Dataset, console: Console) -> Report:
    """Search twice for each example: in its own document, and in all."""
    own: list[Found] = []
    everywhere: list[Found] = []
    await _search(store, "warm-up", store.scope)  # loads the embedding model
    for example in watched(dataset.examples, "Retrieving", console):
        document_id = store.document_ids.get(example.document)
        own.append(await _find(store, example, [document_id] if document_id else []))
        everywhere.append(await _find(store, example, store.scope))
    hit = {"document_hit@1": mean(found.document_hit for found in everywhere)}
    seconds = [found.seconds for found in (*own, *everywhere)]
    return Report(
        "retrieval",
        dataset.name,
        {"own_document": _metrics(own), "all_documents": _metrics(everywhere) | hit},
        [
            {
                "id": example.id,
                "ranks": {"own_document": [*near.ranks], "all_documents": [*far.ranks]},
            }
            for example, near, far in zip(dataset.examples, own, everywhere, strict=True)
        ],
        {
            "seconds_per_query_p50": round(median(seconds), 4),
            "failed_documents": sorted(store.failures),
        },
    )


async def _find(store: Store, example: Example, document_ids: Sequence[UUID] | None) -> Found:
    """A document that couldn't be read counts as a miss."""
    start = time.perf_counter()
    pages = await _search(store, example.question, document_ids)
    seconds = time.perf_counter() - start
    limit = PASSAGES
    while len(pages) < CUTOFF and limit < MOST_PASSAGES:
        limit *= 2
        pages = await _search(store, example.question, document_ids, limit)
    ranks = evidence_ranks(pages, example)
    return Found(tuple(ranks), document_hit(pages, example.document), seconds)


async def _search(
    store: Store, query: str, document_ids: Sequence[UUID] | None, limit: int = PASSAGES
) -> list[PageRef]:
    if document_ids is not None and not document_ids:
        return []
    return distinct_pages(
        await store.runtime.retriever.search(
            store.principal, query, limit=limit, document_ids=document_ids
        )
    )


def _metrics(found: Sequence[Found]) -> dict[str, Metric]:
    hits = {f"page_hit@{k}": mean(page_hit(each.ranks, k) for each in found) for k in CUTOFFS}
    return {
        "n": len(found),
        **hits,
        f"mrr@{CUTOFF}": mean(reciprocal_rank(each.ranks) for each in found),
    }
