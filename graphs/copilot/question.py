"""What a face may ask for: nothing in it says who asks."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue, field_validator
from pydantic.json_schema import SkipJsonSchema

from graphs.copilot.as_of import HOW, AsOf

MAX_CHARACTERS = 8000
MAX_DOCUMENTS = 100

Documents = Annotated[tuple[UUID, ...], Field(max_length=MAX_DOCUMENTS)]


def without_default(schema: dict[str, JsonValue]) -> None:
    # LangServe's playground comes up blank on null as a type, and refuses it as a default.
    schema.pop("default", None)


class Question(BaseModel):
    """A question about the caller's documents."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    question: str = Field(
        min_length=1,
        max_length=MAX_CHARACTERS,
        description="In plain words; name the company and the period.",
        examples=["What was Acme's total revenue in FY2022?"],
    )
    document_ids: Documents | SkipJsonSchema[None] = Field(
        None,
        description="Only these documents; all if left out or empty.",
        json_schema_extra=without_default,
    )
    thread_id: UUID | SkipJsonSchema[None] = Field(
        None,
        description="Go on with this conversation; a new one if left out.",
        json_schema_extra=without_default,
    )
    as_of: AsOf | SkipJsonSchema[None] = Field(
        None,
        description=(
            "Answer from the versions of documents that were current then; from today's if left "
            f"out. Say {HOW}; a day counts to its end in UTC. It holds for this question alone: "
            "another one of the same conversation says its own."
        ),
        examples=["2024-03-01"],
        json_schema_extra=without_default,
    )

    @field_validator("document_ids")
    @classmethod
    def _all_if_empty(cls, document_ids: tuple[UUID, ...] | None) -> tuple[UUID, ...] | None:
        return document_ids or None

    @field_validator("question")
    @classmethod
    def _storable(cls, question: str) -> str:
        if "\x00" in question:
            raise ValueError("a question can't hold NUL characters: remove them")
        return question
