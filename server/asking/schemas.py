"""Answers as the API shows them."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from graphs.copilot.answer import Answer
from graphs.copilot.approvals import ApprovalRequest
from graphs.copilot.question import Question
from knowledge.passages import Passage
from storage.approvals import approval_id


class ApprovalToDecide(ApprovalRequest):
    """A tool call that waits for a person, and where that person decides."""

    id: UUID
    path: str = Field(
        description=(
            'POST {"decision": "approve"} here (or "edit" with arguments, or "reject" with a '
            "reason); the run then continues at /runs/{run_id}/events."
        ),
        examples=["/approvals/6f1c9e1e-4a0e-5b0f-9a53-2f3f7c1f3c55"],
    )

    @classmethod
    def in_run(cls, run_id: UUID, request: ApprovalRequest) -> "ApprovalToDecide":
        row_id = approval_id(run_id, request.step, request.call_id)
        return cls(**dict(request), id=row_id, path=f"/approvals/{row_id}")


class AskOut(Answer):
    """An answer, and the chunks that the model was shown for it."""

    approvals: tuple[ApprovalToDecide, ...] = ()
    """What waits for a person if the status is `awaiting_approval`, and where to decide."""
    chunks: tuple[Passage, ...]
    chunk_count: int
    context: str
    """The chunks' text, one after another, as handed to the model."""

    @classmethod
    def of(cls, answer: Answer) -> "AskOut":
        return cls(
            **dict(answer)
            | {
                "approvals": tuple(
                    ApprovalToDecide.in_run(answer.run_id, each) for each in answer.approvals
                )
            },
            chunks=answer.passages,
            chunk_count=len(answer.passages),
            context="\n\n".join(passage.text for passage in answer.passages),
        )


class Resume(BaseModel):
    """A person's answers to what a run waits for."""

    model_config = ConfigDict(extra="forbid")

    approvals: dict[str, bool] = Field(
        max_length=100, description="By call id; a call left out is refused."
    )


class QuestionInThread(Question):
    """A question whose conversation the path names."""

    thread_id: None = Field(None, exclude=True)
