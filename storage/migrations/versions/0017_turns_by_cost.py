"""Organizations take turns by what their jobs cost, and none takes the last slot of a worker.

A job has an estimated cost, and what its organization's next job waits for is measured once it has
ended: start-time fair queueing, with costs in tenths of a second of a slot. What was paid counts
for a while, or whoever sends one large document after the other would never wait.
"""

from alembic import op

from storage.row_security import INDEXING_SHARE, WORKER, isolate
from storage.urls import APP_ROLE

revision = "0017"
down_revision = "0016"

WIDTH = 2**28
REMEMBERED = "15 minutes"

COSTS = """
alter table procrastinate_jobs add column cost integer not null default 1;
create index procrastinate_jobs_running on procrastinate_jobs (queue_name, priority)
    where status = 'doing';
create table organization_turns (
    organization_id uuid not null references organizations (id) on delete cascade,
    queue_name text not null,
    highest integer not null,
    paid integer not null,
    paid_at timestamptz not null default now(),
    primary key (organization_id, queue_name, highest)
);
"""

# `now_served` is where the queue stands: the best job that waits or else the last that was begun.
TURN = f"""
create or replace function next_turn(queue text, organization text, highest integer)
    returns integer language plpgsql set enable_sort = off set enable_seqscan = off as $$
declare
    was text := current_setting('{WORKER}', true);
    now_served integer;
    waiting_until bigint;
    running_until bigint;
    paid_until bigint;
begin
    perform set_config('{WORKER}', 'on', true);
    select priority into now_served from procrastinate_jobs
        where queue_name = queue and status = 'todo'
            and priority between next_turn.highest - {WIDTH - 1} and next_turn.highest
            and (scheduled_at is null or scheduled_at <= now())
        order by priority desc limit 1;
    if now_served is null then
        select priority into now_served from procrastinate_jobs
            where queue_name = queue and status = 'doing'
                and priority between next_turn.highest - {WIDTH - 1} and next_turn.highest
            order by priority limit 1;
    end if;
    select priority::bigint - cost into waiting_until from procrastinate_jobs
        where queue_name = queue and status = 'todo' and of_organization = organization
            and priority between next_turn.highest - {WIDTH - 1} and next_turn.highest
        order by priority limit 1;
    select priority::bigint - cost into running_until from procrastinate_jobs
        where queue_name = queue and status = 'doing' and of_organization = organization
            and priority between next_turn.highest - {WIDTH - 1} and next_turn.highest
        order by priority limit 1;
    select paid into paid_until from organization_turns as turns
        where turns.organization_id = organization::uuid and turns.queue_name = queue
            and turns.highest = next_turn.highest
            and turns.paid_at > now() - interval '{REMEMBERED}';
    perform set_config('{WORKER}', coalesce(was, ''), true);
    return greatest(
        least(now_served, waiting_until, running_until, paid_until, next_turn.highest),
        next_turn.highest - {WIDTH - 1}
    );
end $$;
"""

# Called with the app bound to the organization. What was paid long ago is forgotten.
PAY = f"""
create function pay_for_turn(queue text, organization uuid, priority integer, cost integer)
    returns void language sql as $$
    insert into organization_turns as turns (organization_id, queue_name, highest, paid)
    values (organization, queue, -{WIDTH} * (-priority / {WIDTH}),
        greatest(priority::bigint - cost, -{WIDTH} * (-priority / {WIDTH}) - {WIDTH - 1}))
    on conflict (organization_id, queue_name, highest) do update set
        paid = greatest(
            case when turns.paid_at > now() - interval '{REMEMBERED}'
                then least(turns.paid, pay_for_turn.priority) else pay_for_turn.priority end
                - pay_for_turn.cost::bigint,
            turns.highest - {WIDTH - 1}),
        paid_at = now()
$$;
grant execute on function pay_for_turn(text, uuid, integer, integer) to {APP_ROLE};
"""

# procrastinate's, with two conditions of ours: an organization whose jobs take its share of this
# worker's slots waits. The setting is that of the worker's connections; without it, nobody waits.
FETCH = f"""
create or replace function procrastinate_fetch_job_v2(
    target_queue_names character varying[], p_worker_id bigint
)
    returns procrastinate_jobs language plpgsql
    set enable_sort = off set enable_seqscan = off as $$
declare
    found_jobs procrastinate_jobs;
    share integer := nullif(current_setting('{INDEXING_SHARE}', true), '')::integer;
    at_their_share text[];
begin
    select array_agg(of_organization) into at_their_share from (
        select of_organization from procrastinate_jobs
            where worker_id = p_worker_id and status = 'doing' and queue_name = 'indexing'
            group by of_organization having count(*) >= share
    ) as full_ones;
    with candidate as (
        select jobs.*
            from procrastinate_jobs as jobs
            where
                not exists (
                    select 1
                        from procrastinate_jobs as other_jobs
                        where
                            jobs.lock is not null
                            and other_jobs.lock = jobs.lock
                            and (
                                other_jobs.status = 'doing'
                                or (
                                    other_jobs.status = 'todo'
                                    and (
                                        other_jobs.priority > jobs.priority
                                        or (
                                            other_jobs.priority = jobs.priority
                                            and other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                and jobs.status = 'todo'
                and (target_queue_names is null or jobs.queue_name = any (target_queue_names))
                and (jobs.scheduled_at is null or jobs.scheduled_at <= now())
                and (
                    at_their_share is null
                    or jobs.queue_name <> 'indexing'
                    or coalesce(jobs.of_organization, '') <> all (at_their_share)
                )
            order by jobs.priority desc, jobs.id asc limit 1
            for update of jobs skip locked
    )
    update procrastinate_jobs
        set status = 'doing', worker_id = p_worker_id
        from candidate
        where procrastinate_jobs.id = candidate.id
        returning procrastinate_jobs.* into found_jobs;
    return found_jobs;
end $$;
"""


def upgrade() -> None:
    op.execute(COSTS)
    op.execute(isolate("organization_turns"))
    op.execute(TURN)
    op.execute(PAY)
    op.execute(FETCH)
