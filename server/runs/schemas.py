"""Runs as the API takes and shows them."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from storage.runs import Run, RunStatus


class RunOut(BaseModel):
    """A question's way to its answer. Listen at `/runs/{run_id}/events`."""

    run_id: UUID
    thread_id: UUID
    status: RunStatus
    question: str
    """Masked."""
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None

    @classmethod
    def of(cls, run: Run) -> "RunOut":
        return cls(
            run_id=run.id,
            thread_id=run.thread_id,
            status=run.status,
            question=str(run.question.get("question", "")),
            created_at=run.created_at,
            started_at=run.started_at,
            ended_at=run.ended_at,
        )


class FeedbackIn(BaseModel):
    """What you think of an answer."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    score: int = Field(ge=-1, le=1, description="1 is good, -1 is bad, 0 is neither.")
    comment: str = Field("", max_length=4000, pattern=r"^[^\x00]*$")
