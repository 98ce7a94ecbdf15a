"""What senders outside tell an organization: their secrets, and the messages that were seen."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from storage.database import Database
from storage.outbox import EventType, publish

KEPT_HOURS = 24
"""So long ids are known; a signature is too old after five minutes."""


class InboundRepository:
    """Every call is one transaction, bound to one organization."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def rotate(self, organization_id: UUID, secret: str, until: datetime) -> None:
        """The first secret, or the next one: the present one is valid until then."""
        values = {"organization_id": organization_id, "secret": secret, "until": until}
        async with self._database.transaction(organization_id) as connection:
            await connection.execute(text(_ROTATE), values)

    async def secrets(self, organization_id: UUID) -> tuple[str, ...]:
        """Those that are valid now: at most two, none of an unknown organization."""
        async with self._database.transaction(organization_id) as connection:
            row = (await connection.execute(text(_SECRETS))).first()
        return tuple(filter(None, row)) if row else ()

    async def accept(
        self, organization_id: UUID, message_id: str, data: Mapping[str, object]
    ) -> bool:
        """Tell the organization's receivers of a finished analysis, once.

        Returns: False if the message was seen before.
        """
        values = {"organization_id": organization_id, "message_id": message_id}
        async with self._database.transaction(organization_id) as connection:
            await connection.execute(text(_FORGET), {"hours": KEPT_HOURS})
            if not (await connection.execute(text(_SEE), values)).rowcount:
                return False
            await publish(
                connection,
                organization_id,
                EventType.ANALYSIS_COMPLETED,
                data,
                message_id=f"in_{message_id}",
            )
        return True


_ROTATE = """
insert into inbound_secrets (organization_id, secret) values (:organization_id, :secret)
on conflict (organization_id) do update
    set previous_secret = inbound_secrets.secret, previous_secret_until = :until,
        secret = excluded.secret
"""
_SECRETS = """
select secret, case when previous_secret_until > now() then previous_secret end
from inbound_secrets
"""
_FORGET = "delete from inbound_messages where received_at < now() - make_interval(hours => :hours)"
_SEE = """
insert into inbound_messages (organization_id, message_id) values (:organization_id, :message_id)
on conflict do nothing
"""
