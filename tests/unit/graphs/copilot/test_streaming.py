"""What a listener is told, in the order in which it happens."""

from langchain_core.messages import HumanMessage

from graphs.copilot.context import RunContext
from tools_registry.spec import Caller


async def events(rig, *, stream=True):
    given = {"messages": [HumanMessage("q")], "approvals": {}}
    context = RunContext(Caller(rig.principal), rig.limits, stream)
    return [
        item
        async for item in rig.graph.astream(
            given, rig.config, context=context, stream_mode="custom"
        )
    ]


async def test_tokens_and_tool_steps_are_told(rig, script):
    calls = [("calculate", {"expression": "1+1"}), ("no_such_tool", {})]
    heard = await events(rig.build(script(calls, "It is 2.").chain))
    kinds = [event["type"] for event in heard]
    assert kinds[:2] == ["tool_started"] * 2
    finished = [event for event in heard if event["type"] == "tool_finished"]
    assert [(e["tool"], e["status"]) for e in finished] == [
        ("calculate", "success"),
        ("no_such_tool", "error"),
    ]
    tokens = "".join(event["text"] for event in heard if event["type"] == "token")
    assert tokens == "It is 2."
    assert kinds[-1] == "token"


async def test_a_refused_call_is_never_told_as_started(rig, script, webhook):
    rig.build(script([webhook()], "done").chain)
    assert await events(rig) == []
    await rig.answer({})
    assert rig.sent == []


async def test_nothing_is_told_if_nobody_listens(rig, script):
    rig.build(script([("calculate", {"expression": "1+1"})], "2").chain)
    assert await events(rig, stream=False) == []
