"""The chain with models in process: what is asked, in which order, and what a listener hears."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.tools import tool

from core.clock import ManualClock
from core.errors import UnavailableError
from graphs.models.breaker import BreakerState, CircuitBreaker
from graphs.models.chain import ModelChain
from graphs.models.chained_model import ChainedModel
from graphs.models.retry import RetryPolicy
from graphs.models.time_limits import TimeLimits

LIMITS = TimeLimits(first_token=60, idle=30)
QUESTION = [HumanMessage("What was revenue? SECRET-PROMPT")]


class HTTPError(Exception):
    def __init__(self, status: int, code: str = "", retry_after: str = "") -> None:
        super().__init__("SECRET-KEY")
        self.status_code = status
        self.body = {"error": {"code": code, "message": "bad call"}}
        self.response = type("Response", (), {"headers": {"retry-after": retry_after}})()


class Plays(BaseChatModel):
    """Each step is one request: words to write and how it ends. The last step repeats."""

    steps: list[Any]
    seen: list[list[BaseMessage]]
    bound: list[Any]
    opens_with: str = "let me think"
    """Reasoning in the first chunk; empty for a server that only opens the stream."""

    @property
    def _llm_type(self) -> str:
        return "plays"

    def bind_tools(self, tools, **kwargs):
        self.bound.append(tools)
        return self.bind(tools=[t.name for t in tools])

    def _generate(self, *args, **kwargs):
        raise NotImplementedError

    def _next(self, messages: list[BaseMessage]) -> list[Any]:
        self.seen.append(messages)
        step = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
        return step if isinstance(step, list) else [step]

    async def _agenerate(self, messages, stop=None, run_manager=None, **kwargs) -> ChatResult:
        parts = self._next(messages)
        for part in parts:
            if isinstance(part, BaseException):
                raise part
            if callable(part):
                await part()
        text = "".join(part for part in parts if isinstance(part, str))
        reason = None if None in parts else "stop"
        message = AIMessage(text, response_metadata={"finish_reason": reason})
        return ChatResult(generations=[ChatGeneration(message=message)])

    async def _astream(
        self, messages, stop=None, run_manager=None, **kwargs
    ) -> AsyncIterator[ChatGenerationChunk]:
        parts = self._next(messages)
        opening = {"reasoning_content": self.opens_with} if self.opens_with else {}
        yield _chunk("", additional_kwargs=opening)
        for part in parts:
            if isinstance(part, BaseException):
                raise part
            if callable(part):
                await part()
            elif part is not None:
                yield _chunk(part)
        if None not in parts:
            yield _chunk("", response_metadata={"finish_reason": "stop"})


def _chunk(text: str, **fields: Any) -> ChatGenerationChunk:
    return ChatGenerationChunk(message=AIMessageChunk(text, **fields))


class Hears:
    def __init__(self) -> None:
        self.heard: list[Any] = []

    def token(self, text: str) -> None:
        self.heard.append(text)

    def restart(self, *, failed: str, next: str, reason: str) -> None:  # noqa: A002 - the port's
        self.heard.append((failed, next))
        self.reason = reason


class Rig:
    """A chain of `Plays`, named a, b, c, with a clock that only moves when slept on."""

    def __init__(
        self,
        *models: list[Any],
        attempts: int = 3,
        deadline: float = 120.0,
        limits: TimeLimits | None = None,
    ) -> None:
        self.clock = ManualClock()
        self.models = [Plays(steps=list(steps), seen=[], bound=[]) for steps in models]
        self.breakers = [CircuitBreaker(self.clock) for _ in models]
        members = [
            ChainedModel(name, model, breaker, limits, "finish_reason")
            for name, model, breaker in zip("abc", self.models, self.breakers, strict=False)
        ]
        retry = RetryPolicy(attempts=attempts, deadline=deadline, jitter=lambda: 1.0)
        self.chain = ModelChain(members, retry=retry, clock=self.clock)

    def passes(self, seconds: float) -> Any:
        """A part of a step: time passes while the model works."""

        async def work() -> None:
            self.clock.advance(seconds)
            await asyncio.sleep(0)  # so that a limit which has run out takes effect

        return work

    @property
    def asked(self) -> list[int]:
        return [len(model.seen) for model in self.models]


async def test_the_first_model_answers() -> None:
    rig = Rig(["hello"], ["other"])
    answer = await rig.chain.answer(QUESTION)
    assert type(answer) is AIMessage
    assert (answer.text, answer.response_metadata["model"]) == ("hello", "a")
    assert rig.asked == [1, 0]
    assert rig.chain.names == ("a", "b")


async def test_a_listener_hears_tokens_and_no_reasoning() -> None:
    rig, listener = Rig([["Revenue ", "was 5."]]), Hears()
    answer = await rig.chain.answer(QUESTION, listener=listener)
    assert listener.heard == ["Revenue ", "was 5."]
    assert type(answer) is AIMessage
    assert answer.text == "Revenue was 5."
    assert answer.additional_kwargs["reasoning_content"] == "let me think"


async def test_retries_with_backoff_then_falls_back() -> None:
    rig = Rig([HTTPError(503)], ["fine"])
    answer = await rig.chain.answer(QUESTION)
    assert answer.response_metadata["model"] == "b"
    assert rig.asked == [3, 1]
    assert rig.clock.naps == [0.5, 1.0]


async def test_retry_after_is_slept_and_a_long_one_is_not() -> None:
    rig = Rig([HTTPError(429, retry_after="4"), "fine"])
    await rig.chain.answer(QUESTION)
    assert rig.clock.naps == [pytest.approx(4.4)]

    rig = Rig([HTTPError(429, retry_after="60"), "late"], ["fine"])
    assert (await rig.chain.answer(QUESTION)).text == "fine"
    assert rig.clock.naps == []
    assert (await rig.chain.answer(QUESTION)).text == "fine"
    assert rig.asked == [1, 2], "left alone for as long as it asked"
    rig.clock.time = 60
    assert (await rig.chain.answer(QUESTION)).text == "late"


async def test_a_broken_attempt_is_voided_once_before_the_next() -> None:
    cut = ["Revenue ", ConnectionResetError()]
    rig, listener = Rig([cut, HTTPError(500), cut], [["All ", "new."]]), Hears()
    answer = await rig.chain.answer(QUESTION, listener=listener)
    assert listener.heard == ["Revenue ", ("a", "a"), "Revenue ", ("a", "b"), "All ", "new."]
    assert answer.text == "All new."
    assert "cut" in listener.reason


async def test_no_restart_when_nothing_was_heard() -> None:
    rig, listener = Rig([HTTPError(500)], ["fine"]), Hears()
    await rig.chain.answer(QUESTION, listener=listener)
    assert listener.heard == ["fine"]


@pytest.mark.parametrize("listener", [None, Hears()])
async def test_a_missing_finish_reason_is_a_cut_answer(listener) -> None:
    rig = Rig([["half", None]], ["whole"])
    assert (await rig.chain.answer(QUESTION, listener=listener)).text == "whole"
    assert rig.asked == [3, 1]


async def test_a_failed_tool_use_is_repaired_once() -> None:
    rig = Rig([HTTPError(400, "tool_use_failed"), "fine"])
    assert (await rig.chain.answer(QUESTION)).text == "fine"
    first, second = rig.models[0].seen
    assert first == QUESTION
    assert second[:-1] == QUESTION
    assert "bad call" in second[-1].text


async def test_a_second_failed_tool_use_falls_back_with_the_original_messages() -> None:
    rig = Rig([HTTPError(400, "tool_use_failed")], ["fine"])
    assert (await rig.chain.answer(QUESTION)).text == "fine"
    assert rig.asked == [2, 1]
    assert rig.models[1].seen == [QUESTION]
    assert rig.breakers[0].state is BreakerState.CLOSED


async def test_the_breaker_opens_in_mid_turn_and_skips_afterwards() -> None:
    rig = Rig([HTTPError(503)], ["fine"])
    for _ in range(3):
        await rig.chain.answer(QUESTION)
    assert rig.asked == [5, 3]
    rig.clock.time += 30
    await rig.chain.answer(QUESTION)
    assert rig.asked == [6, 4], "one probe, no retries"


async def test_one_callers_own_fault_does_not_open_the_breaker() -> None:
    rig = Rig([HTTPError(413)], ["fine"])
    for _ in range(10):
        await rig.chain.answer(QUESTION)
    assert rig.asked == [10, 10]


async def test_all_failing_lists_each_reason_and_no_secret() -> None:
    rig = Rig([HTTPError(401)], [HTTPError(404, "model_not_found")], [KeyError("SECRET")])
    with pytest.raises(UnavailableError) as caught:
        await rig.chain.answer(QUESTION)
    detail = caught.value.detail
    assert "a: HTTP 401" in detail
    assert "replace b in COPILOT_MODELS" in detail
    assert "c: unexpected KeyError" in detail
    assert "SECRET" not in detail
    assert isinstance(caught.value.__cause__, KeyError)


async def test_a_success_in_between_keeps_the_breaker_closed() -> None:
    failure = HTTPError(503)
    rig = Rig([failure, failure, failure, failure, "up", failure], ["fine"], attempts=1)
    for _ in range(9):
        await rig.chain.answer(QUESTION)
    assert rig.asked[0] == 9


async def test_the_reason_outlives_a_breaker_that_opens_between_attempts() -> None:
    rig = Rig([HTTPError(503)])
    for _ in range(2):
        with pytest.raises(UnavailableError, match="a: HTTP 503"):
            await rig.chain.answer(QUESTION)
    assert rig.breakers[0].state is BreakerState.OPEN


async def test_the_reason_for_skipping_is_told() -> None:
    rig = Rig([HTTPError(503)], attempts=1)
    for _ in range(5):
        with pytest.raises(UnavailableError, match="HTTP 503"):
            await rig.chain.answer(QUESTION)
    with pytest.raises(UnavailableError, match="left alone for 30 s"):
        await rig.chain.answer(QUESTION)


async def test_no_wait_goes_past_the_deadline() -> None:
    rig = Rig([HTTPError(429, retry_after="9")], ["fine"], deadline=5)
    assert (await rig.chain.answer(QUESTION)).text == "fine"
    assert rig.clock.naps == []


@pytest.mark.parametrize("listener", [None, Hears()])
async def test_steady_model_answers_however_long_it_takes(listener) -> None:
    rig = Rig(["placeholder"], ["other"], limits=LIMITS, deadline=120)
    part = [rig.passes(29), "word "]
    rig.models[0].opens_with = ""
    rig.models[0].steps = [[rig.passes(59), "First ", *part * 20]]
    answer = await rig.chain.answer(QUESTION, listener=listener)
    assert answer.text == "First " + "word " * 20
    assert rig.clock.now() == 59 + 20 * 29
    assert rig.asked == [1, 0]


async def test_model_without_a_first_token_in_time_gives_way_to_the_next(caplog) -> None:
    rig = Rig(["placeholder"], ["fine"], limits=LIMITS)
    rig.models[0].opens_with = ""
    rig.models[0].steps = [[rig.passes(61), "late"]]
    assert (await rig.chain.answer(QUESTION)).text == "fine"
    assert rig.asked == [1, 1]
    assert "no token within 60 s (COPILOT_MODEL_FIRST_TOKEN_SECONDS)" in caplog.text


async def test_model_that_stalls_in_mid_answer_gives_way_to_the_next(caplog) -> None:
    rig, listener = Rig(["placeholder"], ["fine"], limits=LIMITS), Hears()
    rig.models[0].steps = [["Revenue ", rig.passes(31), "late"]]
    assert (await rig.chain.answer(QUESTION, listener=listener)).text == "fine"
    assert listener.heard == ["Revenue ", ("a", "b"), "fine"]
    assert "its answer stalled for 30 s (COPILOT_MODEL_IDLE_SECONDS)" in caplog.text


@pytest.mark.parametrize("listener", [None, Hears()])
async def test_deadline_without_progress_ends_retries_but_not_the_chain(listener) -> None:
    rig = Rig(["placeholder"], ["fine"], deadline=120)
    rig.models[0].steps = [[rig.passes(121), HTTPError(503)]]
    assert (await rig.chain.answer(QUESTION, listener=listener)).text == "fine"
    assert rig.asked == [1, 1]


async def test_answer_cut_after_long_progress_is_retried() -> None:
    rig = Rig(["placeholder"], limits=LIMITS, deadline=120)
    part = [rig.passes(29), "word "]
    rig.models[0].steps = [["First ", *part * 20, ConnectionResetError()], ["whole"]]
    assert (await rig.chain.answer(QUESTION)).text == "whole"


@pytest.mark.parametrize("listener", [None, Hears()])
async def test_cancelling_passes_through_and_frees_the_probe(listener) -> None:
    asked = asyncio.Event()

    async def hang() -> None:
        asked.set()
        await asyncio.Event().wait()

    rig = Rig([HTTPError(503), hang, "back"], attempts=1)
    rig.breakers[0] = breaker = CircuitBreaker(rig.clock, failures_to_open=1)
    chain = ModelChain(
        [ChainedModel("a", rig.models[0], breaker)], retry=RetryPolicy(attempts=1), clock=rig.clock
    )
    with pytest.raises(UnavailableError):
        await chain.answer(QUESTION)
    rig.clock.time = 30
    task = asyncio.create_task(chain.answer(QUESTION, listener=listener))
    await asked.wait()
    assert breaker.admit() is None, "the probe is under way"
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await chain.answer(QUESTION)).text == "back"


@pytest.mark.parametrize("error", [ConnectionResetError, TimeoutError])
async def test_what_the_listener_raises_is_not_the_models_fault(error) -> None:
    class Gone(Hears):
        def token(self, text: str) -> None:
            raise error

    rig = Rig(["hello"], ["other"])
    with pytest.raises(error):
        await rig.chain.answer(QUESTION, listener=Gone())
    assert rig.asked == [1, 0]


async def test_tools_are_bound_once_and_breakers_shared() -> None:
    @tool
    def look_up(name: str) -> str:
        """Look it up."""
        return name

    rig = Rig([HTTPError(503)], ["fine"])
    chain = rig.chain.with_tools([look_up])
    for _ in range(2):
        assert (await chain.answer(QUESTION)).text == "fine"
    assert [len(model.bound) for model in rig.models] == [1, 1]
    assert rig.breakers[0].state is BreakerState.OPEN
    with pytest.raises(TypeError, match="already"):
        chain.with_tools([look_up])


async def test_many_answers_at_once_keep_apart() -> None:
    rig = Rig([["Revenue ", ConnectionResetError()]], [["All ", "new."]])
    listeners = [Hears() for _ in range(20)]
    answers = await asyncio.gather(*(rig.chain.answer(QUESTION, listener=h) for h in listeners))
    assert {answer.text for answer in answers} == {"All new."}
    for listener in listeners:
        last = max((i for i, e in enumerate(listener.heard) if isinstance(e, tuple)), default=-1)
        assert listener.heard[last + 1 :] == ["All ", "new."]
