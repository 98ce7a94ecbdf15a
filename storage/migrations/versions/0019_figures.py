"""Figures of documents as rows, and by which words each is found.

There is no GIN index on `words`: under row-level security Postgres uses a condition in an index
only if its operator is leakproof, which those of arrays aren't. `figure_words` does what the index
would, by equality of uuid and text, which are leakproof.
"""

from alembic import op

from storage.row_security import isolate

revision = "0019"
down_revision = "0018"

# A figure's id is that of a printed figure: it stays when the figure is read again, and isn't
# handed on to another that is read at its place.
FIGURES = """
create table figures (
    number bigint not null generated always as identity,
    organization_id uuid not null default current_setting('app.organization_id')::uuid,
    document_id uuid not null,
    document_version_id uuid not null,
    page integer not null check (page > 0),
    table_number integer not null check (table_number >= 0),
    row_number integer not null check (row_number >= 0),
    cell_number integer not null check (cell_number >= 0),
    label text not null,
    groups text[] not null,
    column_header text not null,
    caption text not null,
    section text not null,
    statement text,
    concept text,
    basis text not null check (basis in ('group', 'parent', 'part')),
    is_adjusted boolean not null,
    printed_version text check (printed_version in ('as_reported', 'adjustment', 'restated')),
    is_total boolean not null,
    period text,
    starts_on date,
    ends_on date,
    value numeric not null,
    printed text not null,
    unit text,
    scale bigint not null check (scale > 0),
    start_offset integer not null,
    end_offset integer not null check (end_offset > start_offset),
    box real[] not null check (array_length(box, 1) = 4),
    doubts text[] not null,
    words text[] not null,
    id uuid not null generated always as (md5(
        document_version_id::text || '/' || page::text || '/' || table_number::text || '/'
        || row_number::text || '/' || cell_number::text || '/' || printed
    )::uuid) stored,
    primary key (id),
    unique (number),
    unique (document_version_id, page, table_number, row_number, cell_number),
    foreign key (organization_id, document_version_id)
        references document_versions (organization_id, id) on delete cascade,
    foreign key (organization_id, document_id)
        references documents (organization_id, id) on delete cascade
);
create index figures_concept on figures (document_version_id, concept) where concept is not null;
create index figures_document on figures (document_id);
"""

# A posting may outlive its figures, whose numbers then belong to none.
WORDS = """
create table figure_words (
    organization_id uuid not null,
    document_version_id uuid not null,
    word text not null,
    numbers bigint[] not null,
    foreign key (organization_id, document_version_id)
        references document_versions (organization_id, id) on delete cascade
);
create index figure_words_word on figure_words (organization_id, word, document_version_id);
create index figure_words_version on figure_words (document_version_id);
"""

# Which documents were indexed before there were figures.
GENERATION = """
alter table document_versions add column index_generation integer not null default 1;
"""

NOT_ANOTHERS = """
create policy private_documents on {table} as restrictive using ({visible}) with check ({visible});
"""
VISIBLE = """
{column} <> all (array(
    select p.id from private_ids p
    where p.private_to <> coalesce(current_setting('app.subject', true), '')))
"""


def upgrade() -> None:
    for statements in (FIGURES, WORDS, GENERATION):
        op.execute(statements)
    for table, column in (("figures", "document_id"), ("figure_words", "document_version_id")):
        op.execute(isolate(table))
        op.execute(NOT_ANOTHERS.format(table=table, visible=VISIBLE.format(column=column)))
