"""Carry out the tool calls of the model's last message."""

import asyncio
from collections.abc import Coroutine
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from langchain_core.messages import AIMessage, ToolCall
from langgraph.runtime import Runtime

from graphs.copilot.context import Contexts, RunContext
from graphs.copilot.state import CopilotState, last_answer, usage
from graphs.copilot.streaming import tool_finished, tool_started
from tools_registry.binding import Outcome, needs_approval, run
from tools_registry.evidence import Evidence
from tools_registry.registry import Registry

REFUSED = "The user refused this call. Don't ask for it again; answer without it."
SAME_ID = "Not run: another call of this message has the same id, and an approval names an id."
OVER_LIMIT = "Not run: this run has used up its tool calls."


class CallTools:
    """Reads messages, passages and approvals; writes tool results and the passages they brought.

    Calls run side by side; their passages are numbered afterwards, in the order of the calls.
    """

    def __init__(self, registry: Registry, contexts: Contexts) -> None:
        self._registry = registry
        self._contexts = contexts

    async def __call__(self, state: CopilotState, runtime: Runtime[RunContext]) -> CopilotState:
        context, answer = self._contexts.of(runtime), last_answer(state["messages"])
        room = context.limits.tool_calls - usage(state["messages"])["tool_calls"]
        write = runtime.stream_writer if context.stream else None

        async def outcome(position: int, call: ToolCall) -> Outcome:
            refusal = OVER_LIMIT if position >= room else self._refusal(state, position, call)
            if refusal:
                return Outcome(call, None, None, refusal)
            if write:
                write(tool_started(call))
            # Only a receiver outside hears of the key.
            key = _key(runtime, answer, call) if needs_approval(self._registry, call) else ""
            return await run(self._registry, call, context.caller, key)

        calls = [outcome(position, call) for position, call in enumerate(answer.tool_calls)]
        outcomes = await _side_by_side(calls)
        evidence = Evidence(state.get("passages", ()))
        messages = [done.message(evidence) for done in outcomes]
        if write:
            for message in messages:
                write(tool_finished(message))
        if not evidence.added:
            return {"messages": [*messages]}
        return {"messages": [*messages], "passages": evidence.added}

    def _refusal(self, state: CopilotState, position: int, call: ToolCall) -> str:
        """Why a call must not run, or nothing."""
        earlier = last_answer(state["messages"]).tool_calls[:position]
        if any(call["id"] == each["id"] for each in earlier):
            return SAME_ID
        if needs_approval(self._registry, call) and not _approved(state, call):
            return REFUSED
        return ""


async def _side_by_side(calls: list[Coroutine[Any, Any, Outcome]]) -> list[Outcome]:
    # The usual single call needs no task of its own.
    return [await calls[0]] if len(calls) == 1 else await asyncio.gather(*calls)


def _approved(state: CopilotState, call: ToolCall) -> bool:
    return state.get("approvals", {}).get(call["id"] or "") is True


def _key(runtime: Runtime[RunContext], answer: AIMessage, call: ToolCall) -> str:
    """The same whenever this call of this thread runs, so that a receiver drops repetitions."""
    thread_id = runtime.execution_info.thread_id if runtime.execution_info else None
    call_id = call["id"]
    return f"msg_{uuid5(NAMESPACE_OID, f'{thread_id}/{answer.id}/{call_id}')}"
