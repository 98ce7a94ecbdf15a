"""The plain way to keep vectors: PGVectorStore on a table of its own, as its manual sets it up."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from uuid import uuid4

import psycopg
from langchain_core.embeddings import Embeddings
from langchain_postgres import PGEngine, PGVectorStore
from sqlalchemy.engine import make_url

from bench.invented import DIMENSIONS, InventedFiling
from storage.urls import DatabaseUrls

TABLE = "plain_chunks"
COPY = f"copy {TABLE} (langchain_id, content, embedding) from stdin"


@asynccontextmanager
async def plain_engine(urls: DatabaseUrls) -> AsyncIterator[PGEngine]:
    """An engine with the driver of the manual and an empty table in a database of ours."""
    url = make_url(urls.owner).set(drivername="postgresql+asyncpg")
    engine = PGEngine.from_connection_string(url)
    await engine.ainit_vectorstore_table(TABLE, DIMENSIONS, overwrite_existing=True)
    yield engine
    await engine.close()


async def plain_store(engine: PGEngine, embeddings: Embeddings) -> PGVectorStore:
    return await PGVectorStore.create(engine, embeddings, TABLE)


def fill(urls: DatabaseUrls, filings: Iterable[InventedFiling]) -> None:
    """By COPY, which isn't what is measured here."""
    with psycopg.connect(urls.owner) as connection, connection.cursor().copy(COPY) as copy:
        for chunk in (chunk for filing in filings for chunk in filing.chunks):
            copy.write_row((uuid4(), chunk.content, str(chunk.embedding.tolist())))
    with psycopg.connect(urls.owner, autocommit=True) as connection:
        connection.execute(f"vacuum analyze {TABLE}")
