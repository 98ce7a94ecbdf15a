"""Organizations, which the owner of the database makes: the app can't."""

from uuid import UUID, uuid4

import psycopg
from psycopg.errors import UniqueViolation

from core.errors import ConflictError
from storage.database import Database
from storage.row_security import WORKER
from storage.urls import DatabaseUrls

MAX_NAME_CHARACTERS = 200


class Organizations:
    """Connects as the owner, whom row security binds too."""

    def __init__(self, urls: DatabaseUrls) -> None:
        self._urls = urls

    def add(self, name: str, organization_id: UUID | None = None) -> UUID:
        """Returns: its id.

        Raises:
            ConflictError: there is one with this id.
        """
        organization_id = organization_id or uuid4()
        bind = "select set_config('app.organization_id', %s, true)"
        with psycopg.connect(self._urls.owner) as connection:
            connection.execute(bind, (str(organization_id),))
            try:
                connection.execute(_ADD, (organization_id, name))
            except UniqueViolation as error:
                raise ConflictError(
                    f"There is an organization with the id {organization_id} already."
                ) from error
        return organization_id

    def all(self) -> list[tuple[UUID, str]]:
        """By name."""
        with psycopg.connect(self._urls.owner, options=f"-c {WORKER}=on") as connection:
            return connection.execute(_ALL).fetchall()


async def all_organizations(database: Database) -> list[UUID]:
    """As a worker sees them, who works for each."""
    async with database.worker_pool() as pool, pool.connection() as connection:
        rows = await connection.execute("select id from organizations order by id")
        return [row["id"] for row in await rows.fetchall()]


_ADD = "insert into organizations (id, name) values (%s, %s)"
_ALL = "select id, name from organizations order by name, id"
