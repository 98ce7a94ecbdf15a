"""What LangChain's callbacks see of tool calls and searches."""

import asyncio
from typing import Any

import pytest
from langchain_core.callbacks import AsyncCallbackHandler
from langchain_core.messages import HumanMessage, ToolMessage

from graphs.copilot.context import RunContext
from tools_registry.evidence import shown_numbers
from tools_registry.spec import Caller


class Recorder(AsyncCallbackHandler):
    """Each event of tools and retrievers, with the run that it belongs to and that run's parent."""

    def __init__(self) -> None:
        self.events: list[tuple[str, Any]] = []
        self.parents: dict[str, Any] = {}
        self.runs: dict[str, Any] = {}

    def _begin(self, name, data, run_id, parent_run_id):
        self.events.append((f"{name} start", data))
        self.runs[name], self.parents[name] = run_id, parent_run_id

    async def on_tool_start(self, serialized, input_str, *, run_id, parent_run_id, **kwargs):
        self._begin(kwargs["name"], kwargs["inputs"], run_id, parent_run_id)

    async def on_tool_end(self, output, *, run_id, parent_run_id, **kwargs):
        self.events.append((f"{output.name} end", output))

    async def on_tool_error(self, error, *, run_id, parent_run_id, **kwargs):
        self.events.append(("tool error", error))

    async def on_retriever_start(self, serialized, query, *, run_id, parent_run_id, **kwargs):
        self._begin(kwargs["name"], query, run_id, parent_run_id)

    async def on_retriever_end(self, documents, *, run_id, parent_run_id, **kwargs):
        self.events.append(("retriever end", documents))

    async def on_retriever_error(self, error, *, run_id, parent_run_id, **kwargs):
        self.events.append(("retriever error", error))


@pytest.fixture
def ask(rig):
    """A turn of the rig's graph, with a recorder listening."""

    async def ask(chain) -> Recorder:
        recorder = Recorder()
        rig.build(chain)
        await rig.graph.ainvoke(
            {"messages": [HumanMessage("What was revenue?")]},
            {**rig.config, "callbacks": [recorder]},
            context=RunContext(Caller(rig.principal)),
        )
        return recorder

    return ask


async def test_tool_call_is_a_run_with_name_input_and_output(ask, script):
    calls = [("calculate", {"expression": "6*7"})]
    recorder = await ask(script(calls, "42").chain)
    (start, inputs), (end, output) = recorder.events
    assert (start, inputs) == ("calculate start", {"expression": "6*7"})
    assert end == "calculate end"
    assert isinstance(output, ToolMessage)
    assert (output.tool_call_id, output.status) == ("call_1", "success")
    assert '"42"' in output.text


async def test_search_is_a_retriever_run_inside_its_tool(ask, rig, script, passage):
    rig.found["revenue"] = [passage("Revenue was 12.", page=3)]
    recorder = await ask(script([("search_documents", {"query": "revenue"})], "12 [1]").chain)
    names = [name for name, _ in recorder.events]
    assert names == [
        "search_documents start",
        "retriever start",
        "retriever end",
        "search_documents end",
    ]
    assert recorder.parents["retriever"] == recorder.runs["search_documents"]
    (document,) = dict(recorder.events)["retriever end"]
    assert document.page_content == "Revenue was 12."
    assert document.metadata["page"] == 3
    assert shown_numbers(dict(recorder.events)["search_documents end"].text) == [1]


async def test_refusal_for_the_model_ends_the_run_with_an_error_message(ask, script):
    recorder = await ask(script([("calculate", {"expression": "1/0"})], "no").chain)
    (_, output) = recorder.events[-1]
    assert output.status == "error"
    assert [name for name, _ in recorder.events] == ["calculate start", "calculate end"]


async def test_error_that_ends_the_run_is_a_tool_error(rig, script):
    async def break_down(*_args, **_options):
        raise OSError("the disk is gone")

    rig.search = break_down
    recorder = Recorder()
    rig.build(script([("search_documents", {"query": "revenue"})]).chain)
    with pytest.raises(OSError, match="disk"):
        await rig.graph.ainvoke(
            {"messages": [HumanMessage("What was revenue?")]},
            {**rig.config, "callbacks": [recorder]},
            context=RunContext(Caller(rig.principal)),
        )
    names = [name for name, _ in recorder.events]
    assert names[2:] == ["retriever error", "tool error"]


async def test_cancelled_turn_cancels_its_traced_tool(rig, script):
    begun, ended = asyncio.Event(), asyncio.Event()

    async def hang(*_args, **_options):
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    rig.search = hang
    rig.build(script([("search_documents", {"query": "revenue"})]).chain)
    turn = asyncio.create_task(
        rig.graph.ainvoke(
            {"messages": [HumanMessage("What was revenue?")]},
            {**rig.config, "callbacks": [Recorder()]},
            context=RunContext(Caller(rig.principal)),
        )
    )
    await begun.wait()
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    assert ended.is_set()


async def test_stream_of_events_shows_tools_and_searches(rig, script, passage):
    rig.found["revenue"] = [passage("Revenue was 12.")]
    rig.build(script([("search_documents", {"query": "revenue"})], "12 [1]").chain)
    events = [
        (event["event"], event["name"], event["data"])
        async for event in rig.graph.astream_events(
            {"messages": [HumanMessage("What was revenue?")]},
            rig.config,
            context=RunContext(Caller(rig.principal)),
            version="v2",
        )
        if event["event"].startswith(("on_tool", "on_retriever"))
    ]
    assert [event[:2] for event in events] == [
        ("on_tool_start", "search_documents"),
        ("on_retriever_start", "retriever"),
        ("on_retriever_end", "retriever"),
        ("on_tool_end", "search_documents"),
    ]
    assert events[0][2]["input"] == {"query": "revenue"}
    assert "Revenue was 12." in events[-1][2]["output"].text
