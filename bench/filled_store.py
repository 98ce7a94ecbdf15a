"""A scratch Postgres with the product's schema, and organizations to fill with invented filings."""

import asyncio
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import psycopg

from bench.invented import InventedFiling
from bench.invented import filings as invented
from core.principal import Permission, Principal
from storage.chunks import ChunkRepository
from storage.database import Database
from storage.documents import DocumentRepository, NewVersion
from storage.embedded_postgres import EmbeddedPostgres
from storage.migrate import migrate
from storage.urls import OWNER_ROLE, DatabaseUrls

LOADERS = 2
DROP_INDEX = "drop index if exists chunks_embedding"
MAKE_INDEX = "create index chunks_embedding on chunks using hnsw (embedding halfvec_cosine_ops)"
# So that an index of 100,000 vectors is made in memory, by both cores.
BUILD_FAST = f"""
alter role {OWNER_ROLE} set maintenance_work_mem = '1GB';
alter role {OWNER_ROLE} set max_parallel_maintenance_workers = 2;
"""


@dataclass(frozen=True)
class Store:
    """The database, as the app's role sees it and as its owner does."""

    database: Database
    urls: DatabaseUrls
    folder: Path
    """For other files; it goes with the store."""

    def as_owner(self, *statements: str) -> None:
        with psycopg.connect(self.urls.owner, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def new_organization(self) -> Principal:
        """Returns: one that may do everything in it."""
        organization_id = uuid4()
        with psycopg.connect(self.urls.owner) as connection:
            bind = "select set_config('app.organization_id', %s, true)"
            connection.execute(bind, (str(organization_id),))
            add = "insert into organizations (id, name) values (%s, 'bench')"
            connection.execute(add, (organization_id,))
        return Principal("bench", organization_id, frozenset(Permission))

    async def fill(self, principal: Principal, filings: Iterable[InventedFiling]) -> list[UUID]:
        """Load and publish each, a few at once.

        Returns:
            The versions.
        """
        waiting, versions = iter(filings), list[UUID]()

        async def loader() -> None:
            for filing in waiting:
                versions.append(await self._publish(principal, filing))

        await asyncio.gather(*(loader() for _ in range(LOADERS)))
        return versions

    async def _publish(self, principal: Principal, filing: InventedFiling) -> UUID:
        documents = DocumentRepository(self.database)
        new = NewVersion(filing.name, uuid4().hex * 2, 1, max(1, len(filing.pages)), ())
        version, _ = await documents.accept(principal, new)
        ids = (principal, version.document_id, version.id)
        await ChunkRepository(self.database).load(*ids, filing.chunks, filing.pages)
        await documents.publish(principal, version.id, [], filing.facts)
        return version.id

    async def build_index(self) -> None:
        """The index over vectors, quicker at once than row by row; and the planner's statistics."""
        await asyncio.to_thread(self.as_owner, MAKE_INDEX, "vacuum analyze")


@asynccontextmanager
async def scratch_store(*, index: bool = True, copied: Path | None = None) -> AsyncIterator[Store]:
    """A store in a folder of its own.

    Args:
        index: False to do without the one over vectors until `build_index`.
        copied: the folder of a store to begin with, which is closed; else it is empty.
    """
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(
            tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True)
        )
        if copied:
            await asyncio.to_thread(_copy, copied, Path(folder))
        yield await _open(Path(folder), stack, index=index)


@asynccontextmanager
async def filled_store(filings: int) -> AsyncIterator[tuple[Store, Principal]]:
    """A store in which one organization has so many filings of 500 chunks.

    It is a copy: what takes minutes is done once a process, whichever benchmarks ask for it.
    """
    if filings not in _filled:
        _filled[filings] = await _fill(filings)
    folder, principal = _filled[filings]
    async with scratch_store(copied=Path(folder.name)) as store:
        yield store, principal


_Folder = tempfile.TemporaryDirectory[str]
_filled: dict[int, tuple[_Folder, Principal]] = {}


async def _fill(filings: int) -> tuple[_Folder, Principal]:
    folder = tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True)
    async with AsyncExitStack() as stack:
        store = await _open(Path(folder.name), stack, index=False)
        principal = store.new_organization()
        await store.fill(principal, invented(filings))
        await store.build_index()
    return folder, principal


def _copy(store: Path, folder: Path) -> None:
    """With the owners of files: run by root, the embedded Postgres takes a user of its own."""
    subprocess.run(["cp", "-a", f"{store}/.", folder], check=True)  # noqa: S603, S607  # our paths


async def _open(folder: Path, stack: AsyncExitStack, *, index: bool) -> Store:
    postgres = await asyncio.to_thread(EmbeddedPostgres, folder / "postgres")
    stack.callback(postgres.close)
    await asyncio.to_thread(migrate, postgres.urls)
    database = await stack.enter_async_context(Database.open(postgres.urls))
    store = Store(database, postgres.urls, folder)
    store.as_owner(BUILD_FAST, *(() if index else (DROP_INDEX,)))
    return store
