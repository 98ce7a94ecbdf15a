"""The few ways in which a model gives no answer, as values. A reason holds no key and no prompt."""

from dataclasses import dataclass, field

from langchain_core.messages import HumanMessage


@dataclass(frozen=True)
class Failure:
    """Why one attempt gave no answer. `reason` is safe to show; `error` is for the log."""

    reason: str
    error: Exception | None = field(default=None, compare=False)
    retriable: bool = False
    """Asking the same model again soon may help."""
    blames_model: bool = True
    """Counts against the model's circuit breaker: the next caller would meet it too."""


@dataclass(frozen=True)
class Throttled(Failure):
    """429: too many requests or tokens for now."""

    retriable: bool = True
    retry_after: float | None = None
    """Seconds the provider asks to wait; None when it names no time."""


@dataclass(frozen=True)
class Unavailable(Failure):
    """5xx, no connection, or a time-out. The last isn't retriable: it has taken its time."""

    retriable: bool = True


@dataclass(frozen=True)
class CutAnswer(Failure):
    """The answer broke off: cut socket, stall, error event, no end marker, unreadable body."""

    retriable: bool = True


@dataclass(frozen=True)
class ToolUseFailed(Failure):
    """The provider couldn't read the model's tool call; intermittent, so worth one repair."""

    blames_model: bool = False
    complaint: str = field(default="", repr=False)
    """The provider's words, for the model only: they quote what it wrote."""

    def repair(self) -> HumanMessage:
        """The message that tells the model what was wrong with its last tool call."""
        return HumanMessage(
            f"Your last tool call could not be read: {self.complaint[:1000]}\n"
            "Call the tool again with arguments that match its JSON schema, or answer in words."
        )


@dataclass(frozen=True)
class Refused(Failure):
    """Any other 4xx (401, 413, ...): asking again is no use, the next model may do."""


@dataclass(frozen=True)
class Unexpected(Failure):
    """An exception that isn't known here, perhaps a bug: its traceback is logged."""


@dataclass(frozen=True)
class RetiredModel(Failure):
    """The provider doesn't know the model (any more)."""


@dataclass(frozen=True)
class Skipped(Failure):
    """Not asked at all: its breaker is open."""

    blames_model: bool = False
