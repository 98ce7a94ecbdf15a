"""Webhooks as the API takes and shows them."""

from datetime import datetime
from typing import Annotated, Literal
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from storage.outbox import EVERY, EventType
from storage.webhook_deliveries import DeliveryStatus

NAME = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"
RESERVED = frozenset({"inbound-secret", "analysis-complete"})
"""Paths of their own."""


def _safe(url: str) -> str:
    if not url.isprintable() or " " in url:
        raise ValueError("a URL has no spaces or control characters: encode them")
    parts = urlsplit(url)
    if not parts.hostname or parts.username or parts.password:
        raise ValueError("write https://host/path, without a user name")
    if parts.scheme not in ("https", "http"):
        raise ValueError("a webhook needs https")
    return url


def _free(name: str) -> str:
    if name in RESERVED:
        raise ValueError(f"{name} is a path of the API: choose another name")
    return name


Url = Annotated[
    str,
    Field(
        max_length=2000,
        description="https, at a public address; or in a network that the operator allows.",
    ),
    AfterValidator(_safe),
]
Events = Annotated[
    list[EventType | Literal["*"]],
    Field(
        max_length=len(EventType) + 1,
        description=f"What it is told by itself; {EVERY} is everything. "
        "The agent's messages need none.",
    ),
]


class NewWebhook(BaseModel):
    """A receiver to register."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, AfterValidator(_free)] = Field(
        pattern=NAME,
        description='What the agent calls it: "risk-desk".',
    )
    url: Url
    events: Events = []


class WebhookChange(BaseModel):
    """What is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    url: Url | None = None
    events: Events | None = None
    enabled: bool | None = Field(
        default=None, description="Enabled again, it is sent what waited meanwhile."
    )


class WebhookOut(BaseModel):
    """A registered receiver."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    url: str
    events: list[str]
    enabled: bool
    disabled_because: str | None
    failing_since: datetime | None
    """The first of the attempts since it took something last."""


class CreatedWebhook(WebhookOut):
    """A receiver with its new signing secret, shown this once."""

    secret: str


class DeliveryQuery(BaseModel):
    """Which of a receiver's messages."""

    status: DeliveryStatus | None = None
    limit: int = Field(default=50, ge=1, le=200)
    before: UUID | None = Field(default=None, description="Only older ones than this.")


class DeliveryOut(BaseModel):
    """A message to a receiver."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    message_id: str
    """The same at each attempt: a receiver drops repetitions by it."""
    event_type: str
    status: DeliveryStatus
    attempts: int
    next_attempt_at: datetime
    """Of a pending one."""
    created_at: datetime
    ended_at: datetime | None


class AttemptOut(BaseModel):
    """What was sent before the body, and what came."""

    model_config = ConfigDict(from_attributes=True)

    number: int
    attempted_at: datetime
    duration_ms: int
    address: str | None
    request_headers: dict[str, str]
    status: int | None
    response: str
    """The first 2 KB of the answer's body."""
    error: str | None
    """Why it counts as not taken; its first word is stable."""


class DeliveryDetail(DeliveryOut):
    """A message with its body and all of its attempts."""

    body: str
    log: list[AttemptOut]


class InboundSecret(BaseModel):
    """What senders sign with, shown this once."""

    secret: str
    url: str
    """Where they send to."""


class Accepted(BaseModel):
    """What became of a message."""

    status: Literal["accepted", "seen before"]
