"""Signed notifications from outside: whoever signs with an organization's secret is heard."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Literal
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Request, Response
from pydantic import AwareDatetime, BaseModel, ValidationError
from standardwebhooks import Webhook, WebhookVerificationError

from core.errors import InvalidInputError, UnauthenticatedError
from knowledge.errors import TooLargeError
from server.dependencies import RuntimeDep
from server.identity.dependencies import WebhookManager
from server.limits.dependencies import count_call
from server.webhooks.schemas import Accepted, InboundSecret
from server.webhooks.service import OVERLAP, new_secret
from storage.inbound import InboundRepository

PATH = "/webhooks/analysis-complete"
MAX_BYTES = 64 * 1024
MAX_ID_CHARACTERS = 200
NOBODYS = new_secret()
"""Checked in place of a secret that isn't there, so that no clock tells which are."""
SECRETS = 2

router = APIRouter(tags=["webhooks"])


class Notification(BaseModel):
    """The envelope of Standard Webhooks."""

    type: Literal["analysis.completed"]
    timestamp: AwareDatetime
    data: dict[str, object]


@router.put("/webhooks/inbound-secret", dependencies=[Depends(count_call)])
async def renew_inbound_secret(
    request: Request, runtime: RuntimeDep, principal: WebhookManager
) -> InboundSecret:
    """Make the secret that senders sign with, or the next one: the old is valid for 24 hours."""
    secret = new_secret()
    await InboundRepository(runtime.database).rotate(
        principal.organization_id, secret, datetime.now(UTC) + OVERLAP
    )
    base = (request.app.state.public_url or str(request.base_url)).rstrip("/")
    return InboundSecret(
        secret=secret, url=f"{base}{PATH}?organization={principal.organization_id}"
    )


@router.post(
    PATH,
    status_code=202,
    responses={200: {"model": Accepted, "description": "It was seen before"}},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": Notification.model_json_schema()}},
        }
    },
)
async def analysis_complete(
    request: Request, response: Response, runtime: RuntimeDep, organization: str = ""
) -> Accepted:
    """Tell an organization that an analysis elsewhere is complete, signed per Standard Webhooks.

    Its receivers of `analysis.completed` are told. The same message id counts once.
    """
    inbound = InboundRepository(runtime.database)
    body = await request.body()
    organization_id, message_id = await _verified(inbound, organization, request.headers, body)
    told = _notification(body)
    is_new = await inbound.accept(organization_id, message_id, told.data)
    response.status_code = 202 if is_new else 200
    return Accepted(status="accepted" if is_new else "seen before")


async def _verified(
    inbound: InboundRepository, organization: str, headers: Mapping[str, str], body: bytes
) -> tuple[UUID, str]:
    """Whose message it is, and its id.

    Raises:
        TooLargeError: more than is read.
        UnauthenticatedError: the same whatever is wrong, after the same work.
    """
    if len(body) > MAX_BYTES:
        raise TooLargeError(f"At most {MAX_BYTES // 1024} KB are taken. Send less.")
    organization_id = _uuid(organization)
    known = await inbound.secrets(organization_id)
    secrets = (*known, *[NOBODYS] * SECRETS)[:SECRETS]
    holds = [_holds(secret, headers, body) for secret in secrets]
    message_id = headers.get("webhook-id", "")
    named = len(message_id) <= MAX_ID_CHARACTERS and message_id.isascii()
    if not (named and message_id.isprintable() and any(holds[: len(known)])):
        raise UnauthenticatedError(
            "The message isn't signed by whom it says. Send webhook-id, webhook-timestamp (of now) "
            "and webhook-signature with a valid secret of the organization."
        )
    return organization_id, message_id


def _holds(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    try:
        Webhook(secret).verify(body, dict(headers), json_parse=False)
    except (WebhookVerificationError, ValueError):  # what isn't even a signature is a ValueError
        return False
    return True


def _uuid(organization: str) -> UUID:
    try:
        return UUID(organization)
    except ValueError:
        return uuid4()  # nobody's


def _notification(body: bytes) -> Notification:
    """Raises: InvalidInputError."""
    try:
        return Notification.model_validate_json(body)
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(map(str, each['loc'])) or 'body'}: {each['msg']}"
            for each in error.errors(include_input=False, include_url=False)[:5]
        )
        raise InvalidInputError(
            f'Send {{"type": "analysis.completed", "timestamp": ..., "data": {{...}}}}: {problems}'
        ) from error
