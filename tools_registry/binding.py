"""Carries out a tool call that a model asked for: checks it, bounds it, words its outcome."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from langchain_core.messages import ToolCall, ToolMessage
from pydantic import BaseModel, ValidationError

from core.errors import ToolError
from core.plain_json import UnfitJsonError, require_plain
from knowledge.passages import Passage
from tools_registry.evidence import Evidence
from tools_registry.spec import Approval, Caller, Execution, ToolSpec
from tools_registry.tracing import traced

MAX_ERROR_CHARACTERS = 1000
DIRECTLY = Execution()
UNFIT = "unfit"
"""The argument that says what was wrong with others."""


@dataclass(frozen=True)
class Outcome:
    """A finished call, not yet in words: passages are numbered in the order of the calls."""

    call: ToolCall
    spec: ToolSpec | None
    output: BaseModel | None
    error: str = ""

    def message(self, evidence: Evidence) -> ToolMessage:
        """What the model reads."""
        if self.spec is None or self.output is None:
            return tool_message(self.call, self.error, status="error")
        return tool_message(self.call, self.spec.show(self.output, evidence))


def may_need_approval(registry: Mapping[str, ToolSpec], call: ToolCall) -> bool:
    """Whether somebody has to decide on this call, if it is one that can run at all."""
    spec = registry.get(call["name"])
    return spec is not None and spec.approval is Approval.ALWAYS


async def prepare(
    registry: Mapping[str, ToolSpec], call: ToolCall, caller: Caller, at: datetime
) -> str | None:
    """What the call would carry out, byte for byte; None if nobody has to decide on it.

    Raises:
        ToolError: it can't run: the model has to mend it first.
    """
    if not may_need_approval(registry, call):
        return None
    spec, arguments = check(registry, call, caller)
    if spec.check:
        await spec.check(arguments, caller)
    return spec.prepare(arguments, at) if spec.prepare else None


def edited_payload(
    registry: Mapping[str, ToolSpec], call: ToolCall, caller: Caller, at: datetime
) -> str:
    """What an edited call would carry out, where nothing can be awaited.

    Whether its receiver exists shows when it is carried out.

    Raises:
        ToolError: the arguments don't fit.
    """
    spec, arguments = check(registry, call, caller)
    return spec.prepare(arguments, at) if spec.prepare else ""


def storable(call: ToolCall) -> ToolCall:
    """The call, or what is kept in place of one whose arguments no store takes, for `check`."""
    try:
        require_plain(call["args"])
    except UnfitJsonError as error:
        return ToolCall(name=call["name"], args={UNFIT: str(error)}, id=call["id"])
    return call


def check(
    registry: Mapping[str, ToolSpec], call: ToolCall, caller: Caller
) -> tuple[ToolSpec, BaseModel]:
    """The tool and its validated arguments.

    Raises:
        ToolError: no such tool for this principal, or unfit arguments; worded for the model.
    """
    spec = registry.get(call["name"])
    if spec is None or not caller.principal.may(spec.permission):
        allowed = [name for name, row in registry.items() if caller.principal.may(row.permission)]
        raise ToolError(f"There is no tool {call['name']!r}. Use one of: {', '.join(allowed)}.")
    if unfit := storable(call)["args"].get(UNFIT):
        raise ToolError(f"The arguments don't fit. {unfit}")
    try:
        return spec, spec.input.model_validate(call["args"])
    except ValidationError as error:
        raise ToolError(explain(error)) from error


async def run(
    registry: Mapping[str, ToolSpec],
    call: ToolCall,
    caller: Caller,
    execution: Execution = DIRECTLY,
    *,
    seen: Sequence[Passage] = (),
) -> Outcome:
    """Run one call. Whatever the model can mend is worded for it; anything else ends the run.

    Args:
        registry: the tools.
        call: as the model asked for it.
        caller: on whose behalf.
        execution: what was approved, for tools with a side effect.
        seen: the thread's passages, for the citation numbers in what callbacks are shown. Where
            calls run side by side, the model may read other numbers for new passages.
    """
    return await traced(
        call,
        lambda: carry_out(registry, call, caller, execution),
        lambda outcome: outcome.message(Evidence(seen)),
    )


async def carry_out(
    registry: Mapping[str, ToolSpec],
    call: ToolCall,
    caller: Caller,
    execution: Execution = DIRECTLY,
) -> Outcome:
    """As `run`, but no callback is told."""
    try:
        spec, arguments = check(registry, call, caller)
    except ToolError as error:
        return Outcome(call, None, None, error.detail)
    try:
        async with asyncio.timeout(spec.timeout_seconds):
            return Outcome(call, spec, await spec.run(arguments, caller, execution))
    except ToolError as error:
        return Outcome(call, spec, None, error.detail)
    except TimeoutError:
        return Outcome(call, spec, None, f"No result within {spec.timeout_seconds:g} seconds.")


def tool_message(
    call: ToolCall, content: str, *, status: Literal["success", "error"] = "success"
) -> ToolMessage:
    return ToolMessage(content, tool_call_id=call["id"], name=call["name"], status=status)


def explain(error: ValidationError) -> str:
    """What is wrong with arguments, in words for the model."""
    problems = (
        f"{'.'.join(map(str, entry['loc'])) or 'arguments'}: {entry['msg']}"
        for entry in error.errors(include_url=False, include_input=False)
    )
    return f"The arguments don't fit. {'; '.join(problems)}"[:MAX_ERROR_CHARACTERS]
