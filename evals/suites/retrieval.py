"""Does search find the pages that answer the question, in its own filing and among all of them?"""

from collections.abc import Callable
from functools import partial

from evals.evaluators.document_hit import document_hit
from evals.evaluators.ndcg import CUTOFF as NDCG_CUTOFF
from evals.evaluators.ndcg import ndcg
from evals.evaluators.page_hit import page_hit
from evals.evaluators.reciprocal_rank import CUTOFF as MRR_CUTOFF
from evals.evaluators.reciprocal_rank import reciprocal_rank
from evals.evaluators.token_recall import token_recall
from evals.examples import Example
from evals.suite import Evaluator, Metric, Suite
from evals.targets.searching import TEXTS, Found, Ranked, search

Of = Callable[[Found], Ranked]


def _own(found: Found) -> Ranked:
    return found.own_document


def _all(found: Found) -> Ranked:
    return found.all_documents


def _on_ranks(score: Callable[[list[int]], float], of: Of) -> Evaluator[Found]:
    def evaluator(example: Example, found: Found) -> float | None:
        return score(of(found).ranks(example)) if _applies(example, of) else None

    return evaluator


def _ndcg(of: Of) -> Evaluator[Found]:
    def evaluator(example: Example, found: Found) -> float | None:
        if not _applies(example, of):
            return None
        there = [page for page in example.evidence if of is _all or page[0] == example.document]
        return ndcg(of(found).ranks(example), len(there))

    return evaluator


def _token_recall(of: Of) -> Evaluator[Found]:
    def evaluator(example: Example, found: Found) -> float | None:
        if not _applies(example, of):
            return None
        return token_recall(example.evidence_texts, of(found).texts)

    return evaluator


def _document_hit(example: Example, found: Found) -> float | None:
    return document_hit(found.all_documents.pages, example.document) if example.document else None


def _applies(example: Example, of: Of) -> bool:
    """Not where no page answers, nor in one document where it takes several."""
    return bool(example.evidence) and (of is _all or bool(example.document))


def _metrics(of: Of, floors: dict[str, float]) -> dict[str, Metric[Found]]:
    def metric(name: str, evaluator: Evaluator[Found]) -> Metric[Found]:
        return Metric(evaluator, at_least=floors.get(name), is_compared=True)

    on_ranks: dict[str, Callable[[list[int]], float]] = {
        **{f"page_hit@{k}": partial(page_hit, k=k) for k in (1, 3, 5, 10)},
        f"mrr@{MRR_CUTOFF}": reciprocal_rank,
    }
    return {
        **{name: metric(name, _on_ranks(score, of)) for name, score in on_ranks.items()},
        f"ndcg@{NDCG_CUTOFF}": metric(f"ndcg@{NDCG_CUTOFF}", _ndcg(of)),
        f"token_recall@{TEXTS}": metric(f"token_recall@{TEXTS}", _token_recall(of)),
    }


RETRIEVAL = Suite(
    name="retrieval",
    about="Whether search finds the pages that answer the question.",
    target=search,
    outcome=Found,
    sections={
        "own_document": _metrics(
            _own, {"page_hit@1": 0.80, "page_hit@5": 0.97, "page_hit@10": 0.98, "mrr@10": 0.87}
        ),
        "all_documents": {
            **_metrics(_all, {"page_hit@5": 0.97, "page_hit@10": 0.97, "mrr@10": 0.87}),
            "document_hit@1": Metric(_document_hit, at_least=0.93, is_compared=True),
        },
    },
    asks_models=False,
)
