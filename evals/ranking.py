"""Pages in the order in which a search found them."""

from collections.abc import Iterable, Sequence

from evals.examples import Example, PageRef
from knowledge.passages import Passage


def distinct_pages(passages: Iterable[Passage]) -> list[PageRef]:
    """Each page once, where its best passage stands."""
    return list(dict.fromkeys(PageRef(each.document, each.page) for each in passages))


def evidence_ranks(pages: Sequence[PageRef], example: Example) -> list[int]:
    """The ranks, from 1, at which evidence pages stand; those that weren't found are left out."""
    return [rank for rank, page in enumerate(pages, start=1) if page in example.evidence]
