"""What the registry knows of a tool."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from core.principal import Permission, Principal
from knowledge.figures.shown import ShownFigure
from tools_registry.evidence import Evidence


class SideEffect(StrEnum):
    """What a call changes outside of the run."""

    NONE = "none"
    """It reads or computes; calling it again changes nothing."""
    EXTERNAL = "external"
    """Somebody else's system gets to know."""


class Approval(StrEnum):
    """Whether a person is asked before a call."""

    NEVER = "never"
    """The model may call it by itself."""
    ALWAYS = "always"
    """Each call waits until a person, or the organization's policy, has decided on exactly its
    payload."""


@dataclass(frozen=True)
class Caller:
    """On whose behalf a call runs, and what it may look at. The model has no say in it."""

    principal: Principal
    document_ids: tuple[UUID, ...] | None = None
    """Only these documents; None for all of the organization's."""
    as_of: datetime | None = None
    """In the versions that were current then; None for now."""
    figures: tuple[ShownFigure, ...] = ()
    """Those that the conversation was shown: F1 is the first."""


@dataclass(frozen=True)
class Execution:
    """One carrying out of a call."""

    key: str = ""
    """The same for the same call, so that a receiver sees a repetition as one."""
    payload: str = ""
    """What was approved, byte for byte; empty for tools without a side effect."""


@dataclass(frozen=True)
class ToolSpec:
    """One row of the registry."""

    name: str
    input: type[BaseModel]
    describe: Callable[..., Any]
    """The tool itself: its docstring is what the model reads."""
    run: Callable[[Any, Caller, Execution], Awaitable[BaseModel]]
    """(arguments, caller, execution) -> output, with the tool's ports bound."""
    permission: Permission
    side_effect: SideEffect
    approval: Approval
    timeout_seconds: float
    prepare: Callable[[Any, datetime], str] | None = None
    """(arguments, now) -> what a call carries out, byte for byte. For tools with a side effect."""
    check: Callable[[Any, Caller], Awaitable[None]] | None = None
    """(arguments, caller): raises ToolError if the call can't succeed, before a person is asked."""
    show: Callable[[Any, Evidence], str] = lambda output, _evidence: output.model_dump_json()
    """What of the output the model reads."""

    def __post_init__(self) -> None:
        if self.side_effect is not SideEffect.NONE and self.approval is Approval.NEVER:
            raise ValueError(f"{self.name} has a side effect and asks nobody")
        if self.side_effect is not SideEffect.NONE and self.prepare is None:
            raise ValueError(f"{self.name} has a side effect and can't show it beforehand")

    @property
    def description(self) -> str:
        return inspect.getdoc(self.describe) or ""

    def definition(self) -> dict[str, Any]:
        """The tool as a chat model takes it (OpenAI's function format, which Groq speaks too)."""
        return {
            "type": "function",
            "function": {
                "name": self.name,
                "description": self.description,
                "parameters": self.input.model_json_schema(),
            },
        }
