"""Where webhooks may be sent: registered beforehand by a person, named by the model."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from core.errors import ConflictError, NotFoundError
from storage.database import Database


@dataclass(frozen=True)
class WebhookEndpoint:
    """A receiver and the secret that its messages are signed with."""

    name: str
    url: str
    secret: str = field(repr=False)
    """`whsec_` and base64, as the Standard Webhooks spec has it."""


class WebhookEndpointRepository:
    """Every call is one transaction, bound to one organization."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, organization_id: UUID, endpoint: WebhookEndpoint) -> None:
        """Raises: ConflictError: the name is taken."""
        try:
            async with self._database.transaction(organization_id) as connection:
                await connection.execute(
                    text(
                        "insert into webhook_endpoints (organization_id, name, url, secret)"
                        " values (:organization_id, :name, :url, :secret)"
                    ),
                    {
                        "organization_id": organization_id,
                        "name": endpoint.name,
                        "url": endpoint.url,
                        "secret": endpoint.secret,
                    },
                )
        except IntegrityError as error:
            raise ConflictError(
                f"There is a webhook named {endpoint.name!r}. Delete it, or choose another name."
            ) from error

    async def all(self, organization_id: UUID) -> list[WebhookEndpoint]:
        """By name."""
        async with self._database.transaction(organization_id) as connection:
            rows = await connection.execute(
                text("select name, url, secret from webhook_endpoints order by name")
            )
            return [WebhookEndpoint(*row) for row in rows]

    async def get(self, organization_id: UUID, name: str) -> WebhookEndpoint:
        """Raises: NotFoundError, naming those that exist."""
        endpoints = await self.all(organization_id)
        for endpoint in endpoints:
            if endpoint.name == name:
                return endpoint
        known = ", ".join(endpoint.name for endpoint in endpoints) or "none"
        raise NotFoundError(f"No webhook is registered as {name!r}. Registered: {known}.")

    async def delete(self, organization_id: UUID, name: str) -> None:
        """Raises: NotFoundError."""
        async with self._database.transaction(organization_id) as connection:
            deleted = await connection.execute(
                text("delete from webhook_endpoints where name = :name"), {"name": name}
            )
        if deleted.rowcount == 0:
            raise NotFoundError(f"No webhook is registered as {name!r}.")
