"""The search alone: in the document that a question is about, and in all."""

import time
from collections.abc import Sequence
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from evals.evaluators.page_hit import CUTOFFS
from evals.examples import Example, PageRef
from evals.ranking import distinct_pages, evidence_ranks
from evals.store import Store
from evals.suite import Outcome
from knowledge.passages import Passage

PASSAGES = 40
"""Asked for first; doubled until they lie on enough distinct pages."""
MOST_PASSAGES = 640
PAGES = max(CUTOFFS)
"""Kept of each search."""
TEXTS = 5
"""Passages whose text is kept: about what a model reads for a question."""


class Ranked(BaseModel):
    """Distinct pages, best first, and the best passages' texts."""

    model_config = ConfigDict(frozen=True)

    pages: tuple[PageRef, ...] = ()
    texts: tuple[str, ...] = ()

    def ranks(self, example: Example) -> list[int]:
        return evidence_ranks(self.pages, example)


class Found(Outcome):
    """What two searches brought. A document that couldn't be read counts as a miss."""

    own_document: Ranked
    all_documents: Ranked


async def search(store: Store, example: Example) -> Found:
    """`seconds` are of the first search over all documents, which is the one a user waits for."""
    document_id = store.document_ids.get(example.document)
    own = await _ranked(store, example.question, [document_id] if document_id else [])
    start = time.perf_counter()
    first = await _search(store, example.question, store.scope)
    seconds = time.perf_counter() - start
    everywhere = await _ranked(store, example.question, store.scope, first)
    return Found(seconds=round(seconds, 4), own_document=own, all_documents=everywhere)


async def _ranked(
    store: Store,
    query: str,
    document_ids: Sequence[UUID] | None,
    passages: list[Passage] | None = None,
) -> Ranked:
    found = passages or await _search(store, query, document_ids)
    limit = PASSAGES
    while len(pages := distinct_pages(found)) < PAGES and limit < MOST_PASSAGES:
        limit *= 2
        found = await _search(store, query, document_ids, limit)
    texts = tuple(each.text for each in found[:TEXTS])
    return Ranked(pages=tuple(pages[:PAGES]), texts=texts)


async def _search(
    store: Store, query: str, document_ids: Sequence[UUID] | None, limit: int = PASSAGES
) -> list[Passage]:
    if document_ids is not None and not document_ids:
        return []
    return await store.runtime.retriever.search(
        store.principal, query, limit=limit, document_ids=document_ids
    )
