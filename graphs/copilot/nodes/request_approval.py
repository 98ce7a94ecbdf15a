"""Stop before a side effect until a person has answered."""

from langgraph.types import interrupt

from graphs.copilot.approvals import ApprovalRequest
from graphs.copilot.state import CopilotState, last_answer
from tools_registry.binding import needs_approval
from tools_registry.registry import Registry


class RequestApproval:
    """Reads messages, writes approvals.

    The run pauses with exactly the calls that are stored in the thread; what a person approves is
    what runs. A call without an answer counts as refused.
    """

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def __call__(self, state: CopilotState) -> CopilotState:
        pending = [
            ApprovalRequest.of(call)
            for call in last_answer(state["messages"]).tool_calls
            if needs_approval(self._registry, call)
        ]
        answers = interrupt([request.model_dump() for request in pending])
        given = answers if isinstance(answers, dict) else {}
        return {"approvals": {each.call_id: given.get(each.call_id) is True for each in pending}}
