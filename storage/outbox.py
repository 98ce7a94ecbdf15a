"""Events for receivers, written in the transaction of what happened: both are true or neither."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from core.principal import Principal
from storage.jobs import NewJob, Queue, defer

DELIVER = "deliver_webhooks"
"""The job that sends an endpoint what is due there."""
EVERY = "*"
"""Instead of types: an endpoint that wants every event."""


class EventType(StrEnum):
    """What an endpoint can be told of. Data are ids and names, never content."""

    DOCUMENT_INDEXED = "document.indexed"
    """A version is searchable."""
    DOCUMENT_FAILED = "document.failed"
    """A version can't be read, or its indexing was given up."""
    DOCUMENT_DELETED = "document.deleted"
    """A document is gone with all of its versions."""
    RUN_COMPLETED = "run.completed"
    """An answer is there."""
    RUN_FAILED = "run.failed"
    """A run ended without an answer."""
    APPROVAL_REQUESTED = "approval.requested"
    """A tool call waits for a person."""
    ANALYSIS_COMPLETED = "analysis.completed"
    """Somebody else's system has told us so, signed."""
    WEBHOOK_DISABLED = "webhook.disabled"
    """An endpoint took nothing for a day and is asked no more."""
    WEBHOOK_TEST = "webhook.test"
    """A person pressed the button; sent to that endpoint alone, whatever it wants."""


async def publish(
    connection: AsyncConnection,
    organization_id: UUID,
    event: EventType,
    data: Mapping[str, object],
    *,
    message_id: str = "",
) -> None:
    """Queue an event for each enabled endpoint that wants its type.

    Args:
        connection: the transaction in which it happened.
        organization_id: whose event it is.
        event: its type.
        data: JSON: ids, names and states.
        message_id: the same for the same event; left out, a new one.
    """
    body = envelope(event, data)
    values = {
        "organization_id": organization_id,
        "message_id": message_id or f"msg_{uuid4().hex}",
        "type": event,
        "body": body,
    }
    rows = await connection.execute(text(_PUBLISH), values)
    for endpoint_id in sorted(rows.scalars()):  # in one order, or two would wait for each other
        await deliver_soon(connection, organization_id, endpoint_id)


async def publish_version(
    connection: AsyncConnection, principal: Principal, event: EventType, version_id: UUID
) -> None:
    """An event of a document's version. Ids alone: the document may be private."""
    rows = await connection.execute(text(_DOCUMENT), {"id": version_id})
    for document_id in rows.scalars():
        about = {"document_id": document_id, "version_id": version_id}
        await publish(connection, principal.organization_id, event, about)


def envelope(event: str, data: Mapping[str, object]) -> str:
    """A message's body as Standard Webhooks has it, with the time of now."""
    return json.dumps(
        {"type": event, "timestamp": datetime.now(UTC).isoformat(), "data": dict(data)},
        default=str,
    )


async def deliver_soon(
    connection: AsyncConnection,
    organization_id: UUID,
    endpoint_id: UUID,
    at: datetime | None = None,
) -> None:
    """Have an endpoint sent what is due there, from now on or from a time on."""
    job = NewJob(
        DELIVER,
        {"endpoint_id": str(endpoint_id)},
        lock=str(endpoint_id),
        queue=Queue.WEBHOOKS,
        once=True,
        run_at=at,
    )
    await defer(connection, organization_id, job)


_DOCUMENT = "select document_id from document_versions where id = :id"
_PUBLISH = f"""
insert into webhook_deliveries (organization_id, endpoint_id, message_id, event_type, body)
select organization_id, id, :message_id, :type, :body from webhook_endpoints
where enabled and (cast(:type as text) = any(events) or '{EVERY}' = any(events))
on conflict (endpoint_id, message_id) do nothing
returning endpoint_id
"""  # noqa: S608  # our own words
