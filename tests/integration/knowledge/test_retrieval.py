"""What a search may find, and that LangChain's own store works on the same table."""

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from langchain.agents import create_agent
from langchain_core.documents import Document
from langchain_core.messages import HumanMessage
from langchain_postgres import PGEngine, PGVectorStore

from core.errors import InvalidInputError, NotFoundError, PermissionDeniedError
from core.principal import Permission, Principal
from graphs.models.chain_model import ChainChatModel
from graphs.runtime import open_runtime
from knowledge.chunking.chunk import Chunk
from knowledge.index import COLUMNS, TABLE
from knowledge.langchain_retriever import PrincipalRetriever
from storage.chunk_search import ChunkSearch, Scope
from storage.documents import NewVersion
from storage.indexing import NotPendingError


@pytest.fixture
def publish(runtime):
    """A current version that holds these texts, one a page."""

    async def publish(principal, name, *texts):
        new = NewVersion(name, uuid4().hex * 2, 1, len(texts), ())
        version, _ = await runtime.documents.accept(principal, new)
        chunks = [Chunk(n, n + 1, 0, len(body), body, 0, len(body)) for n, body in enumerate(texts)]
        ids = (principal, version.document_id, version.id)
        await runtime.index.add(*ids, chunks)
        await runtime.index.add(*ids, chunks[:1])  # again, which changes nothing
        await runtime.documents.publish(principal, version.id, [])
        return version

    return publish


REVENUE, WEATHER = "Total revenue was 12 million dollars.", "It rained in Lisbon all week."


async def test_the_nearest_passage_comes_first_with_its_place(runtime, publish, principal):
    version = await publish(principal, "a.pdf", WEATHER, REVENUE)
    best, other = await runtime.retriever.search(principal, "How much revenue was there?")
    assert (best.text, best.page, best.document, best.version) == (REVENUE, 2, "a.pdf", 1)
    assert (best.document_id, best.document_version_id) == (version.document_id, version.id)
    assert (best.start, best.end) == (0, len(REVENUE))
    assert best.score > other.score > 0
    assert best.score == pytest.approx(sum(best.why.values()))
    (only,) = await runtime.retriever.search(principal, "How much revenue was there?", limit=1)
    assert only == best


async def test_only_current_versions_are_found(runtime, publish, principal):
    await publish(principal, "a.pdf", "Revenue was 1.")
    await publish(principal, "a.pdf", "Revenue was 2.")
    found = await runtime.retriever.search(principal, "revenue")
    assert [(p.text, p.version) for p in found] == [("Revenue was 2.", 2)]


async def test_as_of_a_time_the_versions_of_then_are_found(runtime, publish, principal, stranger):
    start = datetime.now(UTC)
    await publish(principal, "a.pdf", "Revenue was 1.")
    one = datetime.now(UTC)
    await publish(principal, "a.pdf", "Revenue was 2.")
    two = datetime.now(UTC)
    late = await publish(principal, "b.pdf", "Revenue was 3.")

    async def found(as_of, who=principal, **more):
        passages = await runtime.retriever.search(who, "revenue", as_of=as_of, **more)
        return {(p.document, p.version) for p in passages}

    assert await found(start) == set()
    assert await found(one) == {("a.pdf", 1)}
    assert await found(two) == {("a.pdf", 2)}
    assert await found(datetime.now(UTC)) == {("a.pdf", 2), ("b.pdf", 1)}
    assert await found(datetime.max.replace(tzinfo=UTC)) == await found(None)
    assert await found(two, document_ids=[late.document_id]) == set()
    assert await found(two, who=stranger) == set()
    with pytest.raises(NotFoundError):
        await found(two, who=stranger, document_ids=[late.document_id])
    await runtime.deletion.document(principal, late.document_id)
    assert await found(None) == {("a.pdf", 2)}


async def test_only_the_given_documents_are_searched(runtime, publish, principal):
    await publish(principal, "a.pdf", REVENUE)
    b = await publish(principal, "b.pdf", WEATHER)
    found = await runtime.retriever.search(principal, "revenue", document_ids=[b.document_id])
    assert [passage.document for passage in found] == ["b.pdf"]


async def test_another_organization_s_are_never_found(runtime, publish, principal, stranger):
    theirs = await publish(stranger, "a.pdf", REVENUE)
    assert await runtime.retriever.search(principal, REVENUE) == []
    with pytest.raises(NotFoundError):
        await runtime.retriever.search(principal, REVENUE, document_ids=[theirs.document_id])
    async with runtime.database.psycopg_transaction(principal.organization_id) as connection:
        search = ChunkSearch(connection)
        scope = Scope((theirs.id,), 1)
        assert await search.nearest(scope, str([0.1] * 384), 5) == []
        assert await search.wordiest(scope, ["revenue"], [1.0], 5) == []
        assert await search.candidates([(theirs.id, 0)], str([0.1] * 384), ["revenue"]) == []
        assert await search.passages([(theirs.id, 0)]) == []


async def test_an_unknown_document_and_a_missing_permission(runtime, principal):
    unknown = uuid4()
    with pytest.raises(NotFoundError, match=str(unknown)):
        await runtime.retriever.search(principal, "x", document_ids=[unknown])
    nobody = Principal("jo", principal.organization_id, frozenset({Permission.UPLOAD_DOCUMENT}))
    with pytest.raises(PermissionDeniedError, match="query:document"):
        await runtime.retriever.search(nobody, "x")


async def test_chunks_of_a_version_that_is_not_pending_are_refused(runtime, publish, principal):
    version = await publish(principal, "a.pdf", REVENUE)
    more = [Chunk(1, 2, 0, len(WEATHER), WEATHER, 0, len(WEATHER))]
    with pytest.raises(NotPendingError):
        await runtime.index.add(principal, version.document_id, version.id, more)
    assert len(await runtime.retriever.search(principal, "revenue")) == 1


