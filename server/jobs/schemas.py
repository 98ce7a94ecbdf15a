"""Jobs as the API shows them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from storage.job_status import Job, JobStatus

Listed = Literal["queued", "running", "dead"]
"""What of jobs can be listed; those that ended well are gone."""
_WHAT_TO_DO = {
    JobStatus.FAILED: "Mend what `failure` names and upload the file again, or retry the job.",
    JobStatus.CANCELLED: "POST /jobs/{id}/retry takes it up again.",
    JobStatus.DEAD: "It was given up after its last attempt. Look into the log, then POST "
    "/jobs/{id}/retry; DELETE /jobs/{id} drops it, which needs manage:jobs.",
}


class JobOut(BaseModel):
    """Where a job stands. All about documents and pages is null for other jobs than uploads'."""

    job_id: UUID
    task: str
    status: JobStatus
    attempts: int
    """Those that ended badly."""
    run_at: datetime | None
    """Not before, if it waits for another attempt."""
    document_id: UUID | None
    document: str | None
    version: int | None
    pages_done: int | None
    page_count: int | None
    started_at: datetime | None
    """When the present attempt began."""
    pages_per_second: float | None
    """Of the present attempt, once a batch of pages is done."""
    seconds_left: float | None
    """At this speed."""
    failure: str | None
    what_to_do: str | None
    """About a job that ended without success."""

    @classmethod
    def of(cls, job: Job) -> "JobOut":
        own = ("task", "status", "attempts", "run_at", "pages_per_second", "seconds_left")
        seen = (
            "document_id", "document", "version", "pages_done", "page_count", "started_at",
            "failure",
        )  # fmt: skip
        return cls(
            job_id=job.id,
            what_to_do=_WHAT_TO_DO[job.status].format(id=job.id)
            if job.status in _WHAT_TO_DO
            else None,
            **{name: getattr(job, name) for name in own},
            **{name: getattr(job.indexing, name, None) for name in seen},
        )
