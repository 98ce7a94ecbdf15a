"""API keys act for people: a key knows the person at its root, and a person what they may do."""

from alembic import op

revision = "0018"
down_revision = "0017"

PEOPLE = """
alter table users add column permissions text[], add column deactivated_at timestamptz;
"""
# A key that was made with a key belongs to the person who made the first one. Row security binds
# the owner too, and keys of every organization are concerned: it is lifted while they are read.
ROOTS = """
alter table api_keys no force row level security;
alter table users no force row level security;

alter table api_keys add column acts_for text;
with recursive roots (id, person) as (
    select id, created_by from api_keys where created_by like 'user:%'
    union all
    select made.id, roots.person
    from api_keys made join roots on made.created_by = 'key:' || roots.id
)
update api_keys set acts_for = roots.person from roots where roots.id = api_keys.id;

-- Nobody is left to answer for the keys of a person who was erased.
update api_keys set acts_for = coalesce(acts_for, 'user:unknown'),
    revoked_at = coalesce(revoked_at, now())
where not exists (
    select from users where users.organization_id = api_keys.organization_id
        and 'user:' || users.id = acts_for
);
alter table api_keys alter column acts_for set not null,
    add check (acts_for like 'user:%');
"""
# A key that works stands on a person's row: none can be made for somebody who was erased meanwhile.
REFERENCE = """
alter table api_keys add column user_id uuid generated always as (
    case when revoked_at is null then substr(acts_for, 6)::uuid end) stored;
alter table api_keys add foreign key (organization_id, user_id)
    references users (organization_id, id);
create index on api_keys (organization_id, user_id);

alter table api_keys force row level security;
alter table users force row level security;
"""


def upgrade() -> None:
    op.execute(PEOPLE)
    op.execute(ROOTS)
    op.execute(REFERENCE)
