"""Runs of threads with the events that they told, feedback on them, and what waits for a person."""

from alembic import op

from storage.row_security import isolate

revision = "0014"
down_revision = "0013"

TABLES = """
alter table threads
    add column name text,
    add column document_ids uuid[];
create index threads_of on threads (organization_id, subject, last_used_at desc);

create table runs (
    organization_id uuid not null,
    id uuid primary key default uuidv7(),
    thread_id uuid not null,
    subject text not null,
    status text not null check (status in
        ('queued', 'running', 'awaiting_approval', 'answered', 'failed', 'cancelled')),
    -- Masked.
    question jsonb not null default '{}',
    permissions text[] not null,
    -- Raised by whoever takes the run over: what an older one still writes is refused.
    attempt integer not null default 0,
    lease_until timestamptz,
    created_at timestamptz not null default now(),
    started_at timestamptz,
    ended_at timestamptz,
    unique (organization_id, id),
    foreign key (organization_id, thread_id)
        references threads (organization_id, id) on delete cascade
);
create unique index one_run_at_a_time on runs (thread_id) where status = 'running';
create index runs_of_thread on runs (thread_id, id);

create table run_events (
    organization_id uuid not null,
    run_id uuid not null,
    number integer not null,
    event text not null,
    data text not null,
    primary key (run_id, number),
    foreign key (organization_id, run_id) references runs (organization_id, id) on delete cascade
);

create table feedback (
    organization_id uuid not null,
    run_id uuid not null,
    subject text not null,
    score smallint not null check (score between -1 and 1),
    comment text not null default '',
    given_at timestamptz not null default now(),
    primary key (run_id, subject),
    foreign key (organization_id, run_id) references runs (organization_id, id) on delete cascade
);

create table approvals (
    organization_id uuid not null,
    id uuid primary key default uuidv7(),
    thread_id uuid not null,
    run_id uuid not null,
    -- The model's message and its call: ids of calls alone may come again.
    step text not null,
    call_id text not null,
    tool text not null,
    arguments jsonb not null,
    -- Byte for byte what is shown, approved and carried out.
    payload text not null,
    tainted boolean not null,
    rule text not null check (rule in ('automatic', 'caller', 'someone_else')),
    requested_by text not null,
    status text not null check (status in ('pending', 'approved', 'rejected', 'expired')),
    decided_by text,
    decided_at timestamptz,
    reason text not null default '',
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    foreign key (organization_id, run_id) references runs (organization_id, id) on delete cascade,
    foreign key (organization_id, thread_id)
        references threads (organization_id, id) on delete cascade
);
create index approvals_of_run on approvals (run_id);
create index approvals_pending on approvals (organization_id, expires_at)
    where status = 'pending';

create table approval_policies (
    organization_id uuid not null references organizations (id),
    tool text not null,
    rule text not null check (rule in ('automatic', 'caller', 'someone_else')),
    expires_hours integer not null check (expires_hours between 1 and 8760),
    primary key (organization_id, tool)
);
"""


def upgrade() -> None:
    op.execute(TABLES)
    for table in ("runs", "run_events", "feedback", "approvals", "approval_policies"):
        op.execute(isolate(table))
