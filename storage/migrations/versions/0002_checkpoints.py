"""LangGraph's checkpoint tables, as AsyncPostgresSaver 3.2 makes them, behind row security.

Copied rather than made by its `setup()`, which knows no organizations. A test fails when a newer
library brings a migration that is missing here.
"""

from alembic import op

from storage.row_security import isolate
from storage.urls import APP_ROLE

revision = "0002"
down_revision = "0001"

ORGANIZATION = "organization_id uuid not null default current_setting('app.organization_id')::uuid"
LIBRARY_MIGRATIONS = 10

TABLES = f"""
create table checkpoint_migrations (v integer primary key);
insert into checkpoint_migrations select generate_series(0, {LIBRARY_MIGRATIONS - 1});

create table checkpoints (
    thread_id text not null,
    checkpoint_ns text not null default '',
    checkpoint_id text not null,
    parent_checkpoint_id text,
    type text,
    checkpoint jsonb not null,
    metadata jsonb not null default '{{}}',
    {ORGANIZATION},
    primary key (thread_id, checkpoint_ns, checkpoint_id)
);
create index checkpoints_thread_id_idx on checkpoints (thread_id);

create table checkpoint_blobs (
    thread_id text not null,
    checkpoint_ns text not null default '',
    channel text not null,
    version text not null,
    type text not null,
    blob bytea,
    {ORGANIZATION},
    primary key (thread_id, checkpoint_ns, channel, version)
);
create index checkpoint_blobs_thread_id_idx on checkpoint_blobs (thread_id);

create table checkpoint_writes (
    thread_id text not null,
    checkpoint_ns text not null default '',
    checkpoint_id text not null,
    task_id text not null,
    idx integer not null,
    channel text not null,
    type text,
    blob bytea not null,
    task_path text not null default '',
    {ORGANIZATION},
    primary key (thread_id, checkpoint_ns, checkpoint_id, task_id, idx)
);
create index checkpoint_writes_thread_id_idx on checkpoint_writes (thread_id);
"""


def upgrade() -> None:
    op.execute(TABLES)
    for table in ("checkpoints", "checkpoint_blobs", "checkpoint_writes"):
        op.execute(isolate(table))
    op.execute(f"grant select on checkpoint_migrations to {APP_ROLE}")
