"""The chain with the real ChatGroq and ChatOpenAI against a scripted Groq, over a real socket."""

import asyncio
import socket
import subprocess
import sys
from contextlib import ExitStack
from typing import Any

import pytest
from langchain.agents import create_agent
from langchain_core.messages import AIMessage, HumanMessage
from langchain_core.tools import tool
from pydantic import SecretStr

from core.clock import ManualClock, SystemClock
from core.errors import UnavailableError
from graphs.models.chain import ModelChain
from graphs.models.chain_model import ChainChatModel
from graphs.models.provided_model import ProviderSettings
from graphs.models.providers import build_chain
from graphs.models.retry import RetryPolicy
from graphs.models.scripted_groq import ScriptedGroq
from graphs.models.scripted_replies import (
    Answer,
    Call,
    Cut,
    Hang,
    Outcome,
    Reply,
    ScriptedRequest,
    Stall,
    broken_off,
    retired,
    throttled,
    too_large,
    tool_use_failed,
    unauthorized,
    unavailable,
    unknown,
)

KEY = "gsk_very_secret"
QUESTION = [HumanMessage("What was revenue in 2023?")]
KINDS = ["groq", "openai"]


class Hears:
    def __init__(self, clock: ManualClock | None = None, seconds_a_token: float = 0) -> None:
        self.heard: list[Any] = []
        self.clock, self.seconds_a_token = clock, seconds_a_token

    def token(self, text: str) -> None:
        self.heard.append(text)
        if self.clock:
            self.clock.advance(self.seconds_a_token)

    def restart(self, *, failed: str, next: str, reason: str) -> None:  # noqa: A002 - the port's
        self.heard.append((failed, next))


def chain_of(groq: ScriptedGroq, *models: str, kind: str = "groq", **options: Any) -> ModelChain:
    at = f"@{groq.openai_url}" if kind == "openai" else ""
    settings = ProviderSettings(
        groq_api_key=SecretStr(KEY),
        groq_base_url=groq.url,
        openai_api_key=SecretStr(KEY),
        first_token_seconds=options.pop("first_token", 60.0),
        idle_seconds=options.pop("idle", 60.0),
    )
    clock = options.pop("clock", None) or ManualClock()
    retry = RetryPolicy(jitter=lambda: 0.0, **options)
    return build_chain([f"{kind}:{m}{at}" for m in models], settings, clock=clock, retry=retry)


def outwaited(reply: Outcome, clock: ManualClock) -> Reply:
    """The reply of a model whose first token's limit passes once it has been asked."""
    loop = asyncio.get_running_loop()

    def play(_request: ScriptedRequest) -> Outcome:
        loop.call_soon_threadsafe(clock.advance, 61)
        return reply

    return play


@tool
def search(query: str) -> str:
    """Search the documents."""
    return query


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("listener", [None, Hears()])
async def test_an_answer(kind, listener) -> None:
    script = Answer("Revenue was 5.", reasoning="hm", usage=(7, 3))
    async with ScriptedGroq({"a": script}) as groq:
        answer = await chain_of(groq, "a", kind=kind).answer(QUESTION, listener=listener)
    assert type(answer) is AIMessage
    assert answer.text == "Revenue was 5."
    assert answer.response_metadata["model"] == f"{kind}:a"
    assert answer.usage_metadata is not None
    assert answer.usage_metadata["total_tokens"] == 10
    assert groq.requests[0].stream, "or no limit could tell a slow model from a dead one"
    assert KEY not in str(groq.requests)
    if listener is not None:
        assert listener.heard[-3:] == ["Revenue", " was", " 5."]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("listener", [None, Hears()])
async def test_tool_calls(kind, listener) -> None:
    script = Answer(calls=(Call("search", {"query": "revenue"}), Call("search", {"query": "cost"})))
    async with ScriptedGroq({"a": script}) as groq:
        chain = chain_of(groq, "a", kind=kind).with_tools([search])
        answer = await chain.answer(QUESTION, listener=listener)
    assert [(c["id"], c["args"]) for c in answer.tool_calls] == [
        ("call_1", {"query": "revenue"}),
        ("call_2", {"query": "cost"}),
    ]
    assert groq.requests[0].tools[0]["function"]["name"] == "search"


@pytest.mark.parametrize("kind", KINDS)
async def test_agent_of_langchain_works_with_the_chain(kind) -> None:
    """Its first model fails in mid-answer; the second one calls a tool and answers."""
    script = {
        "a": Cut(Answer("one two"), after=1),
        "b": [Answer(calls=(Call("search", {"query": "revenue"}),)), "Revenue was 5."],
    }
    async with ScriptedGroq(script) as groq:
        chain = chain_of(groq, "a", "b", kind=kind, attempts=1)
        agent = create_agent(ChainChatModel(chain=chain), [search])
        state = await agent.ainvoke({"messages": QUESTION})
    assert [message.type for message in state["messages"]] == ["human", "ai", "tool", "ai"]
    assert state["messages"][-1].text == "Revenue was 5."
    assert groq.requests[-1].tools[0]["function"]["name"] == "search"


