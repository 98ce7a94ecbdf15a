"""What was masked in a document, sealed: only the installation's key opens it."""

from alembic import op

from storage.row_security import isolate

revision = "0010"
down_revision = "0009"

TABLE = """
create table personal_data (
    organization_id uuid not null,
    document_version_id uuid not null,
    page integer not null,
    start_offset integer not null,
    end_offset integer not null check (end_offset > start_offset),
    kind text not null,
    sealed bytea not null,
    primary key (document_version_id, page, start_offset),
    foreign key (organization_id, document_version_id)
        references document_versions (organization_id, id) on delete cascade
);
"""
# As the other tables of what is made of a document.
PRIVATE = """
create policy private_documents on personal_data as restrictive
    using (document_version_id <> all (array(
        select p.id from private_ids p
        where p.private_to <> coalesce(current_setting('app.subject', true), ''))));
"""


def upgrade() -> None:
    op.execute(TABLE)
    op.execute(isolate("personal_data"))
    op.execute(PRIVATE)
