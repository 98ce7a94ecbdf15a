"""What leaves for receivers and how that went, and what senders have told us."""

from alembic import op

from storage.row_security import isolate

revision = "0013"
down_revision = "0012"

TABLES = """
alter table webhook_endpoints
    add unique (organization_id, id),
    -- Types of events; '*' is every type. The agent's own messages need none.
    add column events text[] not null default '{}',
    add column enabled boolean not null default true,
    add column disabled_because text,
    add column failing_since timestamptz,
    add column previous_secret text,
    add column previous_secret_until timestamptz;

create table webhook_deliveries (
    organization_id uuid not null,
    id uuid primary key default uuidv7(),
    endpoint_id uuid not null,
    -- The same at every endpoint and every attempt, so that a receiver drops repetitions.
    message_id text not null,
    event_type text not null,
    body text not null,
    status text not null default 'pending' check (status in ('pending', 'delivered', 'failed')),
    attempts integer not null default 0,
    next_attempt_at timestamptz not null default now(),
    created_at timestamptz not null default now(),
    ended_at timestamptz,
    unique (organization_id, id),
    unique (endpoint_id, message_id),
    foreign key (organization_id, endpoint_id)
        references webhook_endpoints (organization_id, id) on delete cascade
);
create index webhook_deliveries_due on webhook_deliveries (endpoint_id, next_attempt_at)
    where status = 'pending';
create index webhook_deliveries_log on webhook_deliveries (endpoint_id, id desc);

create table webhook_attempts (
    organization_id uuid not null,
    delivery_id uuid not null,
    number integer not null,
    attempted_at timestamptz not null,
    duration_ms integer not null,
    address text,
    request_headers jsonb not null,
    status integer,
    response text not null default '',
    error text,
    primary key (delivery_id, number),
    foreign key (organization_id, delivery_id)
        references webhook_deliveries (organization_id, id) on delete cascade
);

create table inbound_secrets (
    organization_id uuid primary key references organizations (id),
    secret text not null,
    previous_secret text,
    previous_secret_until timestamptz
);

create table inbound_messages (
    organization_id uuid not null references organizations (id),
    message_id text not null,
    received_at timestamptz not null default now(),
    primary key (organization_id, message_id)
);
"""


def upgrade() -> None:
    op.execute(TABLES)
    for table in ("webhook_deliveries", "webhook_attempts", "inbound_secrets", "inbound_messages"):
        op.execute(isolate(table))
