"""Where webhooks may be sent: registered beforehand by a person, named by the model."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import RowMapping, text
from sqlalchemy.exc import IntegrityError

from core.errors import ConflictError, NotFoundError
from storage.database import Database
from storage.outbox import deliver_soon

MAX_ENDPOINTS = 100
"""Of an organization: each event is written down for every one of them."""


@dataclass(frozen=True)
class WebhookEndpoint:
    """A receiver and the secret that its messages are signed with."""

    name: str
    url: str
    secret: str = field(repr=False)
    """`whsec_` and base64, as the Standard Webhooks spec has it."""
    events: tuple[str, ...] = ()
    """Types of what it is told by itself, or `*`; the agent's messages need none."""
    enabled: bool = True
    disabled_because: str | None = None
    failing_since: datetime | None = None
    """The first of the attempts since it took something last."""
    previous_secret: str | None = field(default=None, repr=False)
    """Of a rotation, while it is still valid."""
    id: UUID = field(default_factory=uuid4)

    @property
    def secrets(self) -> tuple[str, ...]:
        """Those that a message is signed with now."""
        return (self.secret, self.previous_secret) if self.previous_secret else (self.secret,)


class WebhookEndpointRepository:
    """Every call is one transaction, bound to one organization."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, organization_id: UUID, endpoint: WebhookEndpoint) -> None:
        """Raises: ConflictError: the name is taken, or there are MAX_ENDPOINTS."""
        values = {
            "organization_id": organization_id,
            "id": endpoint.id,
            "name": endpoint.name,
            "url": endpoint.url,
            "secret": endpoint.secret,
            "events": list(endpoint.events),
            "most": MAX_ENDPOINTS,
        }
        try:
            async with self._database.transaction(organization_id) as connection:
                if not (await connection.execute(text(_ADD), values)).rowcount:
                    raise ConflictError(
                        f"There are {MAX_ENDPOINTS} webhooks already: delete one that is done."
                    )
        except IntegrityError as error:
            raise ConflictError(
                f"There is a webhook named {endpoint.name!r}. Delete it, or choose another name."
            ) from error

    async def all(self, organization_id: UUID) -> list[WebhookEndpoint]:
        """By name."""
        async with self._database.transaction(organization_id) as connection:
            rows = await connection.execute(text(f"{_SELECT} order by name"))
            return [_endpoint(row) for row in rows.mappings()]

    async def get(self, organization_id: UUID, name: str) -> WebhookEndpoint:
        """Raises: NotFoundError, naming those that exist."""
        endpoints = await self.all(organization_id)
        for endpoint in endpoints:
            if endpoint.name == name:
                return endpoint
        known = ", ".join(endpoint.name for endpoint in endpoints) or "none"
        raise NotFoundError(f"No webhook is registered as {name!r}. Registered: {known}.")

    async def by_id(self, organization_id: UUID, endpoint_id: UUID) -> WebhookEndpoint | None:
        """None if it is deleted."""
        async with self._database.transaction(organization_id) as connection:
            rows = await connection.execute(text(f"{_SELECT} where id = :id"), {"id": endpoint_id})
            row = rows.mappings().one_or_none()
        return _endpoint(row) if row else None

    async def change(
        self,
        organization_id: UUID,
        name: str,
        *,
        url: str | None = None,
        events: tuple[str, ...] | None = None,
        enabled: bool | None = None,
    ) -> None:
        """Change what is given. One that is enabled again is sent what waited meanwhile.

        Raises:
            NotFoundError: there is none of the name.
        """
        values = {
            "name": name,
            "url": url,
            "events": None if events is None else list(events),
            "enabled": enabled,
        }
        async with self._database.transaction(organization_id) as connection:
            endpoint_id = (await connection.execute(text(_CHANGE), values)).scalars().first()
            if endpoint_id is None:
                raise _unknown(name)
            if enabled:
                await deliver_soon(connection, organization_id, endpoint_id)

    async def rotate(self, organization_id: UUID, name: str, secret: str, until: datetime) -> None:
        """Sign with a new secret, and with the present one too for a while.

        Raises:
            NotFoundError: there is none of the name.
        """
        values = {"name": name, "secret": secret, "until": until}
        async with self._database.transaction(organization_id) as connection:
            rotated = await connection.execute(text(_ROTATE), values)
        if rotated.rowcount == 0:
            raise _unknown(name)

    async def delete(self, organization_id: UUID, name: str) -> None:
        """Its deliveries go with it. Raises: NotFoundError."""
        async with self._database.transaction(organization_id) as connection:
            deleted = await connection.execute(
                text("delete from webhook_endpoints where name = :name"), {"name": name}
            )
        if deleted.rowcount == 0:
            raise _unknown(name)


def _unknown(name: str) -> NotFoundError:
    return NotFoundError(f"No webhook is registered as {name!r}.")


def _endpoint(row: RowMapping) -> WebhookEndpoint:
    return WebhookEndpoint(**dict(row) | {"events": tuple(row["events"])})


_ADD = """
insert into webhook_endpoints (organization_id, id, name, url, secret, events)
select :organization_id, :id, :name, :url, :secret, cast(:events as text[])
where (select count(*) from webhook_endpoints) < :most
"""
_SELECT = """
select id, name, url, secret, events, enabled, disabled_because, failing_since,
    case when previous_secret_until > now() then previous_secret end as previous_secret
from webhook_endpoints
"""
_CHANGE = """
update webhook_endpoints set
    url = coalesce(:url, url),
    events = coalesce(cast(:events as text[]), events),
    enabled = coalesce(:enabled, enabled),
    disabled_because = case
        when cast(:enabled as boolean) is null then disabled_because
        when cast(:enabled as boolean) then null else 'an administrator switched it off' end,
    failing_since = case when cast(:enabled as boolean) then null else failing_since end
where name = :name
returning id
"""
_ROTATE = """
update webhook_endpoints
set previous_secret = secret, previous_secret_until = :until, secret = :secret
where name = :name
"""
