"""Conversations as the API takes and shows them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from graphs.copilot.answer import Citation
from graphs.copilot.question import MAX_DOCUMENTS

Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")]


class NewThread(BaseModel):
    """A conversation to begin."""

    model_config = ConfigDict(extra="forbid")

    name: Name | None = None
    document_ids: Annotated[list[UUID], Field(min_length=1, max_length=MAX_DOCUMENTS)] | None = (
        Field(None, description="What its questions are about; all documents if left out.")
    )


class Renaming(BaseModel):
    """Another name for a conversation."""

    model_config = ConfigDict(extra="forbid")

    name: Name


class ThreadOut(BaseModel):
    """A conversation."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str | None
    document_ids: tuple[UUID, ...] | None
    created_at: datetime
    last_used_at: datetime


class SaidOut(BaseModel):
    """A question or an answer."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    """Of a question: its run's."""
    role: str
    text: str
    model: str
    citations: tuple[Citation, ...]


class PointOut(BaseModel):
    """A point of a conversation from which it can go another way."""

    model_config = ConfigDict(from_attributes=True)

    checkpoint_id: str
    at: datetime
    last_question: str
    questions: int


class Fork(BaseModel):
    """From where another conversation begins."""

    model_config = ConfigDict(extra="forbid")

    checkpoint_id: str = Field(min_length=1, max_length=100, pattern=r"^[0-9A-Za-z-]+$")
