"""Conversations as the API takes them."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

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


class Fork(BaseModel):
    """From where another conversation begins."""

    model_config = ConfigDict(extra="forbid")

    checkpoint_id: str = Field(min_length=1, max_length=100, pattern=r"^[0-9A-Za-z-]+$")
