"""Looks figures up, over one connection in a transaction that is bound to an organization."""

from collections.abc import Sequence
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import DictRow

from storage.figures.columns import SELECTED, to_figure
from storage.figures.figure import FoundFigure


class FigureSearch:
    """Finds candidates; which of them is the one that was asked for isn't decided here."""

    def __init__(self, connection: AsyncConnection[DictRow]) -> None:
        self._connection = connection

    async def candidates(
        self,
        version_ids: Sequence[UUID],
        *,
        concepts: Sequence[str] = (),
        words: Sequence[str] = (),
        limit: int,
    ) -> list[FoundFigure]:
        """Figures of one of the concepts, then those that are found by all of the words.

        Args:
            version_ids: of which document versions.
            concepts: canonical names: `Revenues`.
            words: stems; none finds nothing by words.
            limit: the most figures to return. Those of primary statements come first, so a result
                of this length may leave others out.
        """
        found: list[FoundFigure] = []
        if concepts:
            values = {"versions": list(version_ids), "concepts": list(concepts), "limit": limit}
            found = await self._found(OF_CONCEPTS, values)
        if words and len(found) < limit:
            seen = {each.id for each in found}
            by_words = await self._with_words(version_ids, words, len(set(words)), limit)
            found += [each for each in by_words if each.id not in seen]
        return found[:limit]

    async def with_any_word(
        self, version_ids: Sequence[UUID], words: Sequence[str], *, limit: int
    ) -> list[FoundFigure]:
        """Those found by most of the words first."""
        return await self._with_words(version_ids, words, 1, limit)

    async def by_ids(self, ids: Sequence[UUID]) -> list[FoundFigure]:
        """In the order of the ids; those that aren't there are left out."""
        return await self._found(BY_IDS, {"ids": list(ids)})

    async def _with_words(
        self, version_ids: Sequence[UUID], words: Sequence[str], least: int, limit: int
    ) -> list[FoundFigure]:
        values = {
            "versions": list(version_ids),
            "words": list(set(words)),
            "least": least,
            "limit": limit,
        }
        return await self._found(WITH_WORDS, values)

    async def _found(self, query: str, values: dict[str, object]) -> list[FoundFigure]:
        cursor = await self._connection.execute(query, values, binary=True)
        return [
            FoundFigure(
                row["figure_id"],
                row["document_id"],
                row["version_id"],
                row["document"],
                to_figure(row),
            )
            for row in await cursor.fetchall()
        ]


SELECT = f"""
select f.id as figure_id, f.document_id, f.document_version_id as version_id, d.name as document,
       {SELECTED}
from {{source}} join documents d on d.id = f.document_id
{{rest}}
"""  # noqa: S608  # our own words
OF_CONCEPTS = SELECT.format(
    source="figures f",
    rest="""
where f.document_version_id = any(%(versions)s) and f.concept = any(%(concepts)s)
order by f.statement is null, f.number limit %(limit)s
""",
)
_MATCHED = """
with matched as (
    select number, count(*) as words from figure_words, unnest(numbers) as number
    where organization_id = current_setting('app.organization_id')::uuid
      and document_version_id = any(%(versions)s) and word = any(%(words)s)
    group by number having count(*) >= %(least)s
)
"""
WITH_WORDS = _MATCHED + SELECT.format(
    source="matched join figures f using (number)",
    rest="order by matched.words desc, f.statement is null, f.number limit %(limit)s",
)
BY_IDS = SELECT.format(
    source="unnest(%(ids)s::uuid[]) with ordinality as wanted(id, at) join figures f using (id)",
    rest="order by wanted.at",
)
