"""A running job gives its queueing lock back; an attempt knows the pages of those before it."""

from alembic import op

revision = "0015"
down_revision = "0014"

# If a job that runs fails or its worker dies, it must be able to wait again, though another one
# waits by then.
RELEASE = """
create function release_queueing_lock() returns trigger language plpgsql as $$
begin
    new.queueing_lock := null;
    return new;
end $$;
create trigger release_queueing_lock before update of status on procrastinate_jobs
    for each row when (old.status = 'todo' and new.status = 'doing')
    execute function release_queueing_lock();
"""

# At the begin of the attempt that began at `started_at`: the pages of earlier ones.
PAGES_BEFORE = """
alter table document_versions add column pages_before integer not null default 0;
"""


def upgrade() -> None:
    op.execute(RELEASE)
    op.execute(PAGES_BEFORE)
