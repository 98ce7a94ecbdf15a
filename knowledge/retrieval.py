"""Finds the passages that a question is answered from."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from itertools import zip_longest
from uuid import UUID

from langchain_core.embeddings import Embeddings

from core.errors import InvalidInputError
from core.principal import Permission, Principal
from knowledge.passages import Passage
from knowledge.query.analysis import Company, Query, analyse
from knowledge.query.routing import Route, route
from knowledge.redaction.masking import masked
from knowledge.search.duplicates import duplicates_last
from knowledge.search.ranking import Scored, Weights, rank
from knowledge.search.reranking import RERANKED, Reranker
from storage.chunk_search import ChunkSearch, Key, PassageRow, Scope
from storage.database import Database
from storage.filings import Filing

NEAREST, WORDIEST, STATEMENTS = 60, 60, 60
"""Candidates that each search brings."""
FIT_DOCUMENTS = 8
"""In a large store, words are looked for in the filings that fit best and are nearest."""


class Retriever:
    """Searches the principal's documents in their current versions, or those of a time."""

    def __init__(
        self, database: Database, embeddings: Embeddings, reranker: Reranker | None = None
    ) -> None:
        self._database = database
        self._embeddings = embeddings
        self._reranker = reranker
        self.weights = Weights()

    async def search(
        self,
        principal: Principal,
        query: str,
        *,
        limit: int = 8,
        document_ids: Sequence[UUID] | None = None,
        as_of: datetime | None = None,
    ) -> list[Passage]:
        """Passages that answer a question, best first.

        Args:
            principal: on whose behalf.
            query: any text.
            limit: at most so many.
            document_ids: search only these documents; None for all.
            as_of: search the versions that were current then; None for now.

        Raises:
            PermissionDeniedError: without `query:document`.
            NotFoundError: a document doesn't exist.
        """
        principal.require(Permission.QUERY_DOCUMENT)
        written = query.encode("utf-8", "replace").decode()  # lone surrogates are no text
        query = await asyncio.to_thread(masked, written)
        if not query.strip():
            raise InvalidInputError("The query is empty: name what to look for.")
        async with self._database.psycopg_transaction(principal) as connection:
            search = ChunkSearch(connection)
            parts = route(analyse(query), await search.filings(document_ids, as_of))
            asked = analyse(query, _companies(parts))
            vector = await self._embed(asked.text)
            ranked = [await self._ranked(search, asked, vector, part) for part in parts]
            chosen = _in_turn(ranked)[: max(limit, RERANKED) if self._reranker else limit]
            rows = await search.passages([each.candidate.key for each in chosen])
        filings = {each.filing.version_id: each.filing for part in parts for each in part}
        passages = [
            _passage(filings[each.candidate.version_id], each, row)
            for each, row in zip(chosen, rows, strict=True)
        ]
        return (await self._reranked(query, passages))[:limit]

    async def _reranked(self, question: str, passages: list[Passage]) -> list[Passage]:
        if self._reranker is None or not passages:
            return passages
        best = passages[:RERANKED]
        scores = await self._reranker.scores(question, [passage.text for passage in best])
        if scores is None:
            return passages
        order = sorted(range(len(best)), key=scores.__getitem__, reverse=True)
        read = [
            best[at].model_copy(update={"why": best[at].why | {"reranker": scores[at]}})
            for at in order
        ]
        return read + passages[RERANKED:]

    async def _embed(self, text: str) -> str:
        """The query's vector as Postgres reads it."""
        vector = await self._embeddings.aembed_query(text)
        return "[" + ",".join(f"{value:.6g}" for value in vector) + "]"

    async def _ranked(
        self, search: ChunkSearch, asked: Query, vector: str, routes: Sequence[Route]
    ) -> list[Scored]:
        scope = _scope(routes)
        nearest = await search.nearest(scope, vector, NEAREST)
        near = scope if scope.is_small else _scope(_closest(routes, nearest))
        texts = [phrase.text for phrase in asked.phrases]
        weights = [phrase.weight for phrase in asked.phrases]
        wordiest = await search.wordiest(near, texts, weights, WORDIEST) if texts else []
        names = [statement.value for statement in asked.statements]
        stated = await search.statements(near, names, STATEMENTS) if names else []
        keys = list(dict.fromkeys([*nearest, *wordiest, *stated]))
        candidates = await search.candidates(keys, vector, texts)
        fits = {each.filing.version_id: each.fit for each in routes}
        return rank(asked, candidates, wordiest, fits, self.weights)


def _companies(parts: Sequence[Sequence[Route]]) -> tuple[Company, ...]:
    """The names to leave out of the search: those of the companies that it is narrowed to."""
    filings = [each.filing for part in parts for each in part if each.is_named]
    names = ((each.facts.company, each.facts.ticker, each.name) for each in filings)
    return tuple(dict.fromkeys(names))


def _scope(routes: Sequence[Route]) -> Scope:
    return Scope(
        tuple(each.filing.version_id for each in routes),
        sum(each.filing.chunks for each in routes),
    )


def _closest(routes: Sequence[Route], nearest: Sequence[Key]) -> list[Route]:
    """The filings that fit best, then those with most of the nearest chunks."""
    counts = Counter(version_id for version_id, _ in nearest)
    ordered = sorted(routes, key=lambda each: (-each.fit, -counts[each.filing.version_id]))
    return ordered[:FIT_DOCUMENTS]


def _in_turn(ranked: Sequence[Sequence[Scored]]) -> list[Scored]:
    """The best of each part of a comparison, then the second best of each, ..."""
    turns = zip_longest(*(_one_a_passage(duplicates_last(scored)) for scored in ranked))
    return [each for turn in turns for each in turn if each is not None]


def _one_a_passage(scored: Sequence[Scored]) -> list[Scored]:
    """The best chunk of each stretch that a reader would be handed."""
    best: dict[tuple[UUID, int, int], Scored] = {}
    for each in scored:
        found = each.candidate
        best.setdefault((found.version_id, found.page, found.passage_start), each)
    return list(best.values())


def _passage(filing: Filing, scored: Scored, row: PassageRow) -> Passage:
    found = scored.candidate
    return Passage(
        chunk_id=row.chunk_id,
        document_id=filing.document_id,
        document_version_id=filing.version_id,
        document=filing.name,
        headline=filing.facts.headline,
        version=filing.number,
        page=found.page,
        start=row.start,
        end=row.end,
        match_start=row.match_start,
        match_end=row.match_end,
        text=row.text,
        section=found.section,
        table=row.table_rows,
        score=scored.score,
        why=dict(scored.why),
    )
