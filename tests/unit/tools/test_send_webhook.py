"""One message into the outbox, and honest words about how far it has come."""

import base64
import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from pydantic import ValidationError

from core.errors import ConflictError, NotFoundError, ToolError
from core.principal import Principal
from storage.webhook_endpoints import WebhookEndpoint
from tools.outbound.outbox import Sent
from tools.send_webhook import Input, prepare, send_webhook

KEY = b"0123456789abcdef01234567"  # pragma: allowlist secret
SECRET = "whsec_" + base64.b64encode(KEY).decode()  # pragma: allowlist secret
NOW = datetime(2026, 1, 1, tzinfo=UTC)
PRINCIPAL = Principal("jo", uuid4(), frozenset())
ARGUMENTS = Input(endpoint="risk-desk", event_type="answer.ready", payload={"revenue": "48215"})
TAKEN = Sent("risk-desk", status=204, delivered=True, pending=False, error=None)


class Outbox:
    """Answers with what it is given, and keeps what it got."""

    def __init__(self, answer: Sent | Exception = TAKEN) -> None:
        self.answer = answer
        self.got: list[tuple] = []

    async def send(self, principal, name, message_id, body):
        self.got.append((principal, name, message_id, body))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    async def ask(self):
        return await send_webhook(
            ARGUMENTS, message_id="msg_1", principal=PRINCIPAL, outbox=self, body="{approved}"
        )


async def test_exactly_what_was_approved_goes_to_the_named_receiver():
    outbox = Outbox()
    output = await outbox.ask()
    assert outbox.got == [(PRINCIPAL, "risk-desk", "msg_1", "{approved}")]
    assert (output.endpoint, output.message_id, output.status) == ("risk-desk", "msg_1", 204)
    assert output.outcome.startswith("delivered")


@pytest.mark.parametrize(
    ("status", "error"),
    [(None, None), (307, "redirect: answered 307"), (None, "unreachable: nobody")],
)
async def test_what_is_queued_is_not_called_delivered(status, error):
    sent = Sent("risk-desk", status=status, delivered=False, pending=True, error=error)
    output = await Outbox(sent).ask()
    assert "not delivered yet" in output.outcome
    assert "tried again" in output.outcome
    assert (error or "") in output.outcome


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (NotFoundError("No webhook is registered as 'x'. Registered: risk-desk."), "risk-desk"),
        (ConflictError("risk-desk is disabled."), "disabled"),
        (Sent("risk-desk", 410, False, False, "status: answered 410"), "not delivered"),
    ],
)
async def test_what_can_not_be_sent_is_told_to_the_model(answer, said):
    with pytest.raises(ToolError, match=said):
        await Outbox(answer).ask()


def test_a_message_is_prepared_with_its_time():
    prepared = json.loads(prepare(ARGUMENTS, NOW))
    assert prepared == {
        "type": "answer.ready",
        "timestamp": "2026-01-01T00:00:00+00:00",
        "data": {"revenue": "48215"},
    }


def test_an_oversized_payload_is_never_prepared():
    with pytest.raises(ToolError, match="64 KB"):
        prepare(ARGUMENTS.model_copy(update={"payload": {"text": "x" * 65_536}}), NOW)
    assert prepare(ARGUMENTS.model_copy(update={"payload": {"text": "x" * 65_000}}), NOW)


def test_no_secret_is_in_a_repr():
    desk = WebhookEndpoint("risk-desk", "https://desk.example", SECRET, previous_secret=SECRET)
    assert SECRET not in repr(desk)
    assert SECRET not in str(desk)


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "https://evil.example"},
        {"organization_id": str(uuid4())},
        {"event_type": "Answer Ready"},
        {"event_type": "a.b\nX-Header: 1"},
        {"endpoint": ""},
        {"payload": ["no", "object"]},
    ],
)
def test_the_model_can_not_say_more_than_the_schema(wrong):
    with pytest.raises(ValidationError):
        Input.model_validate(ARGUMENTS.model_dump() | wrong)
