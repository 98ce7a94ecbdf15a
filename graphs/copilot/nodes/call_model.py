"""Ask the model chain for the next step."""

from typing import Literal

from langchain_core.messages import AIMessage, SystemMessage
from langgraph.runtime import Runtime
from langgraph.types import Command

from graphs.copilot.bound_models import BoundModels
from graphs.copilot.context import Contexts, Limits, RunContext
from graphs.copilot.history import excess, shown
from graphs.copilot.prompt import Prompt
from graphs.copilot.state import CopilotState, Usage, usage
from graphs.copilot.streaming import StreamListener
from tools_registry.binding import may_need_approval, storable
from tools_registry.registry import Registry

WRAP_UP = SystemMessage(
    "No more tool calls are allowed in this run. Answer from what you have; say what is missing."
)


Step = Literal["summarize_history", "propose_calls", "call_tools", "__end__"]


class CallModel:
    """Reads messages and summary, writes the model's next message and says where to go with it.

    A turn that begins after more than a model is shown of earlier ones has them summarized first.
    A decision comes first if any call has a side effect; without a call the turn is over. When
    steps or tool calls are used up, the model gets no tools and is told to wrap up; when the tokens
    are, it isn't asked any more.
    """

    def __init__(
        self, models: BoundModels, registry: Registry, contexts: Contexts, prompt: Prompt
    ) -> None:
        self._models = models
        self._prompt = prompt
        self._registry = registry
        self._contexts = contexts

    async def __call__(self, state: CopilotState, runtime: Runtime[RunContext]) -> Command[Step]:
        if self._is_too_long(state, runtime):
            return Command(goto="summarize_history")
        answer = await self._answer(state, runtime)
        answer.response_metadata["prompt_version"] = self._prompt.version
        answer.tool_calls = [storable(call) for call in answer.tool_calls]
        return Command(update={"messages": [answer]}, goto=self._next_step(answer))

    def _next_step(self, answer: AIMessage) -> Step:
        if not answer.tool_calls:
            return "__end__"
        if any(may_need_approval(self._registry, call) for call in answer.tool_calls):
            return "propose_calls"
        return "call_tools"

    def _is_too_long(self, state: CopilotState, runtime: Runtime[RunContext]) -> bool:
        if state["messages"][-1].type != "human":
            return False
        budget = self._contexts.of(runtime, state).limits.history_tokens
        return excess(state["messages"], state.get("summary"), budget) is not None

    async def _answer(self, state: CopilotState, runtime: Runtime[RunContext]) -> AIMessage:
        context = self._contexts.of(runtime, state)
        limits, spent = context.limits, usage(state)
        messages = shown(state["messages"], state.get("summary"), limits.history_tokens)
        if spent["tokens"] >= limits.tokens:
            return _stopped(f"{limits.tokens} tokens")
        listener = StreamListener(runtime.stream_writer) if context.stream else None
        told = [self._prompt.message, *messages]
        if not _must_wrap_up(spent, limits):
            chain = self._models.for_principal(context.caller.principal)
            return await chain.answer(told, listener=listener)
        answer = await self._models.without_tools.answer([*told, WRAP_UP], listener=listener)
        if answer.tool_calls:  # it may hallucinate one; unanswered it would break the next turn
            answer = _stopped(f"{limits.steps} steps and {limits.tool_calls} tool calls")
        return answer


def _must_wrap_up(spent: Usage, limits: Limits) -> bool:
    return spent["steps"] >= limits.steps - 1 or spent["tool_calls"] >= limits.tool_calls


def _stopped(allowance: str) -> AIMessage:
    return AIMessage(
        f"I stopped before an answer was found: this run used up its {allowance}. "
        "Ask a narrower question, or name the document.",
        response_metadata={"model": "none", "finish_reason": "limit"},
    )
