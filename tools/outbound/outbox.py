"""Queues a message to one endpoint, and waits a moment for how its first attempt goes."""

import asyncio
import json
from dataclasses import dataclass

from core.errors import ConflictError
from core.principal import Principal
from storage.database import Database
from storage.notifications import Notifications
from storage.webhook_deliveries import (
    Attempt,
    Delivery,
    DeliveryStatus,
    NewDelivery,
    WebhookDeliveryRepository,
)
from storage.webhook_endpoints import WebhookEndpoint, WebhookEndpointRepository

PATIENCE_SECONDS = 8.0


@dataclass(frozen=True)
class Sent:
    """How far a message has come."""

    endpoint: str
    status: int | None
    """HTTP's of the last attempt."""
    delivered: bool
    pending: bool
    """Whether it is going to be tried again."""
    error: str | None
    """Of the last attempt; None if there was none yet."""


class Outbox:
    """The port of the agent's tool: what was queued is sent, whoever dies."""

    def __init__(
        self,
        database: Database,
        notifications: Notifications,
        *,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self._endpoints = WebhookEndpointRepository(database)
        self._deliveries = WebhookDeliveryRepository(database)
        self._notifications = notifications
        self._patience_seconds = patience_seconds

    async def require(self, principal: Principal, name: str) -> None:
        """Check that messages to an endpoint are accepted.

        Raises:
            NotFoundError: there is no such endpoint.
            ConflictError: it is disabled.
        """
        await self._enabled(principal, name)

    async def send(self, principal: Principal, name: str, message_id: str, body: str) -> Sent:
        """Queue a message once, however often it is called with its id.

        Args:
            principal: on whose behalf.
            name: of the endpoint.
            message_id: the same for the same message.
            body: exactly what is sent: JSON with a `type`.

        Raises:
            NotFoundError: there is no such endpoint.
            ConflictError: it is disabled.
        """
        organization_id = principal.organization_id
        endpoint = await self._enabled(principal, name)
        new = NewDelivery(endpoint.id, message_id, str(json.loads(body).get("type", "")), body)
        queued = await self._deliveries.queue(organization_id, new)
        delivery, attempts = await self._first_attempt(principal, queued)
        last = attempts[-1] if attempts else None
        return Sent(
            endpoint=name,
            status=last.status if last else None,
            delivered=delivery.status is DeliveryStatus.DELIVERED,
            pending=delivery.status is DeliveryStatus.PENDING,
            error=last.error if last else None,
        )

    async def _enabled(self, principal: Principal, name: str) -> WebhookEndpoint:
        endpoint = await self._endpoints.get(principal.organization_id, name)
        if not endpoint.enabled:
            raise ConflictError(
                f"{name} is disabled: {endpoint.disabled_because}. "
                "Whoever manages webhooks can enable it again."
            )
        return endpoint

    async def _first_attempt(
        self, principal: Principal, queued: Delivery
    ) -> tuple[Delivery, list[Attempt]]:
        now = asyncio.get_running_loop().time
        until = now() + self._patience_seconds
        ids = principal.organization_id, queued.endpoint_id, queued.id
        with self._notifications.watch(queued.id) as bell:
            while True:
                delivery, attempts = await self._deliveries.get(*ids)
                if attempts or now() >= until:
                    return delivery, attempts
                await bell.wait(min(2.0, max(0.01, until - now())))
