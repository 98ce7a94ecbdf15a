"""Does the answer cite a page that answers the question?

Why: a right figure is worth little to an analyst whose citation leads elsewhere. This is retrieval
as the reader meets it, after the model chose what to search for and what to cite.

Blind spot: as with `page_hit`, another page may answer the question as well; and an answer that
cites everything it was shown scores well.
"""

from collections.abc import Iterable

from evals.examples import Example, PageRef


def cited_page_hit(cited: Iterable[PageRef], example: Example) -> float:
    """1 if a citation is on an evidence page, else 0."""
    return float(not example.evidence.isdisjoint(cited))
