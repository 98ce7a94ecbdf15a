"""A model as a member of a chain."""

from dataclasses import dataclass

from langchain_core.language_models import LanguageModelInput
from langchain_core.messages import AIMessage
from langchain_core.runnables import Runnable

from graphs.models.breaker import CircuitBreaker
from graphs.models.time_limits import TimeLimits

Model = Runnable[LanguageModelInput, AIMessage]


@dataclass(frozen=True)
class ChainedModel:
    """A model, the name it goes by (such as `groq:openai/gpt-oss-20b`) and its breaker."""

    name: str
    model: Model
    breaker: CircuitBreaker
    limits: TimeLimits | None = None
    """None for a model in this process, which answers at once."""
    end_marker: str | None = None
    """Key of `response_metadata` that its provider sets in each complete answer, such as
    `finish_reason`: an answer without it was cut. None if no such key is known."""
