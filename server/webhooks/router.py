"""Webhook receivers over HTTP: who is told what, and how that went."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query

from server.dependencies import RuntimeDep
from server.identity.dependencies import WebhookManager
from server.webhooks.schemas import (
    NAME,
    AttemptOut,
    CreatedWebhook,
    DeliveryDetail,
    DeliveryOut,
    DeliveryQuery,
    NewWebhook,
    WebhookChange,
    WebhookOut,
)
from server.webhooks.service import Webhooks
from storage.webhook_deliveries import Attempt, Delivery

router = APIRouter(prefix="/webhooks", tags=["webhooks"])


def _webhooks(runtime: RuntimeDep) -> Webhooks:
    return Webhooks(runtime.database, runtime.outbound)


WebhooksDep = Annotated[Webhooks, Depends(_webhooks)]
Name = Annotated[str, Path(pattern=NAME)]


@router.post("", status_code=201)
async def register_webhook(
    webhooks: WebhooksDep, principal: WebhookManager, new: NewWebhook
) -> CreatedWebhook:
    """Register a receiver: it is told the events that it wants, signed, at least once each.

    The agent may notify it too, each time after an approval.
    """
    endpoint = await webhooks.register(principal.organization_id, new)
    return CreatedWebhook.model_validate(endpoint)


@router.get("")
async def list_webhooks(webhooks: WebhooksDep, principal: WebhookManager) -> list[WebhookOut]:
    """Registered receivers, without their secrets."""
    endpoints = await webhooks.endpoints.all(principal.organization_id)
    return [WebhookOut.model_validate(each) for each in endpoints]


@router.get("/{name}")
async def show_webhook(webhooks: WebhooksDep, principal: WebhookManager, name: Name) -> WebhookOut:
    """One of them."""
    endpoint = await webhooks.endpoints.get(principal.organization_id, name)
    return WebhookOut.model_validate(endpoint)


@router.patch("/{name}")
async def change_webhook(
    webhooks: WebhooksDep, principal: WebhookManager, name: Name, change: WebhookChange
) -> WebhookOut:
    """Change its URL or events, switch it off or on again."""
    endpoint = await webhooks.change(principal.organization_id, name, change)
    return WebhookOut.model_validate(endpoint)


@router.delete("/{name}", status_code=204)
async def delete_webhook(webhooks: WebhooksDep, principal: WebhookManager, name: Name) -> None:
    """Forget a receiver, with its log and what still waits for it."""
    await webhooks.endpoints.delete(principal.organization_id, name)


@router.post("/{name}/rotate-secret")
async def rotate_secret(
    webhooks: WebhooksDep, principal: WebhookManager, name: Name
) -> CreatedWebhook:
    """A new secret. For 24 hours messages are signed with the old one too."""
    endpoint = await webhooks.rotate(principal.organization_id, name)
    return CreatedWebhook.model_validate(endpoint)


@router.post("/{name}/test")
async def test_webhook(
    webhooks: WebhooksDep, principal: WebhookManager, name: Name
) -> DeliveryDetail:
    """Send `webhook.test` now, once, and tell how it went."""
    return _detail(*await webhooks.test(principal.organization_id, name))


@router.get("/{name}/deliveries")
async def list_deliveries(
    webhooks: WebhooksDep,
    principal: WebhookManager,
    name: Name,
    wanted: Annotated[DeliveryQuery, Query()],
) -> list[DeliveryOut]:
    """Messages, the newest first; ended ones are kept for 30 days."""
    found = await webhooks.deliveries(principal.organization_id, name, wanted)
    return [DeliveryOut.model_validate(each) for each in found]


@router.get("/{name}/deliveries/{delivery_id}")
async def show_delivery(
    webhooks: WebhooksDep, principal: WebhookManager, name: Name, delivery_id: UUID
) -> DeliveryDetail:
    """One message with what was sent, what came, and when."""
    return _detail(*await webhooks.delivery(principal.organization_id, name, delivery_id))


@router.post("/{name}/deliveries/{delivery_id}/redeliver", status_code=202)
async def redeliver(
    webhooks: WebhooksDep, principal: WebhookManager, name: Name, delivery_id: UUID
) -> DeliveryOut:
    """Send it again soon, under the same message id."""
    delivery = await webhooks.redeliver(principal.organization_id, name, delivery_id)
    return DeliveryOut.model_validate(delivery)


def _detail(delivery: Delivery, attempts: list[Attempt]) -> DeliveryDetail:
    log = [AttemptOut.model_validate(each) for each in attempts]
    shown = DeliveryOut.model_validate(delivery)
    return DeliveryDetail(**shown.model_dump(), body=delivery.body, log=log)
