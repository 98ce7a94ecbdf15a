"""How well are all pages that answer the question ranked, not only the first?

Why: where an answer takes figures of two pages, a model needs both among those it is shown, and the
sooner the better. Each page that is found is discounted by its rank, and the sum is set against the
best possible order: nDCG@10 with binary relevance (Jarvelin & Kekalainen, "Cumulated gain-based
evaluation of IR techniques", ACM TOIS 20(4), 2002).

Blind spot: evidence is often one of several places that would do, and then the others' absence
lowers the score although nothing is missing.
"""

from collections.abc import Sequence
from math import log2

CUTOFF = 10


def ndcg(ranks: Sequence[int], n_evidence: int, cutoff: int = CUTOFF) -> float:
    """Discounted gain over distinct pages, over that of the best order; 0 to 1.

    Args:
        ranks: of the evidence pages that were found, from 1.
        n_evidence: how many evidence pages there are.
        cutoff: pages below it count as not found.
    """
    best = sum(_discounted(rank) for rank in range(1, min(n_evidence, cutoff) + 1))
    return sum(_discounted(rank) for rank in ranks if rank <= cutoff) / best


def _discounted(rank: int) -> float:
    return 1 / log2(rank + 1)
