"""The queries that search is made of, each bound to one organization by row-level security."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import DictRow, class_row, tuple_row

from storage.filings import Filing, FilingFacts, unknown_document
from storage.publications import CURRENT_AT

EXACT_CHUNKS = 25_000
"""Up to so many, every vector of a scope is compared. Beyond, the HNSW index is walked: quick, but
it finds too little where the scope is a small part of a large table."""
EF_SEARCH = 100
PASSAGE_CHUNKS = 64
"""No passage is cut into more; so the other chunks of a filing needn't be looked at."""
MAX_SCAN_TUPLES = 200_000
"""After which a walk that the filter keeps refusing gives up."""

Key = tuple[UUID, int]
"""A chunk: its version and its ordinal."""


@dataclass(frozen=True)
class Scope:
    """Where to search: versions, and how many chunks they have in all."""

    version_ids: tuple[UUID, ...]
    chunks: int

    @property
    def is_small(self) -> bool:
        return self.chunks <= EXACT_CHUNKS


class Candidate(NamedTuple):
    """A chunk that may answer, with what ranking looks at."""

    version_id: UUID
    ordinal: int
    page: int
    section: str
    statement: str | None
    is_table: bool
    passage_start: int
    passage_end: int
    similarity: float
    """Cosine to the query, -1 to 1."""
    phrases: list[int]
    """Which of the query's phrases it holds, from 1."""

    @property
    def key(self) -> Key:
        return self.version_id, self.ordinal


class Holding(NamedTuple):
    """A chunk that prints something."""

    version_id: UUID
    ordinal: int
    page: int
    section: str

    @property
    def key(self) -> Key:
        return self.version_id, self.ordinal


@dataclass(frozen=True)
class PassageRow:
    """What a reader is handed for a chunk."""

    version_id: UUID
    ordinal: int
    chunk_id: UUID
    start: int
    end: int
    match_start: int
    match_end: int
    text: str
    table_rows: str | None


class ChunkSearch:
    """Queries over one connection, in a transaction that is bound to an organization."""

    def __init__(self, connection: AsyncConnection[DictRow]) -> None:
        self._connection = connection

    async def filings(
        self, document_ids: Sequence[UUID] | None, as_of: datetime | None = None
    ) -> list[Filing]:
        """What can be searched: the current versions, of these documents or of all.

        Args:
            document_ids: only these; None for all.
            as_of: instead, the versions that were current then.

        Raises:
            NotFoundError: names each document that doesn't exist.
        """
        cursor = self._connection.cursor(row_factory=tuple_row, binary=True)
        wanted = None if document_ids is None else list(document_ids)
        query, values = (FILINGS, {}) if as_of is None else (FILINGS_AS_OF, {"as_of": as_of})
        rows = await (await cursor.execute(query, {"documents": wanted} | values)).fetchall()
        unknown = set(document_ids or ()) - {document_id for document_id, *_ in rows}
        if unknown:
            raise unknown_document(*unknown)
        return [
            Filing(version_id, document_id, name, number, chunks, FilingFacts(*facts))
            for document_id, name, version_id, number, chunks, *facts in rows
            if version_id is not None
        ]

    async def nearest(self, scope: Scope, vector: str, limit: int) -> list[Key]:
        """The chunks whose vectors are nearest to a query's, best first."""
        if not scope.is_small:
            await self._connection.execute(WALK)
        cursor = self._connection.cursor(row_factory=tuple_row, binary=True)
        await cursor.execute(
            EXACT if scope.is_small else APPROXIMATE,
            {"versions": list(scope.version_ids), "vector": vector, "limit": limit},
            # Of a walk no kept plan: it would be taken whatever is set for this transaction.
            prepare=None if scope.is_small else False,
        )
        return [(version_id, ordinal) for version_id, ordinal in await cursor.fetchall()]

    async def wordiest(
        self, scope: Scope, phrases: Sequence[str], weights: Sequence[float], limit: int
    ) -> list[Key]:
        """The chunks that hold the rarest of a query's words, best first."""
        cursor = self._connection.cursor(row_factory=tuple_row, binary=True)
        await cursor.execute(
            WORDIEST,
            {
                "versions": list(scope.version_ids),
                "phrases": list(phrases),
                "weights": list(weights),
                "chunks": scope.chunks,
                "limit": limit,
            },
        )
        return [(version_id, ordinal) for version_id, ordinal in await cursor.fetchall()]

    async def statements(self, scope: Scope, names: Sequence[str], limit: int) -> list[Key]:
        """The chunks of primary statements."""
        cursor = self._connection.cursor(row_factory=tuple_row, binary=True)
        await cursor.execute(
            STATEMENTS,
            {"versions": list(scope.version_ids), "names": list(names), "limit": limit},
        )
        return [(version_id, ordinal) for version_id, ordinal in await cursor.fetchall()]

    async def candidates(
        self, keys: Sequence[Key], vector: str, phrases: Sequence[str]
    ) -> list[Candidate]:
        """What ranking looks at, in no order."""
        cursor = self._connection.cursor(row_factory=tuple_row, binary=True)
        await cursor.execute(
            CANDIDATES,
            {
                "versions": [version_id for version_id, _ in keys],
                "ordinals": [ordinal for _, ordinal in keys],
                "vector": vector,
                "phrases": list(phrases),
            },
        )
        return [Candidate(*row) for row in await cursor.fetchall()]

    async def holding(self, places: Sequence[tuple[UUID, int, int]]) -> list[Holding | None]:
        """The chunks that print what stands at places, in their order; None where none does.

        Args:
            places: version, page and offset in the page's text, each.
        """
        cursor = self._connection.cursor(row_factory=tuple_row, binary=True)
        await cursor.execute(
            HOLDING,
            {
                "versions": [version_id for version_id, _, _ in places],
                "pages": [page for _, page, _ in places],
                "offsets": [offset for _, _, offset in places],
            },
        )
        rows = await cursor.fetchall()
        return [None if each[1] is None else Holding(*each) for each in rows]

    async def passages(self, keys: Sequence[Key]) -> list[PassageRow]:
        """The stretches around chunks, in the order of the keys."""
        cursor = self._connection.cursor(row_factory=class_row(PassageRow))
        await cursor.execute(
            PASSAGES,
            {
                "around": PASSAGE_CHUNKS,
                "versions": [version_id for version_id, _ in keys],
                "ordinals": [ordinal for _, ordinal in keys],
            },
        )
        return await cursor.fetchall()


