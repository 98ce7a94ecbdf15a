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
        async with self._database.transaction(principal) as connection:
            row = await connection.execute(
                text(
                    "insert into threads (organization_id, subject)"
                    " values (:organization_id, :subject) returning id"
                ),
                {"organization_id": principal.organization_id, "subject": principal.subject},
            )
            thread_id: UUID = row.scalar_one()
            return thread_id

    async def use(self, principal: Principal, thread_id: UUID) -> None:
        """Note that the conversation goes on.

        Raises:
            NotFoundError: as `require`.
        """
        await self._find(principal, thread_id, _USE)

    async def require(self, principal: Principal, thread_id: UUID) -> None:
        """Raises: NotFoundError: there is none, or it is another's; the answer is the same."""
        await self._find(principal, thread_id, _FIND)

    async def _find(self, principal: Principal, thread_id: UUID, statement: str) -> None:
        values = {"id": thread_id, "subject": principal.subject}
        async with self._database.transaction(principal) as connection:
            if (await connection.execute(text(statement), values)).first() is None:
                raise NotFoundError(
                    f"No such thread: {thread_id}. Leave thread_id out to start a new one."
                )


_FIND = "select 1 from threads where id = :id and subject = :subject"
_USE = "update threads set last_used_at = now() where id = :id and subject = :subject returning 1"
