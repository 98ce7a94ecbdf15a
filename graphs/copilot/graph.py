"""The state machine: call_model ⇄ call_tools, and a person before a side effect.

A conversation that has become long is summarized before its next turn.
"""

from typing import Any, get_args

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from core.principal import Principal
from graphs.copilot.bound_models import BoundModels
from graphs.copilot.context import Contexts, RunContext
from graphs.copilot.nodes.call_model import CallModel, Step
from graphs.copilot.nodes.call_tools import CallTools
from graphs.copilot.nodes.propose_calls import ProposeCalls
from graphs.copilot.nodes.propose_calls import Step as ProposedStep
from graphs.copilot.nodes.read_input import read_input
from graphs.copilot.nodes.request_approval import RequestApproval
from graphs.copilot.nodes.review_actions import ReviewActions
from graphs.copilot.nodes.summarize_history import SummarizeHistory
from graphs.copilot.prompt import Prompt, load_prompt
from graphs.copilot.state import CopilotState
from graphs.copilot.studio_state import StudioContexts, StudioInput, StudioState
from graphs.models.chain import ModelChain
from tools_registry.registry import Registry

CopilotGraph = CompiledStateGraph[CopilotState, RunContext, CopilotState, CopilotState]
StudioGraph = CompiledStateGraph[StudioState, None, StudioInput, StudioState]


def build_graph(
    models: ModelChain,
    registry: Registry,
    *,
    prompt: Prompt | None = None,
    checkpointer: BaseCheckpointSaver[str] | None = None,
) -> CopilotGraph:
    """Wire the copilot.

    Args:
        models: who is asked.
        registry: what they may call.
        prompt: what the models are told; the newest version of ours if left out.
        checkpointer: keeps threads.
    """
    graph = StateGraph(CopilotState, context_schema=RunContext)
    add_loop(graph, models, registry, Contexts(), RequestApproval(), prompt)
    graph.add_edge(START, "call_model")
    return graph.compile(checkpointer=checkpointer, name="copilot")


def build_studio_graph(
    models: ModelChain,
    registry: Registry,
    principal: Principal,
    *,
    prompt: Prompt | None = None,
    checkpointer: BaseCheckpointSaver[str] | None = None,
) -> StudioGraph:
    """Wire it for LangGraph's own server and clients, which can't say who asks.

    Args:
        models: who is asked.
        registry: what they may call.
        principal: for whom every run acts.
        prompt: what the models are told; the newest version of ours if left out.
        checkpointer: keeps threads; LangGraph's server brings its own.
    """
    contexts = StudioContexts(principal)
    # No context schema: its clients send an empty context, which can't become a RunContext.
    graph = StateGraph(StudioState, input_schema=StudioInput)
    review = ReviewActions(registry, contexts)
    add_loop(graph, models, registry, contexts, review, prompt)
    graph.add_node("read_input", read_input, input_schema=StudioInput)
    graph.add_edge(START, "read_input")
    graph.add_edge("read_input", "call_model")
    return graph.compile(checkpointer=checkpointer, name="copilot")


def add_loop(  # noqa: PLR0913, PLR0917  # what its nodes are made of
    graph: StateGraph[Any, Any, Any, Any],
    models: ModelChain,
    registry: Registry,
    contexts: Contexts,
    request_approval: RequestApproval | ReviewActions,
    prompt: Prompt | None,
) -> None:
    """Add what follows the first node: all but the edge from START."""
    state = graph.state_schema
    graph.add_node(
        "call_model",
        CallModel(BoundModels(models, registry), registry, contexts, prompt or load_prompt()),
        # It names its successor itself: a conditional edge would cost 4 % of a turn's CPU time.
        destinations=get_args(Step),
        input_schema=state,
    )
    graph.add_node(
        "propose_calls",
        ProposeCalls(registry, contexts),
        destinations=get_args(ProposedStep),
        input_schema=state,
    )
    graph.add_node("request_approval", request_approval, input_schema=state)
    graph.add_node("call_tools", CallTools(registry, contexts), input_schema=state)
    graph.add_node("summarize_history", SummarizeHistory(models, contexts), input_schema=state)
    graph.add_edge("summarize_history", "call_model")
    graph.add_edge("request_approval", "call_tools")
    graph.add_edge("call_tools", "call_model")
