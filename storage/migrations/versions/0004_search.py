"""What search needs: a filing's facts, pages, lexemes and where they occur, half-precision vectors.

There is no GIN index on `lexemes`: under row-level security Postgres uses a condition in an index
only if its operator is leakproof, which `@@` isn't, and only a superuser could declare it so.
`lexeme_postings` does what the index would, by equality of uuid and text, which are leakproof; and
since it is keyed by organization, what others store doesn't slow a search down.
"""

from alembic import op

from storage.row_security import isolate
from storage.urls import APP_ROLE

revision = "0004"
down_revision = "0003"

FACTS = """
alter table document_versions
    add column company text,
    add column ticker text,
    add column form text,
    add column fiscal_year integer,
    add column fiscal_quarter integer check (fiscal_quarter between 1 and 4),
    add column period_end date,
    add column chunk_count integer;
"""

PAGES = """
create table pages (
    organization_id uuid not null default current_setting('app.organization_id')::uuid,
    document_version_id uuid not null,
    number integer not null check (number > 0),
    width real not null,
    height real not null,
    text text not null,
    layout jsonb not null default '{}',
    primary key (document_version_id, number),
    foreign key (organization_id, document_version_id)
        references document_versions (organization_id, id) on delete cascade
);
"""

# Hyphens and slashes become spaces: the parser would take "and/or" for the name of a file, and
# "long-term" for another phrase than "long term". A tsvector holds 1 MB, so an absurdly long text
# counts with its beginning. A comma is left out, so that "1,404" is one word.
LANGUAGE = """
create text search configuration copilot_finance (copy = pg_catalog.english);
alter text search configuration copilot_finance
    alter mapping for int, uint, float, sfloat, version with simple;

create function finance_lexemes(body text) returns tsvector
    language sql immutable parallel safe
    return to_tsvector('public.copilot_finance'::regconfig,
                       translate(left(body, 200000), '/-\u2010\u2011\u2013\u2014,', '      '));

create function finance_phrase(phrase text) returns tsquery
    language sql immutable parallel safe
    return phraseto_tsquery('public.copilot_finance'::regconfig,
                            translate(phrase, '/-\u2010\u2011\u2013\u2014,', '      '));
"""

# Vectors and lexemes are read for every chunk of a scope, so they stay in the row as they are;
# the texts are read for the few that are found, so they go out of line first.
CHUNKS = """
drop index chunks_embedding;
alter table chunks
    alter column embedding type halfvec(384) using embedding::halfvec(384),
    add column section text,
    add column statement text,
    add column passage_start integer,
    add column passage_end integer,
    add column table_rows text,
    add column lexemes tsvector not null generated always as
        (finance_lexemes(coalesce(section, '') || ' ; ' || coalesce(table_rows, content))) stored;
alter table chunks alter column embedding set storage plain;
alter table chunks alter column lexemes set storage main;
alter table chunks set (toast_tuple_target = 3000);
create index chunks_embedding on chunks using hnsw (embedding halfvec_cosine_ops);
create index chunks_statement on chunks (document_version_id, statement)
    where statement is not null;
"""

POSTINGS = """
create table lexeme_postings (
    organization_id uuid not null,
    document_version_id uuid not null,
    lexeme text not null,
    chunks integer not null,
    ordinals integer[] not null,
    foreign key (organization_id, document_version_id)
        references document_versions (organization_id, id) on delete cascade
);
create index lexeme_postings_lexeme
    on lexeme_postings (organization_id, lexeme, document_version_id);
create index lexeme_postings_version on lexeme_postings (document_version_id);

-- One row for each lexeme of the chunks that one statement brings. A posting may outlive its
-- chunk: search looks at the chunk again.
create function post_lexemes() returns trigger language plpgsql as $$
begin
    insert into lexeme_postings (organization_id, document_version_id, lexeme, chunks, ordinals)
    select added.organization_id, added.document_version_id, word.lexeme, count(*),
           array_agg(added.ordinal)
    from added, unnest(added.lexemes) as word
    group by 1, 2, 3;
    return null;
end $$;
"""
TRIGGERS = """
create trigger post_lexemes_of_new after insert on chunks
    referencing new table as added for each statement execute function post_lexemes();
create trigger post_lexemes_of_changed after update on chunks
    referencing new table as added for each statement execute function post_lexemes();
"""

# Row security binds the owner too, who has no organization here.
EXISTING = """
alter table chunks no force row level security;
alter table document_versions no force row level security;
update document_versions set chunk_count = counted.chunks
    from (select document_version_id, count(*) as chunks from chunks group by 1) as counted
    where id = counted.document_version_id;
insert into lexeme_postings (organization_id, document_version_id, lexeme, chunks, ordinals)
    select organization_id, document_version_id, word.lexeme, count(*), array_agg(ordinal)
    from chunks, unnest(lexemes) as word group by 1, 2, 3;
alter table chunks force row level security;
alter table document_versions force row level security;
"""


def upgrade() -> None:
    for statements in (FACTS, PAGES, LANGUAGE, CHUNKS, POSTINGS, EXISTING, TRIGGERS):
        op.execute(statements)
    op.execute(isolate("pages"))
    op.execute(isolate("lexeme_postings"))
    op.execute(
        "grant execute on function finance_lexemes(text), finance_phrase(text), post_lexemes()"
        f" to {APP_ROLE}"
    )
