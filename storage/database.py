"""Connections of the app's role: a transaction is bound to one organization, or sees no rows.

It may be bound to a principal of it: then it sees that principal's private documents too.
"""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from typing import Self
from uuid import UUID

import psycopg
import sqlalchemy.exc
from psycopg import AsyncConnection as PsycopgConnection
from psycopg.conninfo import make_conninfo
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from core.errors import ConfigurationError, UnauthenticatedError
from core.principal import Principal
from storage.row_security import INDEXING_SHARE, WORKER
from storage.urls import APP_ROLE, DatabaseUrls, for_sqlalchemy

BOUND_TO = "copilot_bound_to"
BIND = "select set_config('app.organization_id', %s, true), set_config('app.subject', %s, true)"
Pool = AsyncConnectionPool[PsycopgConnection[DictRow]]
Owner = UUID | Principal
"""Whose rows: an organization's, or those that a principal may see."""
OUT_OF_REACH = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    sqlalchemy.exc.OperationalError,
    sqlalchemy.exc.InterfaceError,
    sqlalchemy.exc.TimeoutError,
)
"""What is raised while Postgres is away, or of connections that it took along."""


def _settings(owner: Owner) -> tuple[str, str]:
    if isinstance(owner, UUID):
        return str(owner), ""
    return str(owner.organization_id), owner.subject


def _bind(connection: Connection) -> None:
    """At the begin of each transaction, so that a pooled connection carries nothing over."""
    owner = connection.get_execution_options().get(BOUND_TO)
    if owner is not None:
        connection.exec_driver_sql(BIND, _settings(owner))


class Database:
    """The app's engine for rows and its pool for libraries that speak psycopg."""

    def __init__(
        self, engine: AsyncEngine, pool: Pool, worker_pool: Callable[..., Pool], conninfo: str
    ) -> None:
        self._engine = engine
        self._conninfo = conninfo
        self.pool = pool
        self.worker_pool = worker_pool
        """Makes a closed pool whose connections see every organization's jobs.

        Args: indexing_share: the most indexing jobs of one organization that a worker begins; None
            for no limit.
        """

    @classmethod
    @asynccontextmanager
    async def open(cls, urls: DatabaseUrls, *, connections: int = 10) -> AsyncIterator[Self]:
        """Connect as the app's role.

        Args:
            urls: where; the owner's URL isn't used here.
            connections: upper bound of each of the two pools.

        Raises:
            ConfigurationError: the role could bypass row-level security, or can't log in.
        """
        engine = create_async_engine(
            for_sqlalchemy(urls.app),
            pool_size=connections,
            pool_pre_ping=True,
            hide_parameters=True,  # an error is logged, and texts of documents must not be
            connect_args={"options": urls.app_options},
        )
        event.listen(engine.sync_engine, "begin", _bind)
        pool = _pool(urls.app_conninfo, connections)
        worker_pool = partial(_worker_pool, urls, connections)
        try:
            await _refuse_powerful_role(engine)
            async with pool:
                yield cls(engine, pool, worker_pool, urls.app_conninfo)
        finally:
            await engine.dispose()

    def engine_of(self, owner: Owner) -> AsyncEngine:
        """An engine over the same pool whose transactions see only the owner's rows."""
        return self._engine.execution_options(**{BOUND_TO: owner})

    @asynccontextmanager
    async def transaction(self, owner: Owner) -> AsyncIterator[AsyncConnection]:
        """One transaction that sees only the owner's rows; commits unless an error is raised."""
        with _of_known_people():
            async with self.engine_of(owner).begin() as connection:
                yield connection

    @asynccontextmanager
    async def psycopg_transaction(self, owner: Owner) -> AsyncIterator[PsycopgConnection[DictRow]]:
        """The same for libraries that take a psycopg connection."""
        async with self.pool.connection() as connection, connection.transaction():
            await connection.execute(BIND, _settings(owner))
            yield connection

    @asynccontextmanager
    async def glance(self, owner: Owner) -> AsyncIterator[PsycopgConnection[DictRow]]:
        """The same, of which the begin isn't waited for: one trip less for a short question."""
        async with (
            self.pool.connection() as connection,
            connection.pipeline(),
            connection.transaction(),
        ):
            await connection.execute(BIND, _settings(owner))
            yield connection

    @asynccontextmanager
    async def own_connection(self) -> AsyncIterator[PsycopgConnection[DictRow]]:
        """One outside of the pools, for who keeps it: it is bound to nobody and sees no rows."""
        connection = await PsycopgConnection.connect(
            self._conninfo, autocommit=True, row_factory=dict_row
        )
        async with connection:
            yield connection

    async def ping(self) -> None:
        """Raises whatever the driver raises when Postgres can't be reached."""
        async with self._engine.connect() as connection:
            await connection.execute(text("select 1"))


def _worker_pool(urls: DatabaseUrls, connections: int, indexing_share: int | None = None) -> Pool:
    options = f"{urls.app_options} -c {WORKER}=on"
    if indexing_share:
        options += f" -c {INDEXING_SHARE}={indexing_share}"
    return _pool(make_conninfo(urls.app, options=options), connections)


def _pool(conninfo: str, connections: int) -> Pool:
    return AsyncConnectionPool(
        conninfo,
        min_size=1,
        max_size=connections,
        open=False,
        kwargs={"prepare_threshold": 0, "row_factory": dict_row},
        configure=_autocommit,
    )


@contextmanager
def _of_known_people() -> Iterator[None]:
    """Raises: UnauthenticatedError: the caller was erased while the request went on."""
    try:
        yield
    except IntegrityError as error:
        violated = getattr(getattr(error.orig, "diag", None), "constraint_name", None) or ""
        if not violated.endswith("_user_id_fkey"):
            raise
        raise UnauthenticatedError("All of yours was erased meanwhile. Sign in anew.") from error


async def _autocommit(connection: PsycopgConnection[DictRow]) -> None:
    # Not among the pool's kwargs: procrastinate passes those on beside an autocommit of its own.
    await connection.set_autocommit(True)


async def _refuse_powerful_role(engine: AsyncEngine) -> None:
    query = text(
        "select rolname, rolsuper or rolbypassrls from pg_roles where rolname = current_user"
    )
    try:
        async with engine.connect() as connection:
            name, powerful = (await connection.execute(query)).one()
    except sqlalchemy.exc.OperationalError as error:
        raise ConfigurationError(
            "The app can't connect to Postgres: COPILOT_APP_DATABASE_URL (or DATABASE_URL, if "
            "that is unset) names a server that is out of reach, or one that refuses the login or "
            f"the role {APP_ROLE}."
        ) from error
    if powerful:
        raise ConfigurationError(
            f"The app connects as {name}, which bypasses row-level security: organizations would "
            "not be kept apart. Point COPILOT_APP_DATABASE_URL at an ordinary role, or unset it."
        )
