"""Documents that were indexed by an earlier version are found, and indexed again."""

from alembic import op

from storage.row_security import ALL_VERSIONS
from storage.urls import APP_ROLE

revision = "0020"
down_revision = "0019"

PROGRESS = """
alter table document_versions
    add column pages_reindexed integer not null default 0,
    add column reindex_failure text;
"""
# Ids alone, of everybody's documents: an operator indexes all of them again, and reads none.
OUTDATED = f"""
create function outdated_versions(generation integer)
    returns table (id uuid, document_id uuid, page_count integer) language plpgsql as $$
begin
    perform set_config('{ALL_VERSIONS}', 'on', true);
    return query
        select v.id, v.document_id, v.page_count from document_versions v
        where v.status in ('current', 'superseded') and v.index_generation < generation
        order by v.status, v.id;
    perform set_config('{ALL_VERSIONS}', '', true);
end $$;
grant execute on function outdated_versions(integer) to {APP_ROLE};
"""


def upgrade() -> None:
    op.execute(PROGRESS)
    op.execute(OUTDATED)
