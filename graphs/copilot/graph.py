"""The state machine: call_model ⇄ call_tools, and a person before a side effect.

A conversation that has become long is summarized before its next turn.
"""

from typing import get_args

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from graphs.copilot.bound_models import BoundModels
from graphs.copilot.context import Contexts, RunContext
from graphs.copilot.nodes.call_model import CallModel, Step
from graphs.copilot.nodes.call_tools import CallTools
from graphs.copilot.nodes.propose_calls import ProposeCalls
from graphs.copilot.nodes.propose_calls import Step as ProposedStep
from graphs.copilot.nodes.request_approval import RequestApproval
from graphs.copilot.nodes.summarize_history import SummarizeHistory
from graphs.copilot.prompt import Prompt, load_prompt
from graphs.copilot.state import CopilotState
from graphs.models.chain import ModelChain
from tools_registry.registry import Registry

CopilotGraph = CompiledStateGraph[CopilotState, RunContext, CopilotState, CopilotState]


def build_graph(
    models: ModelChain,
    registry: Registry,
    *,
    prompt: Prompt | None = None,
    checkpointer: BaseCheckpointSaver[str] | None = None,
    fallback_context: RunContext | None = None,
) -> CopilotGraph:
    """Wire the copilot.

    Args:
        models: who is asked.
        registry: what they may call.
        prompt: what the models are told; the newest version of ours if left out.
        checkpointer: keeps threads; Studio brings its own.
        fallback_context: for Studio alone, whose client can't say who asks.
    """
    contexts = Contexts(fallback_context)

    # Studio's client sends an empty context, which can't become a RunContext.
    schema = RunContext if fallback_context is None else None
    graph = StateGraph(CopilotState, context_schema=schema)
    graph.add_node(
        "call_model",
        CallModel(BoundModels(models, registry), registry, contexts, prompt or load_prompt()),
        # It names its successor itself: a conditional edge would cost 4 % of a turn's CPU time.
        destinations=get_args(Step),
    )
    graph.add_node(
        "propose_calls", ProposeCalls(registry, contexts), destinations=get_args(ProposedStep)
    )
    graph.add_node("request_approval", RequestApproval())
    graph.add_node("call_tools", CallTools(registry, contexts))
    graph.add_node("summarize_history", SummarizeHistory(models, contexts))
    graph.add_edge(START, "call_model")
    graph.add_edge("summarize_history", "call_model")
    graph.add_edge("request_approval", "call_tools")
    graph.add_edge("call_tools", "call_model")
    return graph.compile(checkpointer=checkpointer, name="copilot")
