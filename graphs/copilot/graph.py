"""The state machine: call_model ⇄ call_tools, and a person before a side effect."""

from typing import Literal

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from graphs.copilot.bound_models import BoundModels
from graphs.copilot.context import Contexts, RunContext
from graphs.copilot.nodes.call_model import CallModel
from graphs.copilot.nodes.call_tools import CallTools
from graphs.copilot.nodes.request_approval import RequestApproval
from graphs.copilot.state import CopilotState, last_answer
from graphs.models.chain import ModelChain
from tools_registry.binding import needs_approval
from tools_registry.registry import Registry

CopilotGraph = CompiledStateGraph[CopilotState, RunContext, CopilotState, CopilotState]


def build_graph(
    models: ModelChain,
    registry: Registry,
    *,
    checkpointer: BaseCheckpointSaver[str] | None = None,
    fallback_context: RunContext | None = None,
) -> CopilotGraph:
    """Wire the copilot.

    Args:
        models: who is asked.
        registry: what they may call.
        checkpointer: keeps threads; Studio brings its own.
        fallback_context: for Studio alone, whose client can't say who asks.
    """
    contexts = Contexts(fallback_context)

    async def next_step(
        state: CopilotState,
    ) -> Literal["request_approval", "call_tools", "__end__"]:
        calls = last_answer(state["messages"]).tool_calls
        if any(needs_approval(registry, call) for call in calls):
            return "request_approval"
        return "call_tools" if calls else "__end__"

    # Studio's client sends an empty context, which can't become a RunContext.
    schema = RunContext if fallback_context is None else None
    graph = StateGraph(CopilotState, context_schema=schema)
    graph.add_node("call_model", CallModel(BoundModels(models, registry), contexts))
    graph.add_node("request_approval", RequestApproval(registry))
    graph.add_node("call_tools", CallTools(registry, contexts))
    graph.add_edge(START, "call_model")
    graph.add_conditional_edges("call_model", next_step)
    graph.add_edge("request_approval", "call_tools")
    graph.add_edge("call_tools", "call_model")
    return graph.compile(checkpointer=checkpointer, name="copilot")
