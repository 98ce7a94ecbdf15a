"""Sends endpoints what is due there, and decides what follows from how each attempt went."""

import asyncio
from datetime import UTC, datetime
from http import HTTPStatus
from uuid import UUID

from storage.audit_log import NewEntry, append
from storage.database import Database
from storage.outbox import DELIVER, EventType, publish
from storage.webhook_deliveries import (
    Attempt,
    Delivery,
    DeliveryStatus,
    Verdict,
    WebhookDeliveryRepository,
    disable,
    record,
    took_since,
)
from storage.webhook_endpoints import WebhookEndpoint, WebhookEndpointRepository
from tools.outbound.client import OutboundClient
from tools.outbound.outcome import Outcome
from tools.outbound.retrying import next_attempt_at
from tools.outbound.signing import signed_headers

IN_FLIGHT = 4
"""Of an endpoint at most: a slow one has no more of us waiting for it."""
TURN_SECONDS = 20.0
"""Then other endpoints come first."""
BATCH = 40


class Delivering:
    """The job of one endpoint. Killed anywhere it begins again, with the same message ids."""

    def __init__(self, database: Database, client: OutboundClient) -> None:
        self._database = database
        self._client = client
        self._endpoints = WebhookEndpointRepository(database)
        self._deliveries = WebhookDeliveryRepository(database)

    async def run(self, organization_id: str, endpoint_id: str) -> None:
        """As a queue has it."""
        await self.drain(UUID(organization_id), UUID(endpoint_id))

    async def drain(self, organization_id: UUID, endpoint_id: UUID) -> None:
        """Send what is due until nothing is, or the turn is over; then come back in time."""
        until = asyncio.get_running_loop().time() + TURN_SECONDS
        at_once = asyncio.Semaphore(IN_FLIGHT)

        async def send(delivery: Delivery) -> None:
            async with at_once:
                if asyncio.get_running_loop().time() < until:
                    await self._send_if_enabled(organization_id, delivery)

        while asyncio.get_running_loop().time() < until:
            due = await self._deliveries.due(organization_id, endpoint_id, BATCH)
            if not due:
                break
            async with asyncio.TaskGroup() as group:
                for delivery in due:
                    group.create_task(send(delivery))
        await self._deliveries.come_back(organization_id, endpoint_id)

    async def _send_if_enabled(self, organization_id: UUID, delivery: Delivery) -> None:
        endpoint = await self._endpoints.by_id(organization_id, delivery.endpoint_id)
        if endpoint and endpoint.enabled:
            await self.attempt(organization_id, endpoint, delivery)

    async def attempt(
        self,
        organization_id: UUID,
        endpoint: WebhookEndpoint,
        delivery: Delivery,
        *,
        retried: bool = True,
    ) -> Attempt:
        """Send once and write down how it went.

        Args:
            organization_id: whose.
            endpoint: where to.
            delivery: what.
            retried: whether it is tried again if it isn't taken.
        """
        headers = signed_headers(
            endpoint.secrets, delivery.message_id, datetime.now(UTC), delivery.body
        )
        outcome = await self._client.post(endpoint.url, headers, delivery.body)
        attempt = _attempt(delivery.attempts + 1, outcome)
        at = next_attempt_at(attempt.number, datetime.now(UTC), outcome.retry_after_seconds)
        at = at if retried and attempt.status != HTTPStatus.GONE else None
        status = _status(outcome, at)
        disabled = None
        async with self._database.transaction(organization_id) as connection:
            await record(connection, organization_id, delivery, attempt, Verdict(status, at))
            if status is DeliveryStatus.FAILED and retried:
                reason = _reason(attempt)
                if attempt.status == HTTPStatus.GONE or not await took_since(connection, delivery):
                    disabled = await disable(connection, endpoint.id, reason)
            if disabled:
                data = {"endpoint": disabled, "reason": reason}
                await publish(connection, organization_id, EventType.WEBHOOK_DISABLED, data)
                await append(connection, organization_id, _entry(endpoint.id))
        return attempt


def _status(outcome: Outcome, at: datetime | None) -> DeliveryStatus:
    if outcome.failure is None:
        return DeliveryStatus.DELIVERED
    return DeliveryStatus.PENDING if at else DeliveryStatus.FAILED


def _attempt(number: int, outcome: Outcome) -> Attempt:
    return Attempt(
        number=number,
        attempted_at=outcome.sent_at,
        duration_ms=outcome.duration_ms,
        address=outcome.address,
        request_headers=outcome.request_headers,
        status=outcome.status,
        response=outcome.response,
        error=outcome.error,
    )


def _reason(attempt: Attempt) -> str:
    if attempt.status == HTTPStatus.GONE:
        return "it answered 410: it wants no more messages"
    return f"it took nothing for a day; the last attempt ended with {attempt.error}"


def _entry(endpoint_id: UUID) -> NewEntry:
    return NewEntry(DELIVER, DELIVER, str(endpoint_id), "disabled", "worker", "-")
