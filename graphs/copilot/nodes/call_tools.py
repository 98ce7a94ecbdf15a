"""Carry out the tool calls of the model's last message."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from langchain_core.messages import ToolCall
from langgraph.runtime import Runtime

from core.errors import ToolError
from graphs.copilot.approvals import ApprovalRequest, Edited, Refused, read_said
from graphs.copilot.context import Contexts, RunContext
from graphs.copilot.state import CopilotState, last_answer, usage
from graphs.copilot.streaming import tool_finished, tool_started
from storage.sent_messages import message_id
from tools_registry.binding import Outcome, prepare, run
from tools_registry.evidence import Evidence
from tools_registry.registry import Registry
from tools_registry.spec import Execution

REFUSED = "The user refused this call. Don't ask for it again; answer without it."
SAME_ID = "Not run: another call of this message has the same id, and an approval names an id."
OVER_LIMIT = "Not run: this run has used up its tool calls."


class CallTools:
    """Reads messages, passages, proposals and approvals; writes messages and new passages.

    Calls run side by side; their passages are numbered afterwards, in the order of the calls.
    """

    def __init__(self, registry: Registry, contexts: Contexts) -> None:
        self._registry = registry
        self._contexts = contexts

    async def __call__(self, state: CopilotState, runtime: Runtime[RunContext]) -> CopilotState:
        context, answer = self._contexts.of(runtime, state), last_answer(state["messages"])
        caller = replace(context.caller, figures=tuple(state.get("figures", ())))
        room = context.limits.tool_calls - usage(state)["tool_calls"]
        write = runtime.stream_writer if context.stream else None
        seen = state.get("passages", ())

        async def outcome(position: int, call: ToolCall) -> Outcome:
            refusal = await self._refusal(state, position, call, context)
            if position >= room:
                refusal = OVER_LIMIT
            if refusal:
                return Outcome(call, None, None, refusal)
            if write:
                write(tool_started(call))
            proposal = _proposal(state, call)
            if proposal is None:
                return await run(self._registry, call, caller, seen=seen)
            return await self._as_approved(state, call, proposal, runtime)

        calls = [outcome(position, call) for position, call in enumerate(answer.tool_calls)]
        outcomes = await _side_by_side(calls)
        evidence = Evidence(seen, figures=state.get("figures", ()))
        messages = [done.message(evidence) for done in outcomes]
        if write:
            for message in messages:
                write(tool_finished(message))
        update: CopilotState = {"messages": [*messages]}
        if evidence.added:
            update["passages"] = evidence.added
        if evidence.added_figures:
            update["figures"] = evidence.added_figures
        return update

    async def _refusal(
        self, state: CopilotState, position: int, call: ToolCall, context: RunContext
    ) -> str:
        """Why a call must not run, or nothing."""
        earlier = last_answer(state["messages"]).tool_calls[:position]
        if any(call["id"] == each["id"] for each in earlier):
            return SAME_ID
        if _proposal(state, call) is None:
            return await self._why_not_proposed(call, context)
        said = read_said(state.get("approvals"), call["id"] or "")
        if isinstance(said, Refused) and said.reason:
            return f"{REFUSED} The reason: {said.reason}"
        return "" if said is True or isinstance(said, Edited) else REFUSED

    async def _why_not_proposed(self, call: ToolCall, context: RunContext) -> str:
        """Nothing for a call without a side effect; no other runs that nobody was asked about."""
        try:
            shown = await prepare(self._registry, call, context.caller, datetime.now(UTC))
        except ToolError as error:
            return error.detail
        return "" if shown is None else REFUSED

    async def _as_approved(
        self,
        state: CopilotState,
        call: ToolCall,
        proposal: ApprovalRequest,
        runtime: Runtime[RunContext],
    ) -> Outcome:
        said = read_said(state["approvals"], proposal.call_id)
        shown = said if isinstance(said, Edited) else proposal
        execution = Execution(_key(runtime, proposal), shown.payload)
        approved = ToolCall(name=call["name"], args=shown.arguments, id=call["id"])
        return await run(
            self._registry, approved, self._contexts.of(runtime, state).caller, execution
        )


def _proposal(state: CopilotState, call: ToolCall) -> ApprovalRequest | None:
    """What was proposed of a call of the newest message."""
    step = last_answer(state["messages"]).id or ""
    for each in state.get("proposals", ()):
        if (each["step"], each["call_id"]) == (step, call["id"] or ""):
            return ApprovalRequest(**each)
    return None


async def _side_by_side(calls: list[Coroutine[Any, Any, Outcome]]) -> list[Outcome]:
    # The usual single call needs no task of its own.
    return [await calls[0]] if len(calls) == 1 else await asyncio.gather(*calls)


def _key(runtime: Runtime[RunContext], proposal: ApprovalRequest) -> str:
    thread_id = runtime.execution_info.thread_id if runtime.execution_info else None
    return message_id(thread_id, proposal.step, proposal.call_id)
