"""Jobs over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sse_starlette import EventSourceResponse

from server.dependencies import RuntimeDep
from server.identity.dependencies import JobManager, JobWatcher
from server.jobs.schemas import JobOut, Listed
from server.jobs.service import server_sent_events
from storage.job_status import JobStatus

router = APIRouter(prefix="/jobs", tags=["jobs"])
PING_SECONDS = 15


@router.get("")
async def list_jobs(
    runtime: RuntimeDep, principal: JobManager, status: Annotated[Listed, Query()] = "dead"
) -> list[JobOut]:
    """Your organization's jobs of any kind that wait, run, or were given up."""
    return [JobOut.of(job) for job in await runtime.jobs.jobs(principal, JobStatus(status))]


@router.get("/{job_id}")
async def show_job(runtime: RuntimeDep, principal: JobWatcher, job_id: UUID) -> JobOut:
    """How far an upload's indexing is, how fast it goes, and what to do if it doesn't."""
    return JobOut.of(await runtime.jobs.job(principal, job_id))


@router.get("/{job_id}/events", response_class=EventSourceResponse)
async def watch_job(
    runtime: RuntimeDep, principal: JobWatcher, job_id: UUID
) -> EventSourceResponse:
    """The same as server-sent events.

    `progress` now and whenever pages are done or the status changes; `end` with the last state; or
    `error` with a problem document.
    """
    # Read here, so that a refusal is a status code and not a 200.
    job = await runtime.jobs.job(principal, job_id)
    return EventSourceResponse(server_sent_events(runtime, principal, job), ping=PING_SECONDS)


@router.post("/{job_id}/cancel")
async def cancel_job(runtime: RuntimeDep, principal: JobWatcher, job_id: UUID) -> JobOut:
    """Stop an upload's indexing. What was made of it goes; the bytes stay until you delete it."""
    return JobOut.of(await runtime.jobs.cancel(principal, job_id))


@router.post("/{job_id}/retry", status_code=202)
async def retry_job(runtime: RuntimeDep, principal: JobWatcher, job_id: UUID) -> JobOut:
    """Queue a job again that failed, was cancelled or given up, as if it had never been tried."""
    return JobOut.of(await runtime.jobs.retry(principal, job_id))


@router.delete("/{job_id}", status_code=204)
async def drop_job(runtime: RuntimeDep, principal: JobManager, job_id: UUID) -> None:
    """Forget a job that was given up; an upload's version fails, and says why."""
    await runtime.jobs.drop(principal, job_id)
