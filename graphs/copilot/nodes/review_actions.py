"""Stop before a side effect until a client of LangGraph's server has decided."""

from datetime import UTC, datetime
from typing import Any

from langchain_core.messages import ToolCall
from langgraph.runtime import Runtime
from langgraph.types import interrupt

from core.errors import ToolError
from graphs.copilot.approvals import ApprovalRequest, Said
from graphs.copilot.context import Contexts, RunContext
from graphs.copilot.human_in_the_loop import hitl_request, response_schema
from graphs.copilot.state import CopilotState
from tools_registry.binding import edited_payload
from tools_registry.registry import Registry


class ReviewActions:
    """Reads proposals, writes approvals.

    Takes the place of RequestApproval where clients speak LangChain's format. An answer that
    doesn't fit fails the run and is not stored, so the interrupt can be answered again.
    """

    def __init__(self, registry: Registry, contexts: Contexts) -> None:
        self._registry = registry
        self._contexts = contexts

    def __call__(self, state: CopilotState, runtime: Runtime[RunContext]) -> CopilotState:
        caller = self._contexts.of(runtime, state).caller

        def payload(proposal: ApprovalRequest, arguments: dict[str, Any]) -> str:
            call = ToolCall(name=proposal.tool, args=arguments, id=proposal.call_id)
            try:
                return edited_payload(self._registry, call, caller, datetime.now(UTC))
            except ToolError as error:
                raise ValueError(error.detail) from error

        proposals = [ApprovalRequest(**each) for each in state["proposals"]]
        schema = response_schema(proposals, payload)
        said: list[Said] = interrupt(hitl_request(proposals), response_schema=schema)
        approvals: dict[str, Any] = {}
        for proposal, each in zip(proposals, said, strict=True):
            plain = each if isinstance(each, bool) else each.model_dump()
            # Of calls that share an id only the first can run: its decision is the one that counts.
            approvals.setdefault(proposal.call_id, plain)
        return {"approvals": approvals}