@pytest.fixture
async def langchain_store(runtime, principal):
    """PGVectorStore by its public way, knowing only the table's columns."""
    engine = PGEngine.from_engine(runtime.database.engine_of(principal))
    return await PGVectorStore.create(
        engine, runtime.embeddings, TABLE, id_column="id", metadata_columns=COLUMNS
    )


async def test_langchain_s_store_finds_ours(langchain_store, publish, principal):
    version = await publish(principal, "a.pdf", REVENUE)
    (found,) = await langchain_store.asimilarity_search("revenue", k=3)
    assert found.page_content == REVENUE
    assert str(found.metadata["document_version_id"]) == str(version.id)


async def test_ours_finds_langchain_s(langchain_store, publish, runtime, principal):
    version = await publish(principal, "a.pdf", WEATHER)
    document = Document(
        REVENUE,
        metadata={
            "document_id": str(version.document_id),
            "document_version_id": str(version.id),
            "ordinal": 1,
            "page": 9,
            "start_offset": 0,
            "end_offset": len(REVENUE),
        },
    )
    await langchain_store.aadd_documents([document], ids=[str(uuid4())])
    best, _ = await runtime.retriever.search(principal, "revenue")
    assert (best.text, best.page) == (REVENUE, 9)


@pytest.mark.parametrize(
    "query",
    [
        "the of and what",
        "revenue " * 10_000,
        "'; drop table chunks; --",
        "a & b | !c <-> (d:*",
        "?!",
        "\x00revenue",
        "\u202eeunever",
        "\ud800",
    ],
)
async def test_any_query_is_answered(runtime, publish, principal, query):
    await publish(principal, "a.pdf", WEATHER, REVENUE)
    assert len(await runtime.retriever.search(principal, query)) == 2


@pytest.mark.parametrize("query", ["", "  \n"])
async def test_an_empty_query_is_told_so(runtime, principal, query):
    with pytest.raises(InvalidInputError, match="empty"):
        await runtime.retriever.search(principal, query)


def reranked(scores):
    def reply(_headers, body):
        texts = json.loads(body)["texts"]
        found = [{"index": n, "score": scores(text)} for n, text in enumerate(texts)]
        return 200, {"content-type": "application/json"}, json.dumps(found).encode()

    return reply


async def test_a_reranker_decides_last(runtime, publish, principal, settings, loopback):
    await publish(principal, "a.pdf", WEATHER, REVENUE)
    with loopback(reranked(lambda text: 1.0 if text == WEATHER else 0.0)) as endpoint:
        configured = settings.model_copy(update={"reranker_url": endpoint.url})
        async with open_runtime(configured) as with_reranker:
            found = await with_reranker.retriever.search(principal, "How much revenue?", limit=1)
    assert [(passage.text, passage.why["reranker"]) for passage in found] == [(WEATHER, 1.0)]


@pytest.mark.parametrize(
    "reply", [(500, b""), (200, b"[]"), (200, b"{"), (200, b'[{"index": 7, "score": 1}]')]
)
async def test_search_goes_on_without_a_reranker_that_fails(
    publish, principal, settings, loopback, reply
):
    await publish(principal, "a.pdf", WEATHER, REVENUE)
    status, body = reply
    with loopback(lambda _headers, _body: (status, {}, body)) as endpoint:
        configured = settings.model_copy(update={"reranker_url": endpoint.url})
        async with open_runtime(configured) as with_reranker:
            best, _ = await with_reranker.retriever.search(principal, "How much revenue?")
    assert best.text == REVENUE


async def test_langchain_retriever_finds_what_its_principal_may_read(
    runtime, publish, principal, stranger
):
    version = await publish(principal, "a.pdf", WEATHER, REVENUE)
    best, _other = await PrincipalRetriever(store=runtime.retriever, principal=principal).ainvoke(
        "How much revenue was there?"
    )
    assert best.page_content == REVENUE
    place = {key: best.metadata[key] for key in ("document", "document_id", "page")}
    assert place == {"document": "a.pdf", "document_id": str(version.document_id), "page": 2}
    assert best.id == best.metadata["chunk_id"]
    assert best.metadata["score"] > 0
    others = PrincipalRetriever(store=runtime.retriever, principal=stranger)
    assert await others.ainvoke("How much revenue was there?") == []


async def test_langchain_retriever_keeps_to_its_limit_and_documents(runtime, publish, principal):
    first = await publish(principal, "a.pdf", REVENUE, WEATHER)
    await publish(principal, "b.pdf", REVENUE)
    retriever = PrincipalRetriever(
        store=runtime.retriever,
        principal=principal,
        limit=1,
        document_ids=(first.document_id,),
    )
    (only,) = await retriever.ainvoke("How much revenue was there?")
    assert only.metadata["document"] == "a.pdf"


async def test_agent_of_langchain_answers_from_the_store_with_our_tools(
    runtime, publish, principal
):
    """`create_agent` with the model chain and the registry's tools: nothing is played."""
    await publish(principal, "a.pdf", "ACME total revenue for fiscal 2024 was $12 million.")
    agent = create_agent(
        ChainChatModel(chain=runtime.models), runtime.registry.as_langchain_tools(principal)
    )
    question = HumanMessage("What was ACME's total revenue in fiscal 2024?")
    state = await agent.ainvoke({"messages": [question]})
    answer = state["messages"][-1]
    assert "12 million" in answer.text
    assert "[1]" in answer.text
    assert answer.response_metadata["model"] == "extractive"
