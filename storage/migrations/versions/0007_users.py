"""People, so that everything else names them by an id that means nothing once its row is gone."""

from alembic import op

from core.principal import LOCAL_ORGANIZATION_ID, LOCAL_SUBJECT, LOCAL_USER_ID
from storage.row_security import isolate

revision = "0007"
down_revision = "0006"

TABLE = """
create table users (
    id uuid primary key default uuidv7(),
    organization_id uuid not null references organizations (id),
    identity text not null,
    name text,
    created_at timestamptz not null default now(),
    last_seen_at timestamptz not null default now(),
    signed_out_at timestamptz,
    unique (organization_id, id),
    unique (organization_id, identity)
);
"""


def upgrade() -> None:
    op.execute(TABLE)
    op.execute(isolate("users"))
    # Row security binds the owner too: name the organization before its rows.
    op.execute(f"set local app.organization_id = '{LOCAL_ORGANIZATION_ID}'")
    op.execute(
        "insert into users (id, organization_id, identity) values"
        f" ('{LOCAL_USER_ID}', '{LOCAL_ORGANIZATION_ID}', 'local')"
    )
    for table, column in (("threads", "subject"), ("api_keys", "created_by")):
        op.execute(f"update {table} set {column} = '{LOCAL_SUBJECT}' where {column} = 'local'")
