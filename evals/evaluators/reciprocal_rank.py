"""How far down is the first page that answers the question?

Why reciprocal: a model reads passages in order and within a budget, so that the step from rank 1 to
2 costs more than the one from 9 to 10. Averaged over examples it is MRR@10 (Voorhees, "The TREC-8
Question Answering Track Report", 1999), over distinct pages.

Blind spot: only the first evidence page counts; an answer that needs a second one far down scores
as if it were complete.
"""

from collections.abc import Sequence

CUTOFF = 10


def reciprocal_rank(ranks: Sequence[int], cutoff: int = CUTOFF) -> float:
    """1 / rank of the best evidence page, 0 if none is among the `cutoff` best distinct pages.

    Args:
        ranks: of the evidence pages that were found, from 1.
        cutoff: pages below it count as not found.
    """
    best = min(ranks, default=cutoff + 1)
    return 1 / best if best <= cutoff else 0.0
