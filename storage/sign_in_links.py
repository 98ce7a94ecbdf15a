"""Which one-time sign-in links were used. That a link is genuine, its signature tells."""

from uuid import UUID

from sqlalchemy import text

from core.principal import Principal
from storage.database import Database


class SignInLinkRepository:
    """Every call is one transaction, bound to the principal's organization."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def use(self, principal: Principal, link_id: UUID) -> bool:
        """Returns: False if the link was used before; of two at once, one gets True."""
        async with self._database.transaction(principal.organization_id) as connection:
            used = await connection.execute(
                text(
                    "insert into used_sign_in_links (id, organization_id)"
                    " values (:id, :organization_id) on conflict (id) do nothing"
                ),
                {"id": link_id, "organization_id": principal.organization_id},
            )
            return used.rowcount == 1
