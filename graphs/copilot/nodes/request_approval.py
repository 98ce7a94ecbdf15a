"""Stop before a side effect until somebody has decided."""

from langgraph.types import interrupt

from graphs.copilot.approvals import read_said
from graphs.copilot.state import CopilotState


class RequestApproval:
    """Reads proposals, writes approvals.

    The run pauses with exactly the proposals that are stored in the thread; what is approved is
    what runs. A call of which nothing was said counts as refused.
    """

    def __call__(self, state: CopilotState) -> CopilotState:
        proposals = state["proposals"]
        answers = interrupt(proposals)
        said = {each["call_id"]: read_said(answers, each["call_id"]) for each in proposals}
        plain = {
            call_id: each if isinstance(each, bool) else each.model_dump()
            for call_id, each in said.items()
        }
        return {"approvals": plain}
