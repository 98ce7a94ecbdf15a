"""A run's immutable inputs. Faces make them; neither a model nor a request body can."""

from dataclasses import dataclass

from langgraph.runtime import Runtime

from graphs.copilot.state import CopilotState
from tools_registry.spec import Caller


@dataclass(frozen=True)
class Limits:
    """Bounds of one run, so that no model can spend without end."""

    steps: int = 12
    """Times a model is asked."""
    tool_calls: int = 16
    tokens: int = 100_000
    """Prompt and completion, summed over the run."""
    history_tokens: int = 6_000
    """Of earlier turns, as a model is shown them at each step."""


@dataclass(frozen=True)
class RunContext:
    """Who asks, within which bounds, and whether somebody listens."""

    caller: Caller
    limits: Limits = Limits()
    stream: bool = False
    """Whether tokens are written to the stream mode `custom` while a model answers."""


class Contexts:
    """Where nodes get a run's context from."""

    def of(self, runtime: Runtime[RunContext], _state: CopilotState) -> RunContext:
        """Raises: ValueError: a face forgot to say who asks. There is no default principal."""
        if runtime.context is None:
            raise ValueError("a run needs a RunContext")
        return runtime.context
