"""What somebody who waits for a job is told of it: computed, never stored."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from storage.documents import VersionStatus

_QUEUED = {"todo": "queued", "doing": "running", "failed": "dead"}
_ENDED = {
    VersionStatus.CURRENT: "succeeded",
    VersionStatus.SUPERSEDED: "succeeded",
    VersionStatus.FAILED: "failed",
    VersionStatus.CANCELLED: "cancelled",
}


class JobStatus(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    """It waits for its turn, or for the next attempt."""
    RUNNING = "running"
    """A worker is at it."""
    SUCCEEDED = "succeeded"
    """It is done. Of other jobs than uploads' nothing is left then."""
    FAILED = "failed"
    """The document can't be read, or its job was dropped; the failure says what to change."""
    CANCELLED = "cancelled"
    """Somebody stopped it."""
    DEAD = "dead"
    """It was tried so often that it is tried no more; an admin retries or drops it."""

    @property
    def is_over(self) -> bool:
        return self not in (JobStatus.QUEUED, JobStatus.RUNNING)


@dataclass(frozen=True)
class Indexing:
    """What a version's row says of its job."""

    document_id: UUID
    document: str
    version: int
    status: VersionStatus
    page_count: int
    pages_done: int
    pages_before: int
    """Those that were done when the present attempt began."""
    started_at: datetime | None
    """When it began."""
    indexed_at: datetime | None
    failure: str | None


@dataclass(frozen=True)
class Job:
    """A job by the id that it is called outside."""

    id: UUID
    task: str
    queue_status: str | None
    """As procrastinate has it; None if it has no such job any more."""
    attempts: int
    """Those that ended badly."""
    run_at: datetime | None
    """Not before."""
    now: datetime
    """By the database's clock."""
    indexing: Indexing | None = None
    """None for other jobs than uploads', and for those of documents that the reader can't see."""

    @property
    def status(self) -> JobStatus:
        """A pending version without a job is as dead as one that was given up."""
        if self.indexing and self.indexing.status in _ENDED:
            return JobStatus(_ENDED[self.indexing.status])
        return JobStatus(_QUEUED.get(self.queue_status or "failed", "cancelled"))

    @property
    def pages_per_second(self) -> float | None:
        """Of the present attempt, or of the one that succeeded; None before its first batch."""
        seen = self.indexing
        if seen is None or seen.started_at is None or self.status not in _MOVING:
            return None
        until = (self.status is JobStatus.SUCCEEDED and seen.indexed_at) or self.now
        seconds = (until - seen.started_at).total_seconds()
        pages = seen.pages_done - seen.pages_before
        return pages / seconds if pages > 0 and seconds > 0 else None

    @property
    def seconds_left(self) -> float | None:
        """At this speed; None while it isn't known."""
        if self.indexing is None or self.status is not JobStatus.RUNNING:
            return None
        speed = self.pages_per_second
        return (self.indexing.page_count - self.indexing.pages_done) / speed if speed else None


_MOVING = (JobStatus.RUNNING, JobStatus.SUCCEEDED)
