"""Decisions and policies as the API takes them."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator

from storage.approvals import DEFAULT_HOURS, Rule


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
