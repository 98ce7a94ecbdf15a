"""Webhook receivers as the API takes and shows them."""

import base64
import secrets
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator

from storage.webhook_endpoints import WebhookEndpoint

NAME = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class NewWebhook(BaseModel):
    """A receiver to register."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(
        pattern=NAME,
        description='What the agent calls it: "risk-desk".',
    )
    url: str = Field(max_length=2000, description="https, or http on this machine.")

    @field_validator("url")
    @classmethod
    def _safe(cls, url: str) -> str:
        if not url.isprintable() or " " in url:
            raise ValueError("a URL has no spaces or control characters: encode them")
        parts = urlsplit(url)
        if not parts.hostname or parts.username or parts.password:
            raise ValueError("write https://host/path, without a user name")
        if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK):
            return url
        raise ValueError("a webhook needs https (http is fine for this machine alone)")

    def with_new_secret(self) -> WebhookEndpoint:
        """Standard Webhooks asks for 24 to 64 random bytes."""
        secret = f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"
        return WebhookEndpoint(self.name, self.url, secret)


class WebhookOut(BaseModel):
    """A registered receiver."""

    name: str
    url: str


class CreatedWebhook(WebhookOut):
    """A new receiver with its signing secret, shown this once."""

    secret: str
