"""Connections of the app's role: a transaction is bound to one organization, or sees no rows."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Self
from uuid import UUID

from psycopg import AsyncConnection as PsycopgConnection
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool
from sqlalchemy import Connection, event, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from core.errors import ConfigurationError
from storage.urls import DatabaseUrls, for_sqlalchemy

ORGANIZATION_OPTION = "copilot_organization_id"
BIND_ORGANIZATION = "select set_config('app.organization_id', %s, true)"


def _bind_organization(connection: Connection) -> None:
    """At the begin of each transaction, so that a pooled connection carries nothing over."""
    organization_id = connection.get_execution_options().get(ORGANIZATION_OPTION)
    if organization_id is not None:
        connection.exec_driver_sql(BIND_ORGANIZATION, (str(organization_id),))


class Database:
    """The app's engine for rows and its pool for libraries that speak psycopg."""

    def __init__(
        self, engine: AsyncEngine, pool: AsyncConnectionPool[PsycopgConnection[DictRow]]
    ) -> None:
        self._engine = engine
        self.pool = pool

    @classmethod
    @asynccontextmanager
    async def open(cls, urls: DatabaseUrls, *, connections: int = 10) -> AsyncIterator[Self]:
        """Connect as the app's role.

        Args:
            urls: where; the owner's URL isn't used here.
            connections: upper bound of each of the two pools.

        Raises:
            ConfigurationError: the role could bypass row-level security.
        """
        engine = create_async_engine(
            for_sqlalchemy(urls.app),
            pool_size=connections,
            pool_pre_ping=True,
            connect_args={"options": urls.app_options},
        )
        event.listen(engine.sync_engine, "begin", _bind_organization)
        pool: AsyncConnectionPool[PsycopgConnection[DictRow]] = AsyncConnectionPool(
            urls.app_conninfo,
            min_size=1,
            max_size=connections,
            open=False,
            kwargs={"prepare_threshold": 0, "row_factory": dict_row},
            configure=_autocommit,
        )
        try:
            await _refuse_powerful_role(engine)
            async with pool:
                yield cls(engine, pool)
        finally:
            await engine.dispose()

    def organization_engine(self, organization_id: UUID) -> AsyncEngine:
        """An engine over the same pool whose transactions see only this organization."""
        return self._engine.execution_options(**{ORGANIZATION_OPTION: organization_id})

    @asynccontextmanager
    async def transaction(self, organization_id: UUID) -> AsyncIterator[AsyncConnection]:
        """One transaction that sees only this organization; commits unless an error is raised."""
        async with self.organization_engine(organization_id).begin() as connection:
            yield connection

    @asynccontextmanager
    async def psycopg_transaction(
        self, organization_id: UUID
    ) -> AsyncIterator[PsycopgConnection[DictRow]]:
        """The same for libraries that take a psycopg connection."""
        async with self.pool.connection() as connection, connection.transaction():
            await connection.execute(BIND_ORGANIZATION, (str(organization_id),))
            yield connection

    async def ping(self) -> None:
        """Raises whatever the driver raises when Postgres can't be reached."""
        async with self._engine.connect() as connection:
            await connection.execute(text("select 1"))


async def _autocommit(connection: PsycopgConnection[DictRow]) -> None:
    # Not among the pool's kwargs: procrastinate passes those on beside an autocommit of its own.
    await connection.set_autocommit(True)


async def _refuse_powerful_role(engine: AsyncEngine) -> None:
    query = text(
        "select rolname, rolsuper or rolbypassrls from pg_roles where rolname = current_user"
    )
    async with engine.connect() as connection:
        name, powerful = (await connection.execute(query)).one()
    if powerful:
        raise ConfigurationError(
            f"The app connects as {name}, which bypasses row-level security: organizations would "
            "not be kept apart. Point COPILOT_APP_DATABASE_URL at an ordinary role, or unset it."
        )
