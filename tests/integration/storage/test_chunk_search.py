"""Each size of organization gets the plan that finds what is there, whatever else is stored."""

from uuid import uuid4

import numpy as np
import pytest
from psycopg import AsyncConnection
from psycopg.rows import tuple_row

from storage.chunk_search import APPROXIMATE, EXACT, EXACT_CHUNKS, WALK, ChunkSearch, Scope
from storage.chunks import ChunkRepository, NewChunk
from storage.documents import DocumentRepository, NewVersion

MANY, FEW = 3000, 30
LIMIT = 10
HNSW = "chunks_embedding"


def unit_vectors(count, seed):
    """Near a plane of 16 dimensions, as text's are; evenly spread ones have no near neighbours."""
    plane = np.random.default_rng(0).standard_normal((16, 384))
    vectors = np.random.default_rng(seed).standard_normal((count, 16)) @ plane
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def in_words(vector):
    return str([round(float(value), 6) for value in vector])


@pytest.fixture
def fill(database):
    """A current version with so many chunks of random vectors."""

    async def fill(principal, count, seed):
        documents = DocumentRepository(database)
        new = NewVersion(f"{uuid4()}.pdf", uuid4().hex * 2, 1, 1, ())
        version, _ = await documents.accept(principal, new)
        vectors = unit_vectors(count, seed)
        chunks = [
            NewChunk(n, 1, 0, 1, f"figure {n}", v, 0, 1, "Note 1", None, None)
            for n, v in enumerate(vectors)
        ]
        ids = (principal, version.document_id, version.id)
        await ChunkRepository(database).load(*ids, chunks)
        await documents.publish(principal, version.id, [])
        return version, vectors

    return fill


async def plan(connection: AsyncConnection, statement, scope, vector):
    values = {"versions": list(scope.version_ids), "vector": in_words(vector), "limit": LIMIT}
    cursor = connection.cursor(row_factory=tuple_row)
    await cursor.execute(f"explain {statement}", values, prepare=False)
    return "\n".join(line for (line,) in await cursor.fetchall())


async def nearest(database, principal, scope, vector):
    async with database.psycopg_transaction(principal.organization_id) as connection:
        found = await ChunkSearch(connection).nearest(scope, in_words(vector), LIMIT)
    return [ordinal for _, ordinal in found]


def exact(vectors, query):
    halves = vectors.astype(np.float16).astype(np.float32)
    return set(np.argsort(-(halves @ query.astype(np.float16).astype(np.float32)))[:LIMIT])


async def test_a_small_organization_beside_a_large_one_finds_all_that_is_near(
    database, fill, principal, stranger
):
    await fill(stranger, MANY, seed=1)
    version, vectors = await fill(principal, FEW, seed=2)
    (query,) = unit_vectors(1, seed=3)
    scope = Scope((version.id,), FEW)
    assert scope.is_small
    assert set(await nearest(database, principal, scope, query)) == exact(vectors, query)


async def test_a_small_scope_never_walks_the_index_and_a_large_one_does(database, fill, principal):
    version, _ = await fill(principal, MANY, seed=4)
    (query,) = unit_vectors(1, seed=5)
    scope = Scope((version.id,), MANY)
    async with database.psycopg_transaction(principal.organization_id) as connection:
        # The planner's own choice for the bare query would be the index.
        assert HNSW not in await plan(connection, EXACT, scope, query)
        await connection.execute("set local enable_seqscan = off")
        assert HNSW not in await plan(connection, EXACT, scope, query)
    async with database.psycopg_transaction(principal.organization_id) as connection:
        await connection.execute(WALK)
        assert HNSW in await plan(connection, APPROXIMATE, scope, query)


async def test_a_large_scope_is_walked_until_enough_is_found(database, fill, principal, stranger):
    await fill(stranger, MANY, seed=6)
    version, vectors = await fill(principal, MANY, seed=7)
    (query,) = unit_vectors(1, seed=8)
    scope = Scope((version.id,), EXACT_CHUNKS + 1)
    assert not scope.is_small
    found = await nearest(database, principal, scope, query)
    assert len(found) == LIMIT
    assert len(set(found) & exact(vectors, query)) >= LIMIT - 1


async def test_a_walk_s_settings_end_with_its_transaction(database, fill, principal):
    version, _ = await fill(principal, FEW, seed=9)
    (query,) = unit_vectors(1, seed=10)
    await nearest(database, principal, Scope((version.id,), EXACT_CHUNKS + 1), query)
    async with database.psycopg_transaction(principal.organization_id) as connection:
        row = await (await connection.execute("show enable_sort")).fetchone()
    assert row["enable_sort"] == "on"


@pytest.mark.parametrize(
    "phrase", ["", "the of and", "a & b | !c <-> (d:*", "'; drop table", "x" * 5000]
)
async def test_any_phrase_is_searched(database, fill, principal, phrase):
    version, _ = await fill(principal, FEW, seed=11)
    scope = Scope((version.id,), FEW)
    async with database.psycopg_transaction(principal.organization_id) as connection:
        await ChunkSearch(connection).wordiest(scope, [phrase], [1.0], LIMIT)


async def test_words_find_figures_as_tokens_and_other_forms_of_a_word(database, fill, principal):
    version, _ = await fill(principal, FEW, seed=12)
    scope = Scope((version.id,), FEW)
    async with database.psycopg_transaction(principal.organization_id) as connection:
        search = ChunkSearch(connection)
        assert await search.wordiest(scope, ["17"], [1.0], 1) == [(version.id, 17)]
        assert len(await search.wordiest(scope, ["figures"], [1.0], 100)) == FEW
        key = [(version.id, 3)]
        (found,) = await search.candidates(key, in_words(np.ones(384)), ["note 1", "figure 4"])
    assert found.phrases == [1]
