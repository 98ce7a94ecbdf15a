"""Whose conversation a thread is."""

from uuid import UUID

from sqlalchemy import text

from core.errors import NotFoundError
from core.principal import Principal
from storage.database import Database


class ThreadRepository:
    """Every call is one transaction, bound to the principal's organization."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def create(self, principal: Principal) -> UUID:
        """Returns: the new thread's id."""
        async with self._database.transaction(principal.organization_id) as connection:
            row = await connection.execute(
                text(
                    "insert into threads (organization_id, subject)"
                    " values (:organization_id, :subject) returning id"
                ),
                {"organization_id": principal.organization_id, "subject": principal.subject},
            )
            thread_id: UUID = row.scalar_one()
            return thread_id

    async def require(self, principal: Principal, thread_id: UUID) -> None:
        """Raises: NotFoundError: there is none, or it is another's; the answer is the same."""
        async with self._database.transaction(principal.organization_id) as connection:
            row = await connection.execute(
                text("select 1 from threads where id = :id and subject = :subject"),
                {"id": thread_id, "subject": principal.subject},
            )
            if row.first() is None:
                raise NotFoundError(
                    f"No such thread: {thread_id}. Leave thread_id out to start a new one."
                )
