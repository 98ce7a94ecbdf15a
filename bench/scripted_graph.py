"""The product's graph around the scripted model: real chain, real registry, real error handling."""

from typing import Any, cast

from langchain_core.messages import HumanMessage
from langgraph.checkpoint.base import BaseCheckpointSaver

from bench.scripted_model import ScriptedModel, scripted_chain
from core.principal import local_principal
from graphs.copilot.context import RunContext
from graphs.copilot.graph import CopilotGraph, build_graph
from graphs.copilot.state import CopilotState
from tools_registry.registry import Ports, Registry, build_registry
from tools_registry.spec import Caller

QUESTION = "How much did revenue grow?"
CONTEXT = RunContext(Caller(local_principal()))


def registry() -> Registry:
    """The product's tools; only `calculate` works, which needs no port."""
    missing = cast("Any", None)
    return build_registry(Ports(retriever=missing, outbox=missing, figures=missing))


def scripted_graph(
    model: ScriptedModel, checkpointer: BaseCheckpointSaver[str] | None = None
) -> CopilotGraph:
    return build_graph(scripted_chain(model), registry(), checkpointer=checkpointer)


def turn() -> CopilotState:
    """A fresh question, as a face puts it."""
    return {"messages": [HumanMessage(QUESTION)]}
