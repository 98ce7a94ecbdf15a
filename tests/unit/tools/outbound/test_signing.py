"""Whoever holds any valid secret can verify a message, and nobody can change it."""

import base64
from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from tools.outbound.signing import signed_headers

OLD, NEW, OTHER = (f"whsec_{base64.b64encode(bytes([n]) * 32).decode()}" for n in range(3))
BODY = '{"é": 1}'


def test_each_valid_secret_verifies():
    headers = signed_headers((NEW, OLD), "msg_1", datetime.now(UTC), BODY)
    for secret in (NEW, OLD):
        Webhook(secret).verify(BODY, headers)
    assert headers["webhook-id"] == "msg_1"


@pytest.mark.parametrize(
    ("secret", "body", "message_id"),
    [(OTHER, BODY, "msg_1"), (NEW, '{"é": 2}', "msg_1"), (NEW, BODY, "msg_2")],
)
def test_nothing_else_does(secret, body, message_id):
    headers = signed_headers((NEW,), "msg_1", datetime.now(UTC), BODY)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body, headers | {"webhook-id": message_id})
