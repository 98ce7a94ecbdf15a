"""What a face may ask for: nothing in it says who asks."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic.json_schema import SkipJsonSchema

MAX_CHARACTERS = 8000
MAX_DOCUMENTS = 100

Documents = Annotated[tuple[UUID, ...], Field(min_length=1, max_length=MAX_DOCUMENTS)]


class Question(BaseModel):
    """A question about the caller's documents.

    Its JSON schema says nothing of null, on which LangServe's playground comes up blank.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    question: str = Field(
        min_length=1,
        max_length=MAX_CHARACTERS,
        description="In plain words; name the company and the period.",
        examples=["What was Acme's total revenue in FY2022?"],
    )
    document_ids: Documents | SkipJsonSchema[None] = Field(
        None, description="Only these documents; all if left out."
    )
    thread_id: UUID | SkipJsonSchema[None] = Field(
        None, description="Go on with this conversation; a new one if left out."
    )

    @field_validator("question")
    @classmethod
    def _storable(cls, question: str) -> str:
        if "\x00" in question:
            raise ValueError("a question can't hold NUL characters: remove them")
        return question
