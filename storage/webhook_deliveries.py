"""Messages to receivers, each with its attempts: what is due, and the log of how it went."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from psycopg.types.json import Jsonb
from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from core.errors import NotFoundError
from storage.database import Database
from storage.notifications import announce
from storage.outbox import deliver_soon

KEPT_DAYS = 30
"""So long a delivery that has ended stays in the log."""


class DeliveryStatus(StrEnum):
    """How far a message has come."""

    PENDING = "pending"
    """It is tried again, or waits for its endpoint to be enabled."""
    DELIVERED = "delivered"
    """The receiver has answered 2xx."""
    FAILED = "failed"
    """Nobody tries any more."""


@dataclass(frozen=True)
class Delivery:
    """A message to one endpoint."""

    id: UUID
    endpoint_id: UUID
    message_id: str
    event_type: str
    body: str
    status: DeliveryStatus
    attempts: int
    next_attempt_at: datetime
    created_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class Attempt:
    """What was sent, without the body, and what came."""

    number: int
    attempted_at: datetime
    duration_ms: int
    address: str | None
    request_headers: Mapping[str, str]
    status: int | None
    response: str
    """The first 2 KB of the answer."""
    error: str | None


@dataclass(frozen=True)
class NewDelivery:
    """A message for one endpoint, whether or not it wants the type."""

    endpoint_id: UUID
    message_id: str
    event_type: str
    body: str


@dataclass(frozen=True)
class Verdict:
    """What becomes of a delivery after an attempt."""

    status: DeliveryStatus
    next_attempt_at: datetime | None = None
    """Of a pending one."""


class WebhookDeliveryRepository:
    """Every call is one transaction, bound to one organization."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def queue(self, organization_id: UUID, new: NewDelivery) -> Delivery:
        """Have a message sent. One whose id the endpoint has had stays as it is.

        Raises:
            NotFoundError: the endpoint was deleted meanwhile.
        """
        values = {"organization_id": organization_id, **vars(new)}
        async with self._database.transaction(organization_id) as connection:
            queued = (await connection.execute(text(_QUEUE), values)).scalars().first()
            if queued:
                await deliver_soon(connection, organization_id, new.endpoint_id)
            rows = await connection.execute(text(_BY_MESSAGE), values)
            delivery = rows.mappings().first()
        if delivery is None:
            raise NotFoundError("The webhook was deleted meanwhile.")
        return _delivery(delivery)

    async def add_apart(self, organization_id: UUID, new: NewDelivery, seconds: float) -> Delivery:
        """One that the caller sends at once; should it die, a worker does so later.

        Raises:
            NotFoundError: the endpoint was deleted meanwhile.
        """
        values = {"organization_id": organization_id, "seconds": seconds, **vars(new)}
        async with self._database.transaction(organization_id) as connection:
            row = (await connection.execute(text(_ADD_APART), values)).mappings().first()
            if row is None:
                raise NotFoundError("The webhook was deleted meanwhile.")
            delivery = _delivery(row)
            await deliver_soon(
                connection, organization_id, new.endpoint_id, delivery.next_attempt_at
            )
        return delivery

    async def due(self, organization_id: UUID, endpoint_id: UUID, limit: int) -> Sequence[Delivery]:
        """What an enabled endpoint may be sent now, the longest due first."""
        values = {"endpoint_id": endpoint_id, "limit": limit}
        async with self._database.transaction(organization_id) as connection:
            rows = await connection.execute(text(_DUE), values)
            return [_delivery(row) for row in rows.mappings()]

    async def come_back(self, organization_id: UUID, endpoint_id: UUID) -> None:
        """At the end of a worker's turn: wake one when something is due, and shorten the log."""
        values = {"endpoint_id": endpoint_id, "days": KEPT_DAYS}
        async with self._database.transaction(organization_id) as connection:
            await connection.execute(text(_FORGET), values)
            at = (await connection.execute(text(_NEXT), values)).scalar_one()
            if at is not None:
                await deliver_soon(connection, organization_id, endpoint_id, at)

    async def get(
        self, organization_id: UUID, endpoint_id: UUID, delivery_id: UUID
    ) -> tuple[Delivery, list[Attempt]]:
        """Raises: NotFoundError."""
        values = {"endpoint_id": endpoint_id, "id": delivery_id}
        async with self._database.transaction(organization_id) as connection:
            row = (await connection.execute(text(_GET), values)).mappings().first()
            attempts = (await connection.execute(text(_ATTEMPTS), values)).mappings().all()
        if row is None:
            raise _unknown(delivery_id)
        return _delivery(row), [Attempt(**each) for each in attempts]

    async def page(
        self,
        organization_id: UUID,
        endpoint_id: UUID,
        *,
        status: DeliveryStatus | None = None,
        before: UUID | None = None,
        limit: int = 50,
    ) -> list[Delivery]:
        """The newest first, of those with a lower id than `before`."""
        values = {"endpoint_id": endpoint_id, "status": status, "before": before, "limit": limit}
        async with self._database.transaction(organization_id) as connection:
            rows = await connection.execute(text(_PAGE), values)
            return [_delivery(row) for row in rows.mappings()]

    async def redeliver(
        self, organization_id: UUID, endpoint_id: UUID, delivery_id: UUID
    ) -> Delivery:
        """Send it now under the same id, however it ended. Raises: NotFoundError."""
        values = {"endpoint_id": endpoint_id, "id": delivery_id}
        async with self._database.transaction(organization_id) as connection:
            row = (await connection.execute(text(_REDELIVER), values)).mappings().first()
            if row is None:
                raise _unknown(delivery_id)
            await deliver_soon(connection, organization_id, endpoint_id)
        return _delivery(row)


