"""From what a person says to a decision on exactly stored bytes."""

from datetime import UTC, datetime
from uuid import uuid4

from langchain_core.messages import ToolCall

from core.errors import NotFoundError
from core.principal import Principal
from server.approvals.schemas import DecisionIn
from storage.approvals import Approval, Decision, Policy
from tools_registry.binding import prepare
from tools_registry.registry import Registry
from tools_registry.spec import Approval as Needed
from tools_registry.spec import Caller


async def decided(
    registry: Registry, principal: Principal, approval: Approval, said: DecisionIn
) -> Decision:
    """Raises: ToolError: edited arguments don't fit the tool."""
    if said.arguments is None:
        return Decision(said.decision == "approve", said.reason)
    call = ToolCall(name=approval.tool, args=dict(said.arguments), id=str(uuid4()))
    payload = await prepare(registry, call, Caller(principal), datetime.now(UTC))
    return Decision(approved=True, reason=said.reason, arguments=call["args"], payload=payload)


def policies_of(registry: Registry, settled: dict[str, Policy]) -> list[Policy]:
    """Of each tool that has a side effect."""
    tools = [name for name, spec in registry.items() if spec.approval is Needed.ALWAYS]
    return [settled.get(tool, Policy(tool)) for tool in tools]


def require_tool(registry: Registry, tool: str) -> None:
    """Raises: NotFoundError: nobody has to decide on such a tool."""
    spec = registry.get(tool)
    if spec is None or spec.approval is not Needed.ALWAYS:
        raise NotFoundError(f"No tool {tool!r} needs approvals. GET /approval-policies lists them.")
