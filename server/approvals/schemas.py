"""Approvals and policies as the API takes and shows them."""

from datetime import datetime
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator

from storage.approvals import DEFAULT_HOURS, ApprovalStatus, Rule


class ApprovalOut(BaseModel):
    """A tool call that waits for a decision, or was decided on."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    thread_id: UUID
    run_id: UUID
    call_id: str
    tool: str
    arguments: dict[str, Any]
    payload: str
    """Byte for byte what is carried out."""
    tainted: bool
    """Whether text of a document was in sight before the model asked for the call."""
    rule: Rule
    requested_by: str
    status: ApprovalStatus
    decided_by: str | None
    decided_at: datetime | None
    reason: str
    created_at: datetime
    expires_at: datetime


class DecisionIn(BaseModel):
    """Yes, no, or yes with other arguments."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    decision: Literal["approve", "edit", "reject"]
    reason: str = Field(
        "", max_length=2000, pattern=r"^[^\x00]*$", description="Told to the model."
    )
    arguments: dict[str, JsonValue] | None = Field(None, description="For `edit`: all of them.")

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if (self.decision == "edit") != (self.arguments is not None):
            raise ValueError("arguments go with the decision `edit`, and only with it")
        return self


class PolicyIn(BaseModel):
    """Who decides on a tool's calls."""

    model_config = ConfigDict(extra="forbid")

    rule: Rule
    expires_hours: int = Field(DEFAULT_HOURS, ge=1, le=8760)


class PolicyOut(PolicyIn):
    """The same, with the tool."""

    model_config = ConfigDict(from_attributes=True)

    tool: str
