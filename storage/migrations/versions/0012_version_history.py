"""When which version of a document was the current one, and how far an indexing has come."""

from alembic import op

from storage.row_security import ALL_VERSIONS, WORKER, isolate

revision = "0012"
down_revision = "0011"

VERSIONS = """
alter table document_versions
    drop constraint document_versions_status_check,
    add constraint document_versions_status_check
        check (status in ('pending', 'current', 'superseded', 'failed', 'cancelled')),
    add column pages_done integer not null default 0,
    -- At the begin of the attempt that began at `started_at`: those of earlier ones.
    add column pages_before integer not null default 0,
    add column started_at timestamptz;

create table publications (
    organization_id uuid not null,
    document_id uuid not null,
    document_version_id uuid not null,
    published_at timestamptz not null default clock_timestamp(),
    primary key (document_version_id, published_at),
    foreign key (organization_id, document_version_id)
        references document_versions (organization_id, id) on delete cascade
);
create index publications_document on publications (document_id, published_at desc);
"""
# Row security binds the owner too: one organization after another, private documents included.
BACKFILL = f"""
do $$ declare organization uuid; begin
    perform set_config('{WORKER}', 'on', true);
    perform set_config('{ALL_VERSIONS}', 'on', true);
    for organization in select id from organizations loop
        perform set_config('app.organization_id', organization::text, true);
        insert into publications (organization_id, document_id, document_version_id, published_at)
        select organization_id, document_id, id, coalesce(indexed_at, created_at)
        from document_versions where status in ('current', 'superseded');
        update document_versions set pages_done = page_count
        where status in ('current', 'superseded');
    end loop;
    perform set_config('app.organization_id', '', true);
    perform set_config('{ALL_VERSIONS}', '', true);
    perform set_config('{WORKER}', '', true);
end $$;
"""
PRIVATE = """
create policy private_documents on publications as restrictive
    using (document_version_id <> all (array(
        select p.id from private_ids p
        where p.private_to <> coalesce(current_setting('app.subject', true), ''))));
"""


def upgrade() -> None:
    op.execute(VERSIONS)
    op.execute(BACKFILL)
    op.execute(isolate("publications"))
    op.execute(PRIVATE)
