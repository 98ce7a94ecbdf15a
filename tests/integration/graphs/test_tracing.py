"""What LangSmith is sent of a turn: its steps, and no content unless the operator says so."""

from uuid import uuid4

import pytest
from integration.evals.langsmith_server import LangSmithServer
from langchain_core.messages import HumanMessage
from langchain_core.tracers import LangChainTracer
from langsmith import Client
from langsmith.utils import get_env_var

from core.principal import local_principal
from core.telemetry import hide_content_from_traces
from graphs.copilot.context import RunContext
from graphs.copilot.graph import build_graph
from knowledge.passages import Passage
from tools_registry.registry import Ports, build_registry
from tools_registry.spec import Caller

SECRETS = ("Zephyr revenue was 48215", "zephyr-report", "zephyr query", "What did Zephyr earn?")


def found(text: str, document: str) -> Passage:
    places = {"page": 1, "start": 0, "end": 9, "match_start": 0, "match_end": 9}
    ids = dict.fromkeys(("chunk_id", "document_id", "document_version_id"), uuid4())
    return Passage(text=text, document=document, version=1, score=0.5, **places, **ids)


class Store:
    def __init__(self, passage: Passage) -> None:
        self.passage = passage

    async def search(self, principal, query, **options):
        return [self.passage]


@pytest.fixture
def trace(monkeypatch, script):
    """A traced turn that searches; what LangSmith got of it."""

    async def trace() -> str:
        calls = [("search_documents", {"query": SECRETS[2]})]
        chain = script(calls, SECRETS[0]).chain
        store = Store(found(SECRETS[0], f"{SECRETS[1]}.pdf"))
        graph = build_graph(
            chain, build_registry(Ports(retriever=store, outbox=None, figures=None))
        )
        with LangSmithServer() as server:
            client = Client(api_url=server.url, api_key="x")
            await graph.ainvoke(
                {"messages": [HumanMessage(SECRETS[3])]},
                {"callbacks": [LangChainTracer(client=client)]},
                context=RunContext(Caller(local_principal())),
            )
            client.flush()
            client.close()
            return "".join(server.runs)

    # Whatever the machine has set, and what is remembered of it.
    for name in ("INPUTS", "OUTPUTS"):
        monkeypatch.setenv(f"LANGSMITH_HIDE_{name}", "")
        monkeypatch.delenv(f"LANGSMITH_HIDE_{name}")
    get_env_var.cache_clear()
    yield trace
    get_env_var.cache_clear()


async def test_trace_names_tool_and_retriever_but_hides_their_content(trace):
    hide_content_from_traces()
    sent = await trace()
    assert '"run_type":"tool"' in sent
    assert '"run_type":"retriever"' in sent
    assert "search_documents" in sent
    for secret in SECRETS:
        assert secret not in sent


async def test_trace_has_content_where_the_operator_asks_for_it(trace, monkeypatch):
    for name in ("INPUTS", "OUTPUTS"):
        monkeypatch.setenv(f"LANGSMITH_HIDE_{name}", "false")
    hide_content_from_traces()
    sent = await trace()
    assert SECRETS[0] in sent
    assert SECRETS[2] in sent
