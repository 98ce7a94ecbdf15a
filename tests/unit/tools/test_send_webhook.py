"""One signed POST to a registered receiver, and a refusal in words for everything else."""

import base64
import json
from datetime import UTC, datetime
from uuid import uuid4

import httpx
import pytest
from pydantic import ValidationError
from standardwebhooks import Webhook, WebhookVerificationError

from core.errors import NotFoundError, ToolError
from core.principal import Principal
from storage.webhook_endpoints import WebhookEndpoint
from tools.send_webhook import Input, prepare, send_webhook

KEY = b"0123456789abcdef01234567"  # pragma: allowlist secret
SECRET = "whsec_" + base64.b64encode(KEY).decode()  # pragma: allowlist secret
DESK = WebhookEndpoint("risk-desk", "https://desk.example/hook", SECRET)
PRINCIPAL = Principal("jo", uuid4(), frozenset())
ARGUMENTS = Input(endpoint="risk-desk", event_type="answer.ready", payload={"revenue": "48215"})


class Registered:
    def __init__(self) -> None:
        self.asked: list[object] = []

    async def get(self, organization_id, name):
        self.asked.append(organization_id)
        if name != DESK.name:
            raise NotFoundError(f"No webhook is registered as {name!r}. Registered: risk-desk.")
        return DESK


class Receiver:
    """Answers each request with the given response, and keeps what it got."""

    def __init__(self, answer: httpx.Response | Exception) -> None:
        self.answer = answer
        self.got: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.got.append(request)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    async def send(self, arguments=ARGUMENTS, message_id="msg_1", endpoints=None):
        async with httpx.AsyncClient(
            transport=httpx.MockTransport(self), follow_redirects=True
        ) as client:
            return await send_webhook(
                arguments,
                message_id=message_id,
                body=prepare(arguments, datetime.now(UTC)),
                principal=PRINCIPAL,
                endpoints=endpoints or Registered(),
                client=client,
            )


async def test_the_message_is_signed_for_its_receiver():
    receiver, endpoints = Receiver(httpx.Response(204)), Registered()
    output = await receiver.send(endpoints=endpoints)
    (request,) = receiver.got
    body = Webhook(SECRET).verify(request.content, dict(request.headers))
    assert (body["type"], body["data"]) == ("answer.ready", {"revenue": "48215"})
    assert (request.method, str(request.url)) == ("POST", DESK.url)
    assert (output.endpoint, output.message_id, output.status) == ("risk-desk", "msg_1", 204)
    assert endpoints.asked == [PRINCIPAL.organization_id]


async def test_a_changed_body_does_not_verify():
    receiver = Receiver(httpx.Response(200))
    await receiver.send()
    (request,) = receiver.got
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(request.content.replace(b"48215", b"1"), dict(request.headers))


async def test_a_repetition_has_the_same_id():
    receiver = Receiver(httpx.Response(200))
    await receiver.send()
    await receiver.send()
    assert [request.headers["webhook-id"] for request in receiver.got] == ["msg_1", "msg_1"]


async def test_an_unregistered_name_is_refused_with_those_that_are():
    receiver = Receiver(httpx.Response(200))
    with pytest.raises(ToolError, match="risk-desk"):
        await receiver.send(ARGUMENTS.model_copy(update={"endpoint": "https://evil.example"}))
    assert receiver.got == []


async def test_a_redirect_is_not_followed():
    receiver = Receiver(httpx.Response(307, headers={"location": "https://evil.example"}))
    with pytest.raises(ToolError, match="307"):
        await receiver.send()
    assert [request.url.host for request in receiver.got] == ["desk.example"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (httpx.Response(500, text=SECRET), "500"),
        (httpx.Response(404), "404"),
        (httpx.ConnectError("refused"), "can't be reached"),
        (httpx.ReadTimeout("slow"), "can't be reached"),
        (httpx.RemoteProtocolError("cut"), "can't be reached"),
    ],
)
async def test_a_failure_is_told_to_the_model(answer, said):
    with pytest.raises(ToolError, match=said) as refused:
        await Receiver(answer).send()
    assert "not delivered" in refused.value.detail
    assert SECRET not in refused.value.detail


async def test_an_oversized_payload_is_never_sent():
    receiver = Receiver(httpx.Response(200))
    with pytest.raises(ToolError, match="64 KB"):
        await receiver.send(ARGUMENTS.model_copy(update={"payload": {"text": "x" * 65_536}}))
    assert receiver.got == []


async def test_a_payload_just_below_the_limit_is_sent():
    receiver = Receiver(httpx.Response(200))
    await receiver.send(ARGUMENTS.model_copy(update={"payload": {"text": "x" * 65_000}}))
    assert json.loads(receiver.got[0].content)["data"]["text"] == "x" * 65_000


def test_the_secret_is_not_in_the_repr():
    assert SECRET not in repr(DESK)
    assert SECRET not in str(DESK)


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