@pytest.mark.parametrize("kind", KINDS)
async def test_a_short_retry_after_is_honoured(kind) -> None:
    clock = ManualClock()
    async with ScriptedGroq({"a": [throttled(0.2), "fine"]}) as groq:
        assert (await chain_of(groq, "a", kind=kind, clock=clock).answer(QUESTION)).text == "fine"
    assert clock.naps == [0.2]
    assert groq.asked("a") == 2


@pytest.mark.parametrize("kind", KINDS)
async def test_a_long_retry_after_goes_to_the_next_model_at_once(kind) -> None:
    clock = ManualClock()
    async with ScriptedGroq({"a": throttled(120), "b": "fine"}) as groq:
        answer = await chain_of(groq, "a", "b", kind=kind, clock=clock).answer(QUESTION)
    assert answer.response_metadata["model"] == f"{kind}:b"
    assert clock.naps == []
    assert groq.asked("a") == 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("reply", "attempts"),
    [
        (unavailable(500), 3),
        (unavailable(503), 3),
        (Answer("half", finish_reason=None), 3),
        (Cut(Answer("one two")), 3),
        (broken_off("one two"), 3),
        (unauthorized(), 1),
        (too_large(), 1),
        (retired("a"), 1),
        (unknown("a"), 1),
        (tool_use_failed(), 2),
        (tool_use_failed(after=0), 2),
    ],
)
@pytest.mark.parametrize("streamed", [False, True])
async def test_falls_back(kind, reply, attempts, streamed) -> None:
    listener = Hears() if streamed else None
    async with ScriptedGroq({"a": reply, "b": "All new."}) as groq:
        answer = await chain_of(groq, "a", "b", kind=kind).answer(QUESTION, listener=listener)
    assert answer.text == "All new."
    assert groq.asked("a") == attempts
    if listener is not None:
        last = max((i for i, e in enumerate(listener.heard) if isinstance(e, tuple)), default=-1)
        assert listener.heard[last + 1 :] == ["All", " new."]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("reply", [Hang(), Stall(Answer("one two"), after=0)])
@pytest.mark.parametrize("streamed", [False, True])
async def test_a_silent_model_gives_way_to_the_next(kind, reply, streamed) -> None:
    clock, listener = ManualClock(), Hears() if streamed else None
    async with ScriptedGroq({"a": outwaited(reply, clock), "b": "All new."}) as groq:
        chain = chain_of(groq, "a", "b", kind=kind, clock=clock)
        answer = await chain.answer(QUESTION, listener=listener)
    assert answer.text == "All new."
    assert groq.asked("a") == 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("reply", [Cut(Answer("one two"), after=1), broken_off("one two")])
async def test_a_stream_that_breaks_is_voided_once(kind, reply) -> None:
    listener = Hears()
    async with ScriptedGroq({"a": reply, "b": "All new."}) as groq:
        chain = chain_of(groq, "a", "b", kind=kind, attempts=1)
        await chain.answer(QUESTION, listener=listener)
    assert listener.heard == ["one", (f"{kind}:a", f"{kind}:b"), "All", " new."]


@pytest.mark.parametrize("kind", KINDS)
async def test_a_stream_that_stalls_is_voided_once(kind) -> None:
    clock = ManualClock()

    class OutwaitsTheFirst(Hears):
        def token(self, text: str) -> None:
            super().token(text)
            if len(self.heard) == 1:
                clock.advance(61)

    listener = OutwaitsTheFirst()
    async with ScriptedGroq({"a": Stall(Answer("one two")), "b": "All new."}) as groq:
        chain = chain_of(groq, "a", "b", kind=kind, clock=clock)
        await chain.answer(QUESTION, listener=listener)
    assert listener.heard == ["one", (f"{kind}:a", f"{kind}:b"), "All", " new."]


@pytest.mark.parametrize("kind", KINDS)
async def test_a_steady_stream_may_take_longer_than_every_limit(kind) -> None:
    clock = ManualClock()
    listener = Hears(clock, seconds_a_token=50)
    async with ScriptedGroq({"a": "word " * 20}) as groq:
        answer = await chain_of(groq, "a", kind=kind, clock=clock).answer(
            QUESTION, listener=listener
        )
    assert answer.text.split() == ["word"] * 20
    assert clock.now() == len(listener.heard) * 50
    assert groq.asked("a") == 1


