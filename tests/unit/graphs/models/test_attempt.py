"""When a model's message counts as a complete answer."""

import pytest
from langchain_core.language_models import FakeListChatModel, GenericFakeChatModel
from langchain_core.messages import AIMessage, HumanMessage

from core.clock import ManualClock
from graphs.models.attempt import finished
from graphs.models.breaker import CircuitBreaker
from graphs.models.chain import ModelChain
from graphs.models.chained_model import ChainedModel
from graphs.models.failures import CutAnswer
from graphs.models.retry import RetryPolicy

MARKERS = [
    ("finish_reason", "stop"),  # Groq, OpenAI
    ("finish_reason", "STOP"),  # Google
    ("stop_reason", "end_turn"),  # Anthropic, and Anthropic's models on Bedrock
    ("stopReason", "end_turn"),  # Bedrock's Converse
    ("done_reason", "stop"),  # Ollama
]


class Hears:
    def token(self, text: str) -> None: ...

    def restart(self, *, failed: str, next: str, reason: str) -> None: ...  # noqa: A002 - the port's


@pytest.mark.parametrize(("key", "value"), MARKERS)
def test_answer_with_its_providers_marker_is_complete(key, value) -> None:
    message = AIMessage("hello", response_metadata={key: value})
    assert finished(message, key) is message
    assert finished(message, None) is message


@pytest.mark.parametrize(("key", "_value"), MARKERS)
def test_answer_without_the_marker_its_provider_promises_was_cut(key, _value) -> None:
    failure = finished(AIMessage("half", response_metadata={"model_name": "m"}), key)
    assert failure == CutAnswer(f"its answer ended without a {key}")


def test_answer_without_any_marker_is_complete_if_none_is_promised() -> None:
    message = AIMessage("hello")
    assert finished(message, None) is message


def test_empty_answer_is_a_failure_if_no_marker_is_promised() -> None:
    assert isinstance(finished(AIMessage(""), None), CutAnswer)


def test_tool_call_alone_is_a_complete_answer() -> None:
    message = AIMessage("", tool_calls=[{"name": "search", "args": {}, "id": "1"}])
    assert finished(message, None) is message


@pytest.mark.parametrize("listener", [None, Hears()])
@pytest.mark.parametrize(
    "model",
    [
        lambda: FakeListChatModel(responses=["Revenue was 5."]),
        lambda: GenericFakeChatModel(messages=iter([AIMessage("Revenue was 5.")])),
    ],
)
async def test_langchains_own_fakes_answer_at_the_first_attempt(model, listener) -> None:
    clock = ManualClock()
    chain = ModelChain(
        [ChainedModel("fake", model(), CircuitBreaker(clock))],
        retry=RetryPolicy(attempts=1),
        clock=clock,
    )
    answer = await chain.answer([HumanMessage("What was revenue?")], listener=listener)
    assert answer.text == "Revenue was 5."