async def record(
    connection: AsyncConnection,
    organization_id: UUID,
    delivery: Delivery,
    attempt: Attempt,
    verdict: Verdict,
) -> None:
    """An attempt with what follows from it; who waits for it is woken.

    Args:
        connection: the transaction of what else follows.
        organization_id: whose.
        delivery: what was sent.
        attempt: how that went.
        verdict: what becomes of it.
    """
    values = {
        "organization_id": organization_id,
        "id": delivery.id,
        "endpoint_id": delivery.endpoint_id,
        **vars(attempt),
        "request_headers": Jsonb(dict(attempt.request_headers)),
        "state": verdict.status,
        "next_attempt_at": verdict.next_attempt_at,
    }
    # The endpoint first, as whoever changes it does, so that two never wait for each other.
    taken = verdict.status is DeliveryStatus.DELIVERED
    await connection.execute(text(_TAKEN if taken else _NOT_TAKEN), values)
    if (await connection.execute(text(_STATE), values)).rowcount:  # else it was deleted meanwhile
        await connection.execute(text(_ATTEMPT), values)
        await announce(connection, delivery.id)


async def disable(connection: AsyncConnection, endpoint_id: UUID, reason: str) -> str | None:
    """Ask an endpoint no more.

    Returns: its name, or None if that was so already.
    """
    rows = await connection.execute(text(_DISABLE), {"id": endpoint_id, "reason": reason})
    name: str | None = rows.scalars().first()
    return name


async def took_since(connection: AsyncConnection, delivery: Delivery) -> bool:
    """Whether its endpoint has taken anything since a delivery was made."""
    values = {"endpoint_id": delivery.endpoint_id, "since": delivery.created_at}
    found: bool = (await connection.execute(text(_TOOK_SINCE), values)).scalar_one()
    return found


def _unknown(delivery_id: UUID) -> NotFoundError:
    return NotFoundError(f"No such delivery: {delivery_id}.")


def _delivery(row: RowMapping) -> Delivery:
    return Delivery(**dict(row) | {"status": DeliveryStatus(row["status"])})


_COLUMNS = """
id, endpoint_id, message_id, event_type, body, status, attempts, next_attempt_at, created_at,
ended_at
"""
# Words of ours alone are put into these.
_QUEUE = """
insert into webhook_deliveries (organization_id, endpoint_id, message_id, event_type, body)
select organization_id, id, :message_id, :event_type, :body from webhook_endpoints
where id = :endpoint_id
on conflict (endpoint_id, message_id) do nothing
returning id
"""
_BY_MESSAGE = f"""
select {_COLUMNS} from webhook_deliveries
where endpoint_id = :endpoint_id and message_id = :message_id
"""  # noqa: S608  # our own words
_ADD_APART = f"""
insert into webhook_deliveries
    (organization_id, endpoint_id, message_id, event_type, body, next_attempt_at)
select organization_id, id, :message_id, :event_type, :body,
    now() + make_interval(secs => :seconds)
from webhook_endpoints where id = :endpoint_id
returning {_COLUMNS}
"""  # noqa: S608  # our own words
_DUE = f"""
select {_COLUMNS} from webhook_deliveries
where endpoint_id = :endpoint_id and status = 'pending' and next_attempt_at <= now()
  and exists (select from webhook_endpoints where id = :endpoint_id and enabled)
order by next_attempt_at, id limit :limit
"""  # noqa: S608  # our own words
_NEXT = """
select min(next_attempt_at) from webhook_deliveries
where endpoint_id = :endpoint_id and status = 'pending'
  and exists (select from webhook_endpoints where id = :endpoint_id and enabled)
"""
_FORGET = """
delete from webhook_deliveries
where endpoint_id = :endpoint_id and ended_at < now() - make_interval(days => :days)
"""
_GET = f"""
select {_COLUMNS} from webhook_deliveries where endpoint_id = :endpoint_id and id = :id
"""  # noqa: S608  # our own words
_ATTEMPTS = """
select number, attempted_at, duration_ms, address, request_headers, status, response, error
from webhook_attempts where delivery_id = :id order by number
"""
_PAGE = f"""
select {_COLUMNS} from webhook_deliveries
where endpoint_id = :endpoint_id
  and (cast(:status as text) is null or status = cast(:status as text))
  and (cast(:before as uuid) is null or id < cast(:before as uuid))
order by id desc limit :limit
"""  # noqa: S608  # our own words
_REDELIVER = f"""
update webhook_deliveries set status = 'pending', next_attempt_at = now(), ended_at = null
where endpoint_id = :endpoint_id and id = :id
returning {_COLUMNS}
"""  # noqa: S608  # our own words
_STATE = """
update webhook_deliveries
set status = :state, attempts = greatest(attempts, :number),
    next_attempt_at = coalesce(cast(:next_attempt_at as timestamptz), next_attempt_at),
    ended_at = case when :state <> 'pending' then now() end
where id = :id
"""
_ATTEMPT = """
insert into webhook_attempts (organization_id, delivery_id, number, attempted_at, duration_ms,
    address, request_headers, status, response, error)
values (:organization_id, :id, :number, :attempted_at, :duration_ms,
    :address, :request_headers, :status, :response, :error)
on conflict (delivery_id, number) do nothing
"""
_TAKEN = """
update webhook_endpoints set failing_since = null
where id = :endpoint_id and failing_since is not null
"""
_NOT_TAKEN = """
update webhook_endpoints set failing_since = :attempted_at
where id = :endpoint_id and failing_since is null
"""
_DISABLE = """
update webhook_endpoints set enabled = false, disabled_because = :reason
where id = :id and enabled
returning name
"""
_TOOK_SINCE = """
select exists (select from webhook_deliveries
    where endpoint_id = :endpoint_id and status = 'delivered' and ended_at >= :since)
"""
