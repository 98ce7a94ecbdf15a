"""Does search find the page that answers the question, in its own filing and among all of them?"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median
from uuid import UUID

from rich.console import Console

from evals.bootstrap import paired_bootstrap
from evals.datasets import Dataset
from evals.evaluators.document_hit import document_hit
from evals.evaluators.page_hit import CUTOFFS, page_hit
from evals.evaluators.reciprocal_rank import CUTOFF, reciprocal_rank
from evals.examples import Example, PageRef
from evals.plain_search import PlainSearch
from evals.progress import watched
from evals.ranking import distinct_pages, evidence_ranks
from evals.report import Metric, Report, Scores, by_id, mean
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


async def retrieval(
    store: Store, dataset: Dataset, console: Console, plain: PlainSearch | None = None
) -> Report:
    """Search twice for each example: in its own document, and in all.

    Args:
        store: holds the dataset's documents.
        dataset: what is asked.
        console: shows how far it is.
        plain: the baseline, to compare with example by example.
    """
    own: list[Found] = []
    everywhere: list[Found] = []
    await _search(store, "warm-up", store.scope)  # loads the embedding model
    for example in watched(dataset.examples, "Retrieving", console):
        document_id = store.document_ids.get(example.document)
        own.append(await _find(store, example, [document_id] if document_id else []))
        everywhere.append(await _find(store, example, store.scope))
    hit = {"document_hit@1": mean(found.document_hit for found in everywhere)}
    seconds = [found.seconds for found in (*own, *everywhere)]
    sections = {"own_document": _metrics(own), "all_documents": _metrics(everywhere) | hit}
    gains: dict[str, object] = {}
    if plain is not None:
        compared, gains = _compared(plain, dataset, own, everywhere)
        sections |= compared
    return Report(
        "retrieval",
        dataset.name,
        sections,
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
            **gains,
        },
        _scores(dataset, {"own_document": own, "all_documents": everywhere}),
    )


def _scores(dataset: Dataset, found: Mapping[str, Sequence[Found]]) -> Scores:
    ids = [example.id for example in dataset.examples]
    return {
        f"{section} {name}": by_id(ids, (score(each.ranks) for each in of))
        for section, of in found.items()
        for name, score in SCORES.items()
    }


def _compared(
    plain: PlainSearch, dataset: Dataset, own: Sequence[Found], everywhere: Sequence[Found]
) -> tuple[dict[str, dict[str, Metric]], dict[str, object]]:
    """The baseline's metrics, and how far ours are above them: mean and 95 % interval."""
    baseline = {
        "own_document": [_plain(plain, each, each.document) for each in dataset.examples],
        "all_documents": [_plain(plain, each, None) for each in dataset.examples],
    }
    ours = {"own_document": own, "all_documents": everywhere}
    metrics = {f"baseline_{name}": _metrics(found) for name, found in baseline.items()}
    gains = {f"gain_{name}": _gain(ours[name], found) for name, found in baseline.items()}
    return metrics, dict(gains)


def _plain(plain: PlainSearch, example: Example, document: str | None) -> Found:
    start = time.perf_counter()
    pages = plain.search(example.question, document)
    ranks = evidence_ranks(pages, example)
    return Found(tuple(ranks), document_hit(pages, example.document), time.perf_counter() - start)


def _gain(ours: Sequence[Found], theirs: Sequence[Found]) -> dict[str, list[float]]:
    gains: dict[str, list[float]] = {}
    for name, score in SCORES.items():
        gain = paired_bootstrap([score(f.ranks) for f in ours], [score(f.ranks) for f in theirs])
        gains[name] = [round(value, 3) for value in (gain.mean, gain.low, gain.high)]
    return gains


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


SCORES: Mapping[str, Callable[[Sequence[int]], float]] = {
    **{f"page_hit@{k}": partial(page_hit, k=k) for k in CUTOFFS},
    f"mrr@{CUTOFF}": reciprocal_rank,
}


def _metrics(found: Sequence[Found]) -> dict[str, Metric]:
    scores = {name: mean(score(each.ranks) for each in found) for name, score in SCORES.items()}
    return {"n": len(found), **scores}
