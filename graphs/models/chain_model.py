"""A model chain as a LangChain chat model, such as `create_agent` takes."""

from collections.abc import Sequence
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import SkipValidation
from typing_extensions import override

from graphs.models.chain import ModelChain, Tool


class ChainChatModel(BaseChatModel):
    """Answers with the first model of the chain that can, with its retries and breakers.

    A stream of it has one chunk, the whole answer: tokens of an attempt that broke off couldn't be
    taken back. Asynchronous alone, as the chain is.

    Raises:
        UnavailableError: no model could answer.
    """

    chain: SkipValidation[ModelChain]

    @property
    @override
    def _llm_type(self) -> str:
        return "model-chain"

    @property
    @override
    def _identifying_params(self) -> dict[str, Any]:
        return {"models": self.chain.names}

    @override
    def bind_tools(
        self, tools: Sequence[Tool], *, tool_choice: str | None = None, **options: Any
    ) -> "ChainChatModel":
        if tool_choice is not None:
            options["tool_choice"] = tool_choice
        return ChainChatModel(chain=self.chain.with_tools(tools, **options))

    @override
    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        raise NotImplementedError("The model chain is asynchronous: use ainvoke.")

    @override
    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        if stop or kwargs:
            given = ", ".join(["stop"] * bool(stop) + [*kwargs])
            raise ValueError(f"The model chain takes no options for a call: {given}")
        answer = await self.chain.answer(messages)
        return ChatResult(generations=[ChatGeneration(message=answer)])
