"""Tell the oldest turns of a long conversation in brief."""

from langchain_core.messages import HumanMessage
from langgraph.runtime import Runtime

from graphs.copilot.context import Contexts, RunContext
from graphs.copilot.history import Summary, cut, excess
from graphs.copilot.prompt import summary_prompt
from graphs.copilot.state import CopilotState
from graphs.models.chain import ModelChain


class SummarizeHistory:
    """Reads messages and summary, writes summary: no message is ever taken out of a thread.

    The chain writes it, without tools and unheard. Whatever it makes of the task, the summary keeps
    within its part of the budget.
    """

    def __init__(self, models: ModelChain, contexts: Contexts) -> None:
        self._models = models
        self._contexts = contexts

    async def __call__(self, state: CopilotState, runtime: Runtime[RunContext]) -> CopilotState:
        messages, budget = (
            state["messages"],
            self._contexts.of(runtime, state).limits.history_tokens,
        )
        old = excess(messages, state.get("summary"), budget)
        if old is None:
            return {}
        told = await self._models.answer([summary_prompt(), HumanMessage(old.transcript)])
        usage = told.usage_metadata
        return {
            "summary": Summary(
                text=cut(told.text.strip() or old.transcript, budget),
                through=old.through,
                asked=messages[-1].id or "",
                tokens=usage["total_tokens"] if usage else 0,
            )
        }
