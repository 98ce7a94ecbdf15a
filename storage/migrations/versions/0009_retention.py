"""How long an organization keeps what."""

from alembic import op

from storage.row_security import isolate

revision = "0009"
down_revision = "0008"

TABLE = """
create table retention_periods (
    organization_id uuid primary key references organizations (id),
    documents_days integer check (documents_days > 0),
    superseded_days integer check (superseded_days > 0),
    threads_days integer check (threads_days > 0)
);
"""


def upgrade() -> None:
    op.execute(TABLE)
    op.execute(isolate("retention_periods"))
