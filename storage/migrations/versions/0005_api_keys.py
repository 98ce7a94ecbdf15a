"""API keys, of which only the hash is kept."""

from alembic import op

from storage.row_security import isolate

revision = "0005"
down_revision = "0004"

TABLE = """
create table api_keys (
    id uuid primary key,
    organization_id uuid not null references organizations (id),
    name text not null,
    prefix text not null,
    digest bytea not null check (length(digest) = 32),
    permissions text[] not null,
    created_by text not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    revoked_at timestamptz,
    last_used_at timestamptz
);
create index api_keys_organization on api_keys (organization_id, created_at);
"""


def upgrade() -> None:
    op.execute(TABLE)
    op.execute(isolate("api_keys"))