_FILINGS = """
select d.id, d.name, v.id, v.number, coalesce(v.chunk_count, 0), v.company, v.ticker, v.form,
       v.fiscal_year, v.fiscal_quarter, v.period_end
from documents d left join document_versions v on v.document_id = d.id and {chosen}
where %(documents)s::uuid[] is null or d.id = any(%(documents)s::uuid[])
order by d.name
"""
FILINGS = _FILINGS.format(chosen="v.status = 'current'")
FILINGS_AS_OF = _FILINGS.format(chosen=f"v.id = {CURRENT_AT}")
# The sum keeps the HNSW index, which orders by the bare distance, out of the plan.
EXACT = """
select document_version_id, ordinal from chunks
where document_version_id = any(%(versions)s)
order by (embedding <=> %(vector)s::halfvec) + 0 limit %(limit)s
"""
WALK = f"""
select set_config('hnsw.iterative_scan', 'strict_order', true),
       set_config('hnsw.ef_search', '{EF_SEARCH}', true),
       set_config('hnsw.max_scan_tuples', '{MAX_SCAN_TUPLES}', true),
       set_config('enable_seqscan', 'off', true),
       set_config('enable_bitmapscan', 'off', true),
       set_config('enable_sort', 'off', true)
"""
APPROXIMATE = """
select document_version_id, ordinal from chunks
where document_version_id = any(%(versions)s)
order by embedding <=> %(vector)s::halfvec limit %(limit)s
"""
WORDIEST = """
with wanted as (
    select lexeme, max(weight) as weight
    from unnest(%(phrases)s::text[], %(weights)s::float8[]) as p(phrase, weight),
         unnest(tsvector_to_array(finance_lexemes(phrase))) as lexeme
    group by lexeme
), found as (
    select document_version_id, lexeme, weight, ordinals, chunks
    from lexeme_postings join wanted using (lexeme)
    where organization_id = current_setting('app.organization_id')::uuid
      and document_version_id = any(%(versions)s)
), rarity as (
    select lexeme, ln(1 + %(chunks)s::float8 / sum(chunks)) as idf from found group by lexeme
)
select document_version_id, ordinal
from found join rarity using (lexeme), unnest(ordinals) as ordinal
group by document_version_id, ordinal
order by sum(weight * idf) desc, document_version_id, ordinal limit %(limit)s
"""
STATEMENTS = """
select document_version_id, ordinal from chunks
where document_version_id = any(%(versions)s) and statement = any(%(names)s) limit %(limit)s
"""
CANDIDATES = """
select c.document_version_id as version_id, c.ordinal, c.page, coalesce(c.section, '') as section,
       c.statement, c.table_rows is not null as is_table,
       coalesce(c.passage_start, c.start_offset) as passage_start,
       coalesce(c.passage_end, c.end_offset) as passage_end,
       1 - (c.embedding <=> %(vector)s::halfvec) as similarity,
       array(select at::int from unnest(queries) with ordinality as q(query, at)
             where c.lexemes @@ query) as phrases
from (select array(select finance_phrase(phrase) from unnest(%(phrases)s::text[]) as phrase)
     ) as asked(queries),
     unnest(%(versions)s::uuid[], %(ordinals)s::int[]) as wanted(version_id, ordinal)
     join chunks c on c.document_version_id = wanted.version_id and c.ordinal = wanted.ordinal
"""
HOLDING = """
select wanted.version_id, c.ordinal, wanted.page, coalesce(c.section, '')
from unnest(%(versions)s::uuid[], %(pages)s::int[], %(offsets)s::int[])
         with ordinality as wanted(version_id, page, at_offset, place)
     left join lateral (
        select ordinal, section from chunks
        where document_version_id = wanted.version_id and page = wanted.page
          and start_offset <= wanted.at_offset and end_offset > wanted.at_offset
        order by ordinal limit 1
     ) c on true
order by wanted.place
"""
PASSAGES = """
select c.document_version_id as version_id, c.ordinal, c.id as chunk_id,
       case when p.text is null then c.start_offset else c.passage_start end as start,
       case when p.text is null then c.end_offset else c.passage_end end as "end",
       c.start_offset as match_start, c.end_offset as match_end,
       coalesce(substr(p.text, c.passage_start + 1, c.passage_end - c.passage_start), c.content)
           as text,
       (select string_agg(t.table_rows, E'\\n' order by t.ordinal) from chunks t
        where t.document_version_id = c.document_version_id and t.page = c.page
          and t.ordinal between c.ordinal - %(around)s and c.ordinal + %(around)s
          and t.passage_start = c.passage_start and t.table_rows is not null) as table_rows
from unnest(%(versions)s::uuid[], %(ordinals)s::int[])
         with ordinality as wanted(version_id, ordinal, at)
     join chunks c on c.document_version_id = wanted.version_id and c.ordinal = wanted.ordinal
     left join pages p on p.document_version_id = c.document_version_id and p.number = c.page
order by wanted.at
"""
