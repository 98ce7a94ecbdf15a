"""`ExtractiveChatModel`: the protocol of a chat model around the plan of a turn."""

import hashlib
import json
import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.messages.tool import tool_call, tool_call_chunk
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool
from langchain_core.utils.function_calling import convert_to_openai_tool

from graphs.models.extractive.brief import in_brief, read_conversation
from graphs.models.extractive.plan import Call, next_step
from graphs.models.extractive.turn import Turn, read_turn

MODEL_NAME = "extractive"
_WORD = re.compile(r"(?:(?<!\s)\s++)?\S++\s*+")


class ExtractiveChatModel(BaseChatModel):
    """Answers without a key or a network: quotes of passages and exact computations, nothing else.

    Deterministic: the same messages and tools give the same reply. Stop words, temperature and
    other sampling options have no meaning here and are ignored.
    """

    @property
    def _llm_type(self) -> str:
        return MODEL_NAME

    @property
    def _identifying_params(self) -> dict[str, Any]:
        return {"model_name": MODEL_NAME}

    def bind_tools(
        self,
        tools: Sequence[dict[str, Any] | type | Callable[..., Any] | BaseTool],
        *,
        tool_choice: str | None = None,
        **kwargs: object,
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """`tool_choice="none"` keeps the model from calling any; other choices are its own."""
        bound = [convert_to_openai_tool(tool) for tool in tools]
        return self.bind(tools=bound, tool_choice=tool_choice, **kwargs)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,  # noqa: ARG002  # as the interface has it - the signature of the base class
        run_manager: CallbackManagerForLLMRun | None = None,  # noqa: ARG002  # as the interface has it
        **kwargs: object,
    ) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=_reply(messages, kwargs))])

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,  # noqa: ARG002  # as the interface has it - the signature of the base class
        run_manager: AsyncCallbackManagerForLLMRun | None = None,  # noqa: ARG002  # as the interface has it
        **kwargs: object,
    ) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=_reply(messages, kwargs))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,  # noqa: ARG002  # as the interface has it - the signature of the base class
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: object,
    ) -> Iterator[ChatGenerationChunk]:
        for chunk in _chunks(_reply(messages, kwargs)):
            if run_manager:
                run_manager.on_llm_new_token(str(chunk.text), chunk=chunk)
            yield chunk

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,  # noqa: ARG002  # as the interface has it - the signature of the base class
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: object,
    ) -> AsyncIterator[ChatGenerationChunk]:
        for chunk in _chunks(_reply(messages, kwargs)):
            if run_manager:
                await run_manager.on_llm_new_token(str(chunk.text), chunk=chunk)
            yield chunk


def _reply(messages: Sequence[BaseMessage], options: Mapping[str, Any]) -> AIMessage:
    conversation = read_conversation(str(messages[-1].text)) if messages else None
    if conversation is not None:
        return _said(in_brief(conversation), messages)
    turn = read_turn(messages)
    callable_now = () if options.get("tool_choice") == "none" else options.get("tools", ())
    step = next_step(turn, {tool["function"]["name"] for tool in callable_now})
    text = step if isinstance(step, str) else ""
    calls = [] if isinstance(step, str) else step
    said = " ".join(str(message.text) for message in messages)
    written = text or " ".join(json.dumps(call.args) for call in calls)
    return AIMessage(
        content=text,
        tool_calls=[
            tool_call(name=call.name, args=call.args, id=_call_id(turn, at, call))
            for at, call in enumerate(calls)
        ],
        response_metadata={
            "model_name": MODEL_NAME,
            "finish_reason": "tool_calls" if calls else "stop",
        },
        usage_metadata=_usage(len(said.split()), len(written.split())),
    )


def _said(text: str, messages: Sequence[BaseMessage]) -> AIMessage:
    read = sum(len(str(message.text).split()) for message in messages)
    return AIMessage(
        content=text,
        response_metadata={"model_name": MODEL_NAME, "finish_reason": "stop"},
        usage_metadata=_usage(read, len(text.split())),
    )


def _usage(read: int, written: int) -> UsageMetadata:
    """In words: the model has no tokens."""
    return UsageMetadata(input_tokens=read, output_tokens=written, total_tokens=read + written)


def _call_id(turn: Turn, at: int, call: Call) -> str:
    """Counts on through the thread, so that an id never comes twice."""
    seed = f"{turn.question.original}\n{call.name}\n{json.dumps(call.args, sort_keys=True)}"
    return f"call_{turn.first_call + at}_{hashlib.sha256(seed.encode()).hexdigest()[:8]}"


def _chunks(message: AIMessage) -> Iterator[ChatGenerationChunk]:
    """Word by word; the last chunk holds tool calls, finish reason and usage."""
    words = _WORD.findall(str(message.text))
    for word in words:
        yield ChatGenerationChunk(message=AIMessageChunk(content=word))
    for index, call in enumerate(message.tool_calls):
        part = tool_call_chunk(
            name=call["name"], args=json.dumps(call["args"]), id=call["id"], index=index
        )
        yield ChatGenerationChunk(message=AIMessageChunk(content="", tool_call_chunks=[part]))
    yield ChatGenerationChunk(
        message=AIMessageChunk(
            content="",
            response_metadata=message.response_metadata,
            usage_metadata=message.usage_metadata,
            chunk_position="last",
        )
    )
