"""What becomes of a call: an output, words for the model, or the end of the run."""

import asyncio
from dataclasses import replace
from uuid import uuid4

import pytest
from langchain_core.messages import ToolCall
from pydantic import BaseModel

from core.errors import ToolError, UnavailableError
from core.principal import Permission, Principal
from tools_registry.binding import MAX_ERROR_CHARACTERS, may_need_approval, run
from tools_registry.evidence import Evidence
from tools_registry.registry import Registry
from tools_registry.spec import Caller, Execution


class Done(BaseModel):
    value: str


def call(name="calculate", **arguments) -> ToolCall:
    return ToolCall(name=name, args=arguments, id="c1", type="tool_call")


@pytest.fixture
def with_tool(registry):
    """The registry, its calculator carried out by another function."""

    def with_tool(function, **changes):
        spec = replace(registry["calculate"], run=function, **changes)
        return Registry((spec, *[s for n, s in registry.items() if n != "calculate"]))

    return with_tool


async def said(registry, caller, asked=None):
    message = (await run(registry, asked or call(expression="1+1"), caller)).message(Evidence())
    assert message.tool_call_id == "c1"
    return message.status, message.content


async def test_an_output_is_shown(registry, caller):
    status, content = await said(registry, caller)
    assert status == "success"
    assert '"2"' in content


async def test_the_tool_gets_validated_arguments_the_caller_and_the_key(with_tool, caller):
    got = []

    async def record(*given):
        got.extend(given)
        return Done(value="x")

    execution = Execution("key-1", "payload")
    await run(with_tool(record), call(expression="1+1"), caller, execution)
    arguments, *rest = got
    assert (arguments.expression, rest) == ("1+1", [caller, execution])


async def test_an_unknown_tool_is_answered_with_those_that_exist(registry, caller):
    status, content = await said(registry, caller, call("launch"))
    names = "search_documents, look_up_figures, calculate, send_webhook"
    assert (status, names in content) == ("error", True)


async def test_a_tool_without_permission_does_not_exist(registry):
    nobody = Caller(Principal("jo", uuid4(), frozenset({Permission.UPLOAD_DOCUMENT})))
    status, content = await said(registry, nobody)
    assert status == "error"
    assert content.startswith("There is no tool 'calculate'")
    assert "send_webhook" not in content


async def test_bad_arguments_are_named_and_bounded(registry, caller):
    status, content = await said(registry, caller, call(nonsense=1))
    assert status == "error"
    assert "expression: Field required" in content
    assert "nonsense" in content
    many = {f"field_{n}": n for n in range(500)}
    _, content = await said(registry, caller, call(**many))
    assert len(content) <= MAX_ERROR_CHARACTERS


async def test_a_refusal_is_told_to_the_model(with_tool, caller):
    async def refuse(*_):
        raise ToolError("Divide by something else.")

    assert await said(with_tool(refuse), caller) == ("error", "Divide by something else.")


async def test_a_tool_that_takes_too_long_is_stopped(with_tool, caller):
    stopped = asyncio.Event()

    async def hang(*_):
        try:
            await asyncio.sleep(60)
        finally:
            stopped.set()

    status, content = await said(with_tool(hang, timeout_seconds=0.01), caller)
    assert (status, content) == ("error", "No result within 0.01 seconds.")
    assert stopped.is_set()


@pytest.mark.parametrize("error", [ZeroDivisionError(), UnavailableError("down"), OSError("x")])
async def test_a_bug_or_an_outage_ends_the_run(with_tool, caller, error):
    async def break_down(*_):
        raise error

    with pytest.raises(type(error)):
        await run(with_tool(break_down), call(expression="1"), caller)


def test_only_side_effects_need_approval(registry):
    names = [name for name in (*registry, "unknown") if may_need_approval(registry, call(name))]
    assert names == ["send_webhook"]


def _deep(levels: int) -> dict[str, object]:
    value: dict[str, object] = {}
    for _ in range(levels):
        value = {"a": value}
    return value


@pytest.mark.parametrize(
    "arguments",
    [
        {"query": "a\x00b"},
        {"query\x00": "a"},
        {"query": "a\ud800"},
        {"query": "a", "limit": float("nan")},
        {"query": "a", "limit": float("inf")},
        {"query": _deep(300)},
        {"query": _deep(5000)},
    ],
)
async def test_arguments_that_are_not_plain_json_go_back_to_the_model(registry, caller, arguments):
    asked = ToolCall(name="search_documents", args=arguments, id="c1")
    outcome = await run(registry, asked, caller)
    assert outcome.output is None
    assert "don't fit" in outcome.error
