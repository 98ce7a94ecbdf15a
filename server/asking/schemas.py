"""Answers as the API shows them."""

from pydantic import BaseModel, ConfigDict, Field

from graphs.copilot.answer import Answer
from graphs.copilot.question import Question
from knowledge.passages import Passage


class AskOut(Answer):
    """An answer, and the chunks that the model was shown for it."""

    chunks: tuple[Passage, ...]
    chunk_count: int
    context: str
    """The chunks' text, one after another, as handed to the model."""

    @classmethod
    def of(cls, answer: Answer) -> "AskOut":
        return cls(
            **dict(answer),
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
