"""The next job, and the next turn of an organization, are found by an index, however many wait.

The planner's figures of a queue are often of an emptier one: it then reads and sorts every waiting
job for each that is fetched or queued. Where sorting is no choice it walks an index that is in
order. And what is read out of JSON is no condition of an index under row security, since reading it
might tell what a row holds: so the organization has a column.
"""

from alembic import op

from storage.row_security import WORKER

revision = "0016"
down_revision = "0015"

ORGANIZATION = """
alter table procrastinate_jobs
    add column of_organization text generated always as (args ->> 'organization_id') stored;
drop index procrastinate_jobs_turns;
create index procrastinate_jobs_turns on procrastinate_jobs
    (queue_name, of_organization, priority) where status = 'todo';
"""
WIDTH = 2**28
TURN = f"""
create or replace function next_turn(queue text, organization text, highest integer)
    returns integer language plpgsql set enable_sort = off set enable_seqscan = off as $$
declare
    was text := current_setting('{WORKER}', true);
    now_served integer;
    last_own integer;
begin
    perform set_config('{WORKER}', 'on', true);
    select priority into now_served from procrastinate_jobs
        where queue_name = queue and status = 'todo'
            and priority between highest - {WIDTH - 1} and highest
            and (scheduled_at is null or scheduled_at <= now())
        order by priority desc limit 1;
    select priority into last_own from procrastinate_jobs
        where queue_name = queue and status = 'todo' and of_organization = organization
            and priority between highest - {WIDTH - 1} and highest
        order by priority limit 1;
    perform set_config('{WORKER}', coalesce(was, ''), true);
    return greatest(
        least(coalesce(now_served, highest), coalesce(last_own - 1, highest)),
        highest - {WIDTH - 1}
    );
end $$;
"""
FETCH = """
alter function procrastinate_fetch_job_v2(character varying[], bigint)
    set enable_sort = off set enable_seqscan = off
"""


def upgrade() -> None:
    op.execute(ORGANIZATION)
    op.execute(TURN)
    op.execute(FETCH)
