"""API keys as the API takes and shows them."""

from datetime import datetime, timedelta
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from core.principal import Permission
from server.identity.api_keys import Grant
from storage.api_keys import ApiKey, KeyState

DAYS, MAX_DAYS = 365, 3650
OVERLAP_HOURS, MAX_OVERLAP_HOURS = 24, 720
Days = Annotated[int, Field(ge=1, le=MAX_DAYS, description="After which it expires.")]


class NewKey(BaseModel):
    """A key to make."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=100, description='Which machine: "nightly-load".')
    permissions: Annotated[
        set[Permission], Field(min_length=1, description="At most those that you have.")
    ]
    days: Days = DAYS

    def as_grant(self) -> Grant:
        return Grant(self.name, frozenset(self.permissions), timedelta(days=self.days))


class Rotation(BaseModel):
    """How a key is replaced."""

    model_config = ConfigDict(extra="forbid")

    overlap_hours: int = Field(
        OVERLAP_HOURS, ge=0, le=MAX_OVERLAP_HOURS, description="For which the old key works on."
    )
    days: Days = DAYS


class KeyOut(BaseModel):
    """A key, without itself."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    prefix: str
    permissions: Annotated[list[Permission], BeforeValidator(sorted)]
    state: KeyState
    created_by: str
    acts_for: str
    """The person who answers for it, and who limits what it may do."""
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None


class CreatedKey(KeyOut):
    """A new key, shown this once."""

    key: str

    @classmethod
    def shown(cls, made: tuple[ApiKey, str]) -> Self:
        """Args: made: a key and its text."""
        key, text = made
        return cls(**KeyOut.model_validate(key).model_dump(), key=text)
