"""Bodies of the sign-in routes."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from server.identity.sessions import SESSION_SECONDS


class SignIn(BaseModel):
    """The token of a one-time link."""

    model_config = ConfigDict(extra="forbid")

    token: str = Field(max_length=1000)


class ProviderAnswer(BaseModel):
    """What an identity provider sends a browser back with (RFC 6749, section 4.1.2)."""

    state: str = Field("", max_length=1000)
    code: str = Field("", max_length=4000)
    """None, if it signed nobody in."""


class Session(BaseModel):
    """What to send as `Authorization: Bearer ...`."""

    access_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105  # RFC 6750's word
    expires_in: int = SESSION_SECONDS
    """Seconds."""
