"""Organizations, documents, chunks, threads and webhook endpoints, behind row security."""

from alembic import op

from core.principal import LOCAL_ORGANIZATION_ID
from storage.row_security import isolate

revision = "0001"
down_revision = None

TABLES = """
create table organizations (
    id uuid primary key,
    name text not null,
    created_at timestamptz not null default now()
);

create table documents (
    id uuid primary key default uuidv7(),
    organization_id uuid not null references organizations (id),
    name text not null,
    created_at timestamptz not null default now(),
    unique (organization_id, id),
    unique (organization_id, name)
);

create table document_versions (
    id uuid primary key default uuidv7(),
    organization_id uuid not null,
    document_id uuid not null,
    number integer not null check (number > 0),
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    size_bytes bigint not null,
    page_count integer not null,
    image_only_pages integer[] not null default '{}',
    status text not null check (status in ('pending', 'current', 'superseded', 'failed')),
    failure text,
    created_at timestamptz not null default now(),
    indexed_at timestamptz,
    unique (organization_id, id),
    unique (document_id, number),
    -- The pair, since a foreign key is checked without row security.
    foreign key (organization_id, document_id)
        references documents (organization_id, id) on delete cascade
);
create unique index one_current_version on document_versions (document_id) where status = 'current';

create table chunks (
    id uuid primary key,
    organization_id uuid not null default current_setting('app.organization_id')::uuid,
    document_id uuid not null,
    document_version_id uuid not null,
    ordinal integer not null,
    page integer not null,
    start_offset integer not null,
    end_offset integer not null check (end_offset > start_offset),
    content text not null,
    embedding vector(384) not null,
    langchain_metadata jsonb not null default '{}',
    unique (document_version_id, ordinal),
    foreign key (organization_id, document_version_id)
        references document_versions (organization_id, id) on delete cascade,
    foreign key (organization_id, document_id)
        references documents (organization_id, id) on delete cascade
);
create index chunks_organization on chunks (organization_id);
create index chunks_embedding on chunks using hnsw (embedding vector_cosine_ops);

create table threads (
    id uuid primary key default uuidv7(),
    organization_id uuid not null references organizations (id),
    subject text not null,
    created_at timestamptz not null default now()
);

create table webhook_endpoints (
    id uuid primary key default uuidv7(),
    organization_id uuid not null references organizations (id),
    name text not null,
    url text not null,
    secret text not null,
    created_at timestamptz not null default now(),
    unique (organization_id, name)
);

create table used_sign_in_links (
    id uuid primary key,
    organization_id uuid not null references organizations (id),
    used_at timestamptz not null default now()
);
"""


def upgrade() -> None:
    op.execute(TABLES)
    for table in (
        "documents",
        "document_versions",
        "chunks",
        "threads",
        "webhook_endpoints",
        "used_sign_in_links",
    ):
        op.execute(isolate(table))
    op.execute(isolate("organizations", column="id", grants="select"))
    # Row security binds the owner too: name the organization before its row.
    op.execute(f"set local app.organization_id = '{LOCAL_ORGANIZATION_ID}'")
    op.execute(f"insert into organizations (id, name) values ('{LOCAL_ORGANIZATION_ID}', 'local')")
