"""What admins do with webhooks, over HTTP and in a shell."""

import base64
import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from server.webhooks.schemas import DeliveryQuery, NewWebhook, WebhookChange
from storage.database import Database
from storage.outbox import EventType, envelope
from storage.webhook_deliveries import (
    Attempt,
    Delivery,
    NewDelivery,
    WebhookDeliveryRepository,
)
from storage.webhook_endpoints import WebhookEndpoint, WebhookEndpointRepository
from tools.outbound.client import OutboundClient
from tools.outbound.delivering import Delivering

OVERLAP = timedelta(hours=24)
"""So long a secret is valid beside the one that replaces it."""
TEST_SECONDS = 60.0
"""A test that hasn't ended by then is a worker's to send: whoever pressed the button died."""


def new_secret() -> str:
    """Standard Webhooks asks for 24 to 64 random bytes."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"


class Webhooks:
    """Of one organization at a time."""

    def __init__(self, database: Database, client: OutboundClient) -> None:
        self.endpoints = WebhookEndpointRepository(database)
        self._deliveries = WebhookDeliveryRepository(database)
        self._client = client
        self._delivering = Delivering(database, client)

    async def register(self, organization_id: UUID, new: NewWebhook) -> WebhookEndpoint:
        """With a secret of its own.

        Raises:
            InvalidInputError: the URL leads where no message may be sent.
            ConflictError: the name is taken.
        """
        await self._client.check(new.url)
        endpoint = WebhookEndpoint(new.name, new.url, new_secret(), tuple(new.events))
        await self.endpoints.add(organization_id, endpoint)
        return endpoint

    async def change(
        self, organization_id: UUID, name: str, change: WebhookChange
    ) -> WebhookEndpoint:
        """Raises: NotFoundError; InvalidInputError: the new URL may not be sent to."""
        if change.url is not None:
            await self._client.check(change.url)
        await self.endpoints.change(
            organization_id,
            name,
            url=change.url,
            events=None if change.events is None else tuple(change.events),
            enabled=change.enabled,
        )
        return await self.endpoints.get(organization_id, name)

    async def rotate(self, organization_id: UUID, name: str) -> WebhookEndpoint:
        """A new secret; the present one goes on for a day. Raises: NotFoundError."""
        secret = new_secret()
        await self.endpoints.rotate(organization_id, name, secret, datetime.now(UTC) + OVERLAP)
        return replace(await self.endpoints.get(organization_id, name), secret=secret)

    async def test(self, organization_id: UUID, name: str) -> tuple[Delivery, list[Attempt]]:
        """Send a message now, once, even to a disabled one. Raises: NotFoundError."""
        endpoint = await self.endpoints.get(organization_id, name)
        body = envelope(EventType.WEBHOOK_TEST, {"endpoint": name})
        new = NewDelivery(endpoint.id, f"msg_{uuid4().hex}", EventType.WEBHOOK_TEST, body)
        delivery = await self._deliveries.add_apart(organization_id, new, TEST_SECONDS)
        await self._delivering.attempt(organization_id, endpoint, delivery, retried=False)
        return await self._deliveries.get(organization_id, endpoint.id, delivery.id)

    async def deliveries(
        self, organization_id: UUID, name: str, wanted: DeliveryQuery
    ) -> list[Delivery]:
        """The newest first. Raises: NotFoundError."""
        endpoint = await self.endpoints.get(organization_id, name)
        return await self._deliveries.page(
            organization_id,
            endpoint.id,
            status=wanted.status,
            before=wanted.before,
            limit=wanted.limit,
        )

    async def delivery(
        self, organization_id: UUID, name: str, delivery_id: UUID
    ) -> tuple[Delivery, list[Attempt]]:
        """Raises: NotFoundError."""
        endpoint = await self.endpoints.get(organization_id, name)
        return await self._deliveries.get(organization_id, endpoint.id, delivery_id)

    async def redeliver(self, organization_id: UUID, name: str, delivery_id: UUID) -> Delivery:
        """Under the same message id. Raises: NotFoundError."""
        endpoint = await self.endpoints.get(organization_id, name)
        return await self._deliveries.redeliver(organization_id, endpoint.id, delivery_id)
