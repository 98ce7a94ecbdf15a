"""Write down exactly what calls with a side effect would do, before anybody is asked."""

from datetime import UTC, datetime
from typing import Literal

from langchain_core.messages import ToolCall
from langgraph.runtime import Runtime
from langgraph.types import Command

from core.errors import ToolError
from graphs.copilot.approvals import ApprovalRequest
from graphs.copilot.context import Contexts, RunContext
from graphs.copilot.state import CopilotState, last_answer
from tools_registry.binding import prepare
from tools_registry.registry import Registry

Step = Literal["request_approval", "call_tools"]


class ProposeCalls:
    """Reads messages and passages, writes proposals.

    A node of its own, so that what is approved stands in a checkpoint before it is shown. A call
    that can't run is nothing to decide on: the model is told at once.
    """

    def __init__(self, registry: Registry, contexts: Contexts) -> None:
        self._registry = registry
        self._contexts = contexts

    async def __call__(self, state: CopilotState, runtime: Runtime[RunContext]) -> Command[Step]:
        answer, caller = last_answer(state["messages"]), self._contexts.of(runtime, state).caller
        now, tainted = datetime.now(UTC), bool(state.get("passages"))

        async def payload(call: ToolCall) -> str | None:
            try:
                return await prepare(self._registry, call, caller, now)
            except ToolError:
                return None

        proposals = [
            ApprovalRequest.of(call, shown, tainted=tainted, step=answer.id or "").model_dump()
            for call in answer.tool_calls
            if (shown := await payload(call)) is not None
        ]
        return Command(
            update={"proposals": proposals, "approvals": {}},
            goto="request_approval" if proposals else "call_tools",
        )