@pytest.mark.parametrize("kind", KINDS)
async def test_a_slow_model_nobody_listens_to_outlives_the_deadline(kind) -> None:
    async with ScriptedGroq({"a": "word " * 20}, pause_seconds=0.01) as groq:
        chain = chain_of(groq, "a", kind=kind, clock=SystemClock(), deadline=0.02)
        assert (await chain.answer(QUESTION)).text.split() == ["word"] * 20


@pytest.mark.parametrize("kind", KINDS)
async def test_a_stall_ends_on_the_system_clock_too(kind) -> None:
    async with ScriptedGroq({"a": Stall(Answer("one two"))}) as groq:
        chain = chain_of(groq, "a", kind=kind, clock=SystemClock(), idle=0.05)
        with pytest.raises(UnavailableError, match="its answer stalled"):
            await chain.answer(QUESTION)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_server_that_accepts_no_connection_is_given_up_early(kind) -> None:
    with ExitStack() as stack, socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for _ in range(3):  # fill its queue: nothing is ever accepted
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        url = f"http://127.0.0.1:{full.getsockname()[1]}"
        settings = ProviderSettings(SecretStr(KEY), url, SecretStr(KEY), connect_seconds=0.1)
        spec = "groq:a" if kind == "groq" else f"openai:a@{url}/v1"
        chain = build_chain([spec], settings, clock=SystemClock())
        with pytest.raises(UnavailableError, match="COPILOT_MODEL_CONNECT_SECONDS"):
            await chain.answer(QUESTION)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_failed_tool_use_is_repaired_once(kind) -> None:
    async with ScriptedGroq({"a": [tool_use_failed(), "fine"]}) as groq:
        assert (await chain_of(groq, "a", kind=kind).answer(QUESTION)).text == "fine"
    first, second = groq.requests
    assert second.messages[:-1] == first.messages
    assert "Failed to call a function" in second.messages[-1]["content"]


@pytest.mark.parametrize("kind", KINDS)
async def test_all_failing_says_why_and_what_to_change(kind) -> None:
    clock = ManualClock()
    script = {"a": retired("a"), "b": unauthorized(), "c": outwaited(Hang(), clock)}
    async with ScriptedGroq(script) as groq:
        chain = chain_of(groq, "a", "b", "c", kind=kind, clock=clock)
        with pytest.raises(UnavailableError) as caught:
            await chain.answer(QUESTION)
    detail = caught.value.detail
    assert f"replace {kind}:a in COPILOT_MODELS" in detail
    assert f"{kind}:b: HTTP 401: the key is not accepted" in detail
    assert f"{kind}:c: no token within 60 s (COPILOT_MODEL_FIRST_TOKEN_SECONDS)" in detail
    assert KEY not in detail
    assert "revenue" not in detail


@pytest.mark.parametrize(
    ("model", "reasoning"), [("qwen/qwen3.6-27b", "parsed"), ("openai/gpt-oss-20b", None)]
)
async def test_qwen_keeps_its_reasoning_out_of_the_answer(model, reasoning) -> None:
    async with ScriptedGroq({"*": "fine"}) as groq:
        await chain_of(groq, model).answer(QUESTION)
    assert groq.requests[0].body.get("reasoning_format") == reasoning


async def test_an_open_breaker_spares_the_model() -> None:
    async with ScriptedGroq({"a": unavailable(), "b": "fine"}) as groq:
        chain = chain_of(groq, "a", "b")
        for _ in range(4):
            await chain.answer(QUESTION)
    assert (groq.asked("a"), groq.asked("b")) == (5, 4)


@pytest.mark.parametrize("kind", KINDS)
async def test_nobody_listens_at_the_address(kind) -> None:
    async with ScriptedGroq({}) as gone:
        pass
    async with ScriptedGroq({"b": "fine"}) as groq:
        chain = chain_of(gone, "a", kind=kind, attempts=2)
        with pytest.raises(UnavailableError, match="no connection"):
            await chain.answer(QUESTION)
        assert (await chain_of(groq, "b", kind=kind).answer(QUESTION)).text == "fine"


def test_models_keep_their_order_and_names_without_addresses() -> None:
    specs = ["openai:org/m@v1@http://a:1/v1", "groq:x/y", "openai:org/m@v1@http://b:1/v1"]
    keyed = ProviderSettings(groq_api_key=SecretStr(KEY))
    chain = build_chain(specs, keyed, clock=ManualClock())
    assert chain.names == ("openai:org/m@v1", "groq:x/y", "openai:org/m@v1#3")


def test_importing_the_module_imports_no_provider() -> None:
    code = (
        "import sys, graphs.models.providers\n"
        "assert not {'groq', 'openai', 'langchain_groq', 'langchain_openai'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
