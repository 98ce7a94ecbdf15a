"""Jobs that take turns between organizations, under ids that tell nothing of each other's number.

A job's `job_id` is among its arguments. Within a queue the n-th waiting job of an organization
comes after the n-th of every other (start-time fair queueing): whoever has nothing waiting begins
where the queue stands, whoever has ten thousand waiting goes on behind them.
"""

from alembic import op

from storage.row_security import WORKER
from storage.urls import APP_ROLE

revision = "0011"
down_revision = "0010"

INDEXES = """
create index procrastinate_jobs_job_id on procrastinate_jobs ((args ->> 'job_id'));
create index procrastinate_jobs_turns on procrastinate_jobs
    (queue_name, (args ->> 'organization_id'), priority) where status = 'todo';
create index procrastinate_jobs_queue_turns on procrastinate_jobs
    (queue_name, priority desc) where status = 'todo';
"""

# It looks at the priorities of other organizations' jobs, and at nothing else of them. Priorities
# of one class are the WIDTH numbers that end with `highest`.
WIDTH = 2**28
TURN = f"""
create function next_turn(queue text, organization text, highest integer)
    returns integer language plpgsql as $$
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
    select min(priority) into last_own from procrastinate_jobs
        where queue_name = queue and status = 'todo' and args ->> 'organization_id' = organization
            and priority between highest - {WIDTH - 1} and highest;
    perform set_config('{WORKER}', coalesce(was, ''), true);
    return greatest(
        least(coalesce(now_served, highest), coalesce(last_own - 1, highest)),
        highest - {WIDTH - 1}
    );
end $$;
grant execute on function next_turn(text, text, integer) to {APP_ROLE};
"""


def upgrade() -> None:
    op.execute(INDEXES)
    op.execute(TURN)
