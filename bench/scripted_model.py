"""A chat model that takes no time: what is left in a measurement is ours or the library's."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import (
    AIMessage,
    AIMessageChunk,
    BaseMessage,
    HumanMessage,
    ToolMessage,
)
from langchain_core.messages.tool import tool_call_chunk
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.utils.function_calling import convert_to_openai_tool

from core.clock import SystemClock
from graphs.models.breaker import CircuitBreaker
from graphs.models.chain import ModelChain
from graphs.models.chained_model import ChainedModel
from graphs.models.retry import RetryPolicy

EXPRESSION = "growth(11588, 12392)"


class ScriptedModel(BaseChatModel):
    """Calls `calculate` for `tool_steps` steps of a turn, then answers in `tokens` tokens."""

    tool_steps: int = 1
    tokens: int = 20
    binds: bool = True
    """Whether tools are turned into JSON schemas for it, as for a provider's model."""

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(
        self,
        tools: Sequence[Any],
        **kwargs: Any,  # noqa: ANN401  # as the interface has it
    ) -> Runnable[Any, AIMessage]:
        """As ChatGroq and ChatOpenAI do it; without `binds` it is free, and so for everybody."""
        if not self.binds:
            return self
        return self.bind(tools=[convert_to_openai_tool(tool) for tool in tools], **kwargs)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,  # noqa: ARG002  # as the interface has it
        run_manager: CallbackManagerForLLMRun | None = None,  # noqa: ARG002  # as the interface has it
        **_kwargs: Any,  # noqa: ANN401  # as the interface has it
    ) -> ChatResult:
        done = _steps_done(messages)
        message = _call(done) if done < self.tool_steps else _answer("word " * self.tokens)
        return ChatResult(generations=[ChatGeneration(message=message)])

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,  # noqa: ARG002  # as the interface has it
        **_kwargs: Any,  # noqa: ANN401  # as the interface has it
    ) -> ChatResult:
        return self._generate(messages, stop)

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,  # noqa: ARG002  # as the interface has it
        run_manager: AsyncCallbackManagerForLLMRun | None = None,  # noqa: ARG002  # as the interface has it
        **_kwargs: Any,  # noqa: ANN401  # as the interface has it
    ) -> AsyncIterator[ChatGenerationChunk]:
        done = _steps_done(messages)
        if done < self.tool_steps:
            yield _chunk("", call=_call(done), finish="tool_calls")
            return
        for _ in range(self.tokens):
            yield _chunk("word ")
        yield _chunk("", finish="stop")


def scripted_chain(model: ScriptedModel) -> ModelChain:
    """The product's chain around it, with breaker, retries and deadline."""
    clock = SystemClock()
    member = ChainedModel("scripted", model, CircuitBreaker(clock))
    return ModelChain([member], retry=RetryPolicy(), clock=clock)


def _steps_done(messages: list[BaseMessage]) -> int:
    steps = 0
    for message in reversed(messages):
        if isinstance(message, HumanMessage):
            break
        steps += isinstance(message, ToolMessage)
    return steps


def _call(step: int) -> AIMessage:
    call = {"name": "calculate", "args": {"expression": EXPRESSION}, "id": f"call_{step}"}
    return AIMessage("", tool_calls=[call], response_metadata={"finish_reason": "tool_calls"})


def _answer(text: str) -> AIMessage:
    return AIMessage(text, response_metadata={"finish_reason": "stop"})


def _chunk(
    text: str, *, call: AIMessage | None = None, finish: str | None = None
) -> ChatGenerationChunk:
    calls = [
        tool_call_chunk(
            name=each["name"], args=f'{{"expression": "{EXPRESSION}"}}', id=each["id"], index=0
        )
        for each in (call.tool_calls if call else ())
    ]
    metadata = {"finish_reason": finish} if finish else {}
    message = AIMessageChunk(text, tool_call_chunks=calls, response_metadata=metadata)
    return ChatGenerationChunk(message=message)
