"""Versions say which of their pages were read with doubt, and why."""

from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.execute("alter table document_versions add column reading_notes jsonb not null default '[]'")
