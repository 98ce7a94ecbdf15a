"""Is a page that answers the question among the k best pages?

Why pages: the annotators mark pages, and a reader who opens a citation lands on a page. Several
passages of one page count once (`evals.ranking.distinct_pages`), so that a finer cut of the filing
doesn't change the yardstick.

Blind spot: the evidence is often one of several places that answer the question (a note repeats the
statement's figure), so a miss is not always a wrong retrieval; and one hit is enough, even where
the answer needs figures of two pages.
"""

from collections.abc import Sequence

CUTOFFS = (1, 3, 5, 10)


def page_hit(ranks: Sequence[int], k: int) -> float:
    """1 if an evidence page is among the k best distinct pages, else 0.

    Args:
        ranks: of the evidence pages that were found, from 1.
        k: how many pages a reader would open.
    """
    return float(any(rank <= k for rank in ranks))
