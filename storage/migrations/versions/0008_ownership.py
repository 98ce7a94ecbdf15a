"""Documents private to a person, whose uploads they are, and threads that take their checkpoints
along when they go.

A document's row says to whom it is private. What is made of it is kept from others by a list of
private ids, which a query reads once, so that sharing a document changes a few rows. Jobs are
seen by their organization, and all of them only by a worker, which says so at connect.
"""

from alembic import op

from core.principal import LOCAL_ORGANIZATION_ID, LOCAL_SUBJECT
from storage.row_security import ALL_VERSIONS, WORKER, isolate
from storage.urls import APP_ROLE

revision = "0008"
down_revision = "0007"

OWNERS = f"""
alter table documents
    add column owner text not null default '',
    add column private_to text check (private_to = owner);
alter table documents drop constraint documents_organization_id_name_key;
alter table documents add constraint documents_name
    unique nulls not distinct (organization_id, name, private_to);
alter table document_versions add column uploaded_by text not null default '';
create index document_versions_sha256 on document_versions (organization_id, sha256);

alter table threads add column last_used_at timestamptz not null default now();

-- Row security binds the owner too: name the organization before its rows.
set local app.organization_id = '{LOCAL_ORGANIZATION_ID}';
update documents set owner = '{LOCAL_SUBJECT}';
update document_versions set uploaded_by = '{LOCAL_SUBJECT}';
"""

# What a person's id stands on goes with the person or before, and none comes afterwards.
PEOPLE = "".join(
    f"""
alter table {table} add column user_id uuid generated always as (
    case when {column} like 'user:%' then substr({column}, 6)::uuid end) stored;
alter table {table} add foreign key (organization_id, user_id)
    references users (organization_id, id);
create index on {table} (organization_id, user_id);
"""
    for table, column in (
        ("documents", "owner"),
        ("document_versions", "uploaded_by"),
        ("threads", "subject"),
    )
)

# Ids alone, so that a query may look through them whoever asks.
PRIVATE = """
create table private_ids (
    organization_id uuid not null references organizations (id),
    id uuid not null primary key,
    private_to text not null
);
create index private_ids_organization on private_ids (organization_id);

create function list_private_document() returns trigger language plpgsql as $$
begin
    delete from private_ids
    where id = old.id or id in (select id from document_versions where document_id = old.id);
    if tg_op <> 'DELETE' and new.private_to is not null then
        insert into private_ids
        select new.organization_id, id, new.private_to
        from (select new.id union all
              select id from document_versions where document_id = new.id) as listed (id);
    end if;
    return null;
end $$;
create trigger list_private_document after insert or delete or update of private_to on documents
    for each row execute function list_private_document();

create function list_private_version() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        delete from private_ids where id = old.id;
    else
        insert into private_ids
        select organization_id, new.id, private_to from documents
        where id = new.document_id and private_to is not null;
    end if;
    return null;
end $$;
create trigger list_private_version after insert or delete on document_versions
    for each row execute function list_private_version();
"""
NOT_ANOTHERS = """{column} <> all (array(
    select p.id from private_ids p
    where p.private_to <> coalesce(current_setting('app.subject', true), '')))
"""
COLUMNS = {
    "documents": "id",
    "document_versions": "document_id",
    "chunks": "document_id",
    "pages": "document_version_id",
    "lexeme_postings": "document_version_id",
}

# Whether bytes can go depends on documents that who deletes them can't see.
BLOBS = f"""
create function blob_is_used(blob text) returns boolean language plpgsql as $$
declare
    is_used boolean;
begin
    perform set_config('{ALL_VERSIONS}', 'on', true);
    is_used := exists (select from document_versions where sha256 = blob);
    perform set_config('{ALL_VERSIONS}', '', true);
    return is_used;
end $$;
grant execute on function blob_is_used(text) to {APP_ROLE};
"""

THREADS = "alter table threads add unique (organization_id, id);" + "".join(
    f"""
alter table {table} add column thread uuid generated always as (thread_id::uuid) stored;
alter table {table} add foreign key (organization_id, thread)
    references threads (organization_id, id) on delete cascade;
create index on {table} (thread);
"""
    for table in ("checkpoints", "checkpoint_blobs", "checkpoint_writes")
)

OWN_JOB = f"""
    args ->> 'organization_id' = current_setting('app.organization_id', true)
    or current_setting('{WORKER}', true) = 'on'
"""
OWN_EVENT = "exists (select from procrastinate_jobs where id = job_id)"
JOBS = "".join(
    f"""
alter table {table} enable row level security;
alter table {table} force row level security;
create policy own_organization on {table} using ({own}) with check ({own});
"""
    for table, own in (("procrastinate_jobs", OWN_JOB), ("procrastinate_events", OWN_EVENT))
)
ORGANIZATIONS = f"""
create policy workers on organizations for select
    using (current_setting('{WORKER}', true) = 'on');
"""


def upgrade() -> None:
    op.execute(OWNERS)
    op.execute(PEOPLE)
    op.execute(PRIVATE)
    op.execute(isolate("private_ids"))
    for table, column in COLUMNS.items():
        visible = NOT_ANOTHERS.format(column=column)
        if table == "document_versions":
            visible += f" or current_setting('{ALL_VERSIONS}', true) = 'on'"
        op.execute(
            f"create policy private_documents on {table} as restrictive"
            f" using ({visible}) with check ({visible})"
        )
    op.execute(BLOBS)
    op.execute(THREADS)
    op.execute(JOBS)
    op.execute(ORGANIZATIONS)
