"""Does the best passage come from the filing that the question is about?

Why: companies' filings of neighbouring years say nearly the same, so a search over all of them can
be right about the row and wrong about the company or the year. That error looks well sourced.

Blind spot: a later filing prints the earlier year's figure too. Quoting it is right, or even better
after a restatement, and counts as a miss.
"""

from collections.abc import Sequence

from evals.examples import PageRef


def document_hit(pages: Sequence[PageRef], document: str) -> float:
    """1 if the first page is the document's, else 0; 0 where nothing was found."""
    return float(bool(pages) and pages[0].document == document)
