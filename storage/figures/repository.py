"""Loads figures within the transaction that stores their pages.

Postgres takes no COPY into a table with row-level security, so rows are copied into a temporary
table, binary, and taken from there by one INSERT that the policy checks.
"""

from collections.abc import Sequence
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import DictRow

from storage.figures.columns import DEFINITIONS, NAMES, TYPES, to_row
from storage.figures.figure import Figure


async def load_figures(
    connection: AsyncConnection[DictRow],
    owner: tuple[UUID, UUID, UUID],
    pages: Sequence[int],
    figures: Sequence[Figure],
) -> None:
    """Store the figures of pages in place of those that are there.

    Args:
        connection: in a transaction that is bound to the organization.
        owner: the ids of organization, document and version.
        pages: numbers of all pages that were read, also of those without figures.
        figures: theirs.
    """
    replaced = {*pages, *(figure.page for figure in figures)}
    await connection.execute(_DELETE, (owner[-1], list(replaced)))
    if not figures:
        return
    await connection.execute(_INCOMING)
    statement = f"copy incoming_figures ({NAMES}) from stdin (format binary)"
    async with connection.cursor().copy(statement) as copy:
        copy.set_types(TYPES)
        for figure in figures:
            await copy.write_row(to_row(figure))
    await connection.execute(_TAKE, owner)
    await connection.execute("truncate incoming_figures")  # another batch may follow


_INCOMING = f"""
create temporary table if not exists incoming_figures ({DEFINITIONS}) on commit delete rows
"""
_DELETE = "delete from figures where document_version_id = %s and page = any(%s)"
# A word of more than 100 characters is none, and an index takes no entry of 2,700 bytes.
_TAKE = f"""
with added as (
    insert into figures (organization_id, document_id, document_version_id, {NAMES})
    select %s, %s, %s, {NAMES} from incoming_figures
    order by page, table_number, row_number, cell_number
    returning organization_id, document_version_id, number, words
)
insert into figure_words (organization_id, document_version_id, word, numbers)
select organization_id, document_version_id, word, array_agg(distinct number)
from added, unnest(words) as word where length(word) between 1 and 100
group by organization_id, document_version_id, word
"""  # noqa: S608  # our own words
