"""The audit log: appended to by the app, changed by nobody, each entry sealed with the one before.

The database numbers, dates and seals an entry, so that the app can't, and keeps the newest seal
apart: entries that were cut off at the end are missed too.
"""

from alembic import op

from storage.row_security import isolate
from storage.urls import APP_ROLE

revision = "0006"
down_revision = "0005"

TABLES = """
create table audit_log (
    organization_id uuid not null references organizations (id),
    sequence bigint not null,
    at timestamptz not null,
    actor text not null,
    action text not null,
    target text not null,
    outcome text not null,
    source text not null,
    request_id text not null,
    previous bytea not null,
    seal bytea not null,
    primary key (organization_id, sequence)
);

create table audit_heads (
    organization_id uuid primary key references organizations (id),
    sequence bigint not null,
    seal bytea not null
);
"""

SEALING = """
create function audit_seal(entry audit_log) returns bytea language sql stable
    return sha256(entry.previous || convert_to(jsonb_build_array(
        entry.organization_id, entry.sequence, extract(epoch from entry.at), entry.actor,
        entry.action, entry.target, entry.outcome, entry.source, entry.request_id
    )::text, 'UTF8'));

-- Definer: the app may not touch the heads. The owner is bound by row security as well.
create function seal_audit_entry() returns trigger language plpgsql
    security definer set search_path = public, pg_temp as $$
declare
    head audit_heads;
begin
    insert into audit_heads (organization_id, sequence, seal)
    values (new.organization_id, 0, decode(repeat('00', 32), 'hex'))
    on conflict (organization_id) do nothing;
    select * into head from audit_heads where organization_id = new.organization_id for update;
    new.sequence := head.sequence + 1;
    new.at := clock_timestamp();
    new.previous := head.seal;
    new.seal := audit_seal(new);
    update audit_heads set sequence = new.sequence, seal = new.seal
    where organization_id = new.organization_id;
    return new;
end $$;

create trigger seal_audit_entry before insert on audit_log
    for each row execute function seal_audit_entry();
"""


def upgrade() -> None:
    op.execute(TABLES)
    op.execute(isolate("audit_log", grants="select, insert"))
    op.execute(isolate("audit_heads", grants="select"))
    op.execute(SEALING)
    op.execute(f"grant execute on function audit_seal(audit_log), seal_audit_entry() to {APP_ROLE}")
