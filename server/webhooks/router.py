"""Registering webhook receivers over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path

from server.dependencies import RuntimeDep
from server.identity.dependencies import WebhookManager
from server.webhooks.schemas import NAME, CreatedWebhook, NewWebhook, WebhookOut

router = APIRouter(prefix="/webhooks", tags=["webhooks"])


@router.post("", status_code=201)
async def register(
    runtime: RuntimeDep, principal: WebhookManager, new: NewWebhook
) -> CreatedWebhook:
    """Register a receiver that the agent may notify, each time after an approval."""
    endpoint = new.with_new_secret()
    await runtime.endpoints.add(principal.organization_id, endpoint)
    return CreatedWebhook(name=endpoint.name, url=endpoint.url, secret=endpoint.secret)


@router.get("")
async def list_webhooks(runtime: RuntimeDep, principal: WebhookManager) -> list[WebhookOut]:
    """Registered receivers, without their secrets."""
    endpoints = await runtime.endpoints.all(principal.organization_id)
    return [WebhookOut(name=each.name, url=each.url) for each in endpoints]


@router.delete("/{name}", status_code=204)
async def delete(
    runtime: RuntimeDep, principal: WebhookManager, name: Annotated[str, Path(pattern=NAME)]
) -> None:
    """Forget a receiver."""
    await runtime.endpoints.delete(principal.organization_id, name)
