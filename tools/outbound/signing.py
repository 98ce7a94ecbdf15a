"""Signatures as standardwebhooks.com has them."""

from collections.abc import Sequence
from datetime import datetime

from standardwebhooks import Webhook


def signed_headers(
    secrets: Sequence[str], message_id: str, at: datetime, body: str
) -> dict[str, str]:
    """What goes before a body: one signature for each secret that is valid now.

    Args:
        secrets: as `WebhookEndpoint` has them.
        message_id: the same at each attempt.
        at: when it is sent, in UTC.
        body: exactly what is sent.
    """
    signatures = [Webhook(secret).sign(message_id, at, body) for secret in secrets]
    return {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
