"""Ask the model chain for the next step."""

from langchain_core.messages import AIMessage, SystemMessage
from langgraph.runtime import Runtime

from graphs.copilot.bound_models import BoundModels
from graphs.copilot.context import Contexts, Limits, RunContext
from graphs.copilot.prompt import system_prompt
from graphs.copilot.state import CopilotState, Usage, usage
from graphs.copilot.streaming import StreamListener

WRAP_UP = SystemMessage(
    "No more tool calls are allowed in this run. Answer from what you have; say what is missing."
)


class CallModel:
    """Reads messages, writes the model's next message.

    When steps or tool calls are used up, the model gets no tools and is told to wrap up; when the
    tokens are, it isn't asked any more.
    """

    def __init__(self, models: BoundModels, contexts: Contexts) -> None:
        self._models = models
        self._contexts = contexts

    async def __call__(self, state: CopilotState, runtime: Runtime[RunContext]) -> CopilotState:
        context, messages = self._contexts.of(runtime), state["messages"]
        limits, spent = context.limits, usage(messages)
        if spent["tokens"] >= limits.tokens:
            return {"messages": [_stopped(f"{limits.tokens} tokens")]}
        listener = StreamListener(runtime.stream_writer) if context.stream else None
        if not _must_wrap_up(spent, limits):
            chain = self._models.for_principal(context.caller.principal)
            return {
                "messages": [await chain.answer([system_prompt(), *messages], listener=listener)]
            }
        answer = await self._models.without_tools.answer(
            [system_prompt(), *messages, WRAP_UP], listener=listener
        )
        if answer.tool_calls:  # it may hallucinate one; unanswered it would break the next turn
            answer = _stopped(f"{limits.steps} steps and {limits.tool_calls} tool calls")
        return {"messages": [answer]}


def _must_wrap_up(spent: Usage, limits: Limits) -> bool:
    return spent["steps"] >= limits.steps - 1 or spent["tool_calls"] >= limits.tool_calls


def _stopped(allowance: str) -> AIMessage:
    return AIMessage(
        f"I stopped before an answer was found: this run used up its {allowance}. "
        "Ask a narrower question, or name the document.",
        response_metadata={"model": "none", "finish_reason": "limit"},
    )
