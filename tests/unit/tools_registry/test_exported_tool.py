"""The tools as LangChain's, for agents that others build."""

from datetime import date
from uuid import uuid4

import pytest
from langchain.agents import create_agent
from langchain_core.messages import AIMessage, HumanMessage, ToolCall, ToolMessage
from langchain_core.tools import BaseTool
from langchain_core.utils.function_calling import convert_to_openai_tool
from unit.ledger import Ledger, Report

from core.principal import Permission, Principal
from graphs.models.extractive import ExtractiveChatModel
from tools.calculate import Output
from tools_registry.evidence import shown_numbers
from tools_registry.figure_lines import read_figure_lines
from tools_registry.registry import Ports, build_registry

JO = Principal("jo", uuid4(), frozenset(Permission))
QUESTION = "What was ACME's total revenue in fiscal 2024?"


class Store:
    """Finds the same passages for every query, and remembers who asked."""

    def __init__(self, *passages) -> None:
        self.passages, self.asked = list(passages), []

    async def search(self, principal, query, **options):
        self.asked.append(principal)
        return self.passages


REPORT = Report(
    "ACME_2024_10K.pdf",
    (
        """
                      Consolidated Statements of Operations
                                 (in millions)
                                             Years ended December 31,
                                               2024          2023
Total revenues                                  $12           $11
Income tax expense                                1             1
Net income                                       $2            $2
""",
    ),
    company="ACME Corp.",
    year=2024,
    period_end=date(2024, 12, 31),
)


@pytest.fixture
def store(passage):
    return Store(passage("ACME total revenue for fiscal 2024 was $12 million."))


@pytest.fixture
def tools(store) -> dict[str, BaseTool]:
    registry = build_registry(Ports(retriever=store, outbox=None, figures=Ledger(REPORT)))
    return {tool.name: tool for tool in registry.as_langchain_tools(JO)}


def call(name: str, **arguments) -> ToolCall:
    return ToolCall(name=name, args=arguments, id="c1", type="tool_call")


async def test_exported_tools_are_those_without_a_side_effect(tools):
    assert list(tools) == ["search_documents", "look_up_figures", "calculate"]


async def test_exported_tools_are_those_the_principal_may_use(registry):
    nobody = Principal("jo", uuid4(), frozenset({Permission.UPLOAD_DOCUMENT}))
    assert registry.as_langchain_tools(nobody) == []


async def test_exported_tool_returns_what_the_model_reads_and_its_output(tools):
    message = await tools["calculate"].ainvoke(call("calculate", expression="6*7"))
    assert isinstance(message, ToolMessage)
    assert '"42"' in message.text
    assert isinstance(message.artifact, Output)


async def test_exported_search_acts_for_its_principal_and_numbers_on(tools, store, passage):
    first = await tools["search_documents"].ainvoke(call("search_documents", query="revenue"))
    store.passages.append(passage("ACME net income was $2 million."))
    second = await tools["search_documents"].ainvoke(call("search_documents", query="income"))
    assert store.asked == [JO, JO]
    assert shown_numbers(first.text) == [1]
    assert shown_numbers(second.text) == [1, 2]


@pytest.mark.parametrize(
    ("arguments", "complaint"), [({"expression": "1/0"}, "zero"), ({"nonsense": 1}, "nonsense")]
)
async def test_exported_tool_tells_the_model_what_it_can_mend(tools, arguments, complaint):
    message = await tools["calculate"].ainvoke(call("calculate", **arguments))
    assert message.status == "error"
    assert complaint in message.text


async def test_exported_tool_is_asynchronous_alone(tools):
    with pytest.raises(NotImplementedError, match="ainvoke"):
        tools["calculate"].invoke(call("calculate", expression="1"))


def test_exported_tool_converts_to_openais_format(tools, registry):
    """As adapters for other protocols, such as MCP, read it: name, description, JSON schema."""
    function = convert_to_openai_tool(tools["search_documents"])["function"]
    ours = registry["search_documents"].definition()["function"]
    assert (function["name"], function["description"]) == (ours["name"], ours["description"])
    assert function["parameters"]["required"] == ["query"]
    assert tools["search_documents"].get_input_jsonschema() == ours["parameters"]


async def test_exported_look_up_numbers_its_passage_and_its_figures_on(tools):
    ask = {"item": "revenue", "periods": ["FY2024"]}
    await tools["search_documents"].ainvoke(call("search_documents", query="revenue"))
    first = await tools["look_up_figures"].ainvoke(call("look_up_figures", **ask))
    ask["item"] = "net income"
    second = await tools["look_up_figures"].ainvoke(call("look_up_figures", **ask))
    (revenue,), (income,) = (read_figure_lines(each.text) for each in (first, second))
    assert (revenue.id, revenue.passage, revenue.amount) == ("F1", 2, 12_000_000)
    assert (income.id, income.passage, income.amount) == ("F2", 2, 2_000_000)


async def test_create_agent_with_our_tools_looks_up_and_answers(tools):
    agent = create_agent(ExtractiveChatModel(), list(tools.values()))
    asked = {"messages": [HumanMessage(QUESTION)]}
    events = [
        (event["event"], event["name"], event["data"])
        async for event in agent.astream_events(asked, version="v2")
    ]
    answer = events[-1][2]["output"]["messages"][-1]
    assert isinstance(answer, AIMessage)
    assert answer.text.startswith("Total revenues, FY2024: USD 12 million [")
    runs = [event[:2] for event in events if event[0].startswith(("on_tool", "on_retriever"))]
    started = runs.index(("on_tool_start", "search_documents"))
    searching = [run for run in runs[started:] if "figures" not in run[1]]
    assert searching[:4] == [
        ("on_tool_start", "search_documents"),
        ("on_retriever_start", "retriever"),
        ("on_retriever_end", "retriever"),
        ("on_tool_end", "search_documents"),
    ]
    assert {run for run in runs if "figures" in run[1]} == {
        ("on_tool_start", "look_up_figures"),
        ("on_tool_end", "look_up_figures"),
    }


async def test_exported_calculator_takes_the_ids_of_exported_look_ups(tools):
    ask = {"item": "revenue", "periods": ["FY2024", "FY2023"]}
    before = await tools["calculate"].ainvoke(call("calculate", expression="growth(F1, F2)"))
    await tools["look_up_figures"].ainvoke(call("look_up_figures", **ask))
    after = await tools["calculate"].ainvoke(call("calculate", expression="growth(F1, F2)"))
    assert (before.status, after.status) == ("error", "success")
    assert '"9.09 %"' in after.text
