"""One run's turn in its thread: begun, gone on with after a decision, or taken up after a crash."""

from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any, Literal, NamedTuple, cast
from uuid import UUID

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, RemoveMessage
from langchain_core.runnables import RunnableConfig
from langgraph.types import Command, Interrupt, StateSnapshot

from core.errors import ConflictError
from graphs.checkpointer import ORGANIZATION_KEY
from graphs.copilot.answer import Answer, to_answer
from graphs.copilot.approvals import ApprovalRequest
from graphs.copilot.context import Limits, RunContext
from graphs.copilot.graph import CopilotGraph
from graphs.copilot.question import Question
from graphs.copilot.state import CopilotState, current_turn
from graphs.copilot.streaming import RunEvent
from storage.approvals import Approval, ApprovalStatus
from storage.runs import Run
from tools_registry.spec import Caller

UNFINISHED = (
    "A turn with an approval broke off in this thread: resume it without new approvals, or ask in "
    "a new thread."
)


class _Step(NamedTuple):
    """What goes into the graph."""

    given: CopilotState | Command[Any] | None
    durability: Literal["exit", "sync"]


class Turns:
    """Runs the graph for a run.

    A plain turn is checkpointed once, at its end ("exit"): a killed one left no trace, a failed one
    is taken back, and it is asked again. Once a side effect was decided on every step is ("sync"),
    so that none runs unrecorded. The question's message has the run's id, which tells a run that
    was taken over how far it had come.
    """

    def __init__(self, graph: CopilotGraph, limits: Limits) -> None:
        self.graph = graph
        self._limits = limits

    async def carry_out(
        self, run: Run, decided: Iterable[Approval], *, is_new_thread: bool, stream: bool
    ) -> AsyncIterator[RunEvent | Answer]:
        """Tokens, tool steps and restarts if `stream`; the answer, or what waits, is last.

        Args:
            run: held by the caller.
            decided: what was said of the calls that the run paused for.
            is_new_thread: whether nothing was said in it before.
            stream: whether anybody listens.

        Raises:
            ConflictError: an approved turn of another run broke off in the thread.
            UnavailableError: no model could answer.
        """
        config, question = self.config(run.organization_id, run.thread_id), _question(run)
        snapshot = None if is_new_thread else await self.graph.aget_state(config)
        step = _next_step(run, question, snapshot, decided)
        if step is None and snapshot is not None:
            yield _answer(snapshot.values, snapshot.interrupts, run)
            return
        if step is None:
            return
        caller = Caller(run.principal, question.document_ids, question.as_of)
        context = RunContext(caller, self._limits, stream)
        if not stream:
            # "v2" brings the interrupts beside the state, where "v1" watches every node for them.
            output = await self.graph.ainvoke(
                step.given, config, context=context, durability=step.durability, version="v2"
            )
            yield _answer(output.value, output.interrupts, run)
            return
        state: dict[str, Any] = {}
        async for mode, item in self.graph.astream(
            step.given,
            config,
            context=context,
            stream_mode=["custom", "values"],
            durability=step.durability,
        ):
            if mode == "custom":
                yield cast("RunEvent", item)
            else:
                state = {**state, **cast("dict[str, Any]", item)}
        yield _answer(state, state.get("__interrupt__", ()), run)

    async def broken_off(self, organization_id: UUID, thread_id: UUID) -> UUID | None:
        """The run whose turn broke off after a decision, if there is one in a thread."""
        snapshot = await self.graph.aget_state(self.config(organization_id, thread_id))
        if not _broke_off(snapshot):
            return None
        asked = [each for each in snapshot.values["messages"] if each.type == "human"]
        return UUID(asked[-1].id)

    def config(self, organization_id: UUID, thread_id: UUID) -> RunnableConfig:
        return {
            "configurable": {
                "thread_id": str(thread_id),
                ORGANIZATION_KEY: str(organization_id),
            },
            # Two nodes a step, two more for an approval, two for a summary; the limits end a run
            # well before this.
            "recursion_limit": 4 * self._limits.steps + 6,
        }


def _next_step(
    run: Run, question: Question, snapshot: StateSnapshot | None, decided: Iterable[Approval]
) -> _Step | None:
    """None if the run's turn has come to its end, or to its pause, already."""
    asked = HumanMessage(question.question, id=str(run.id))
    if snapshot is None:
        return _Step({"messages": [asked]}, "exit")
    is_begun = any(message.id == asked.id for message in snapshot.values.get("messages", ()))
    if is_begun and snapshot.interrupts:
        answers = _answers(snapshot, decided)
        return None if answers is None else _Step(Command(resume=answers), "sync")
    if _broke_off(snapshot):
        if not is_begun:
            raise ConflictError(UNFINISHED)
        return _Step(None, "sync")
    if is_begun and not snapshot.next:
        return None
    begin: CopilotState = {
        "messages": [*_broken_turn(snapshot), asked],
        "approvals": {},
        "proposals": [],
    }
    return _Step(begin, "exit")


def _answers(snapshot: StateSnapshot, decided: Iterable[Approval]) -> dict[str, Any] | None:
    """By interrupt: LangGraph takes a bare empty mapping for "resume nothing". None: one waits."""
    by_call = {(each.step, each.call_id): each for each in decided}
    answers = {}
    for interrupt in snapshot.interrupts:
        said = {}
        for proposal in interrupt.value:
            approval = by_call.get((proposal["step"], proposal["call_id"]))
            if approval is None or approval.status is ApprovalStatus.PENDING:
                return None
            said[proposal["call_id"]] = _said(approval)
        answers[interrupt.id] = said
    return answers


def _said(approval: Approval) -> dict[str, Any]:
    """From the row, which is what was shown."""
    if approval.status is ApprovalStatus.APPROVED:
        return {"arguments": approval.arguments, "payload": approval.payload}
    expired = "nobody decided in time" if approval.status is ApprovalStatus.EXPIRED else ""
    return {"reason": approval.reason or expired}


def _broke_off(snapshot: StateSnapshot) -> bool:
    return bool(snapshot.next and not snapshot.interrupts and snapshot.values.get("approvals"))


def _broken_turn(snapshot: StateSnapshot) -> list[AnyMessage]:
    """Takes back what a failed turn left behind: a tool call without its result ends any model."""
    messages: list[AnyMessage] = snapshot.values.get("messages", [])
    if not snapshot.next or not messages or _is_answer(messages[-1]):
        return []
    begin = len(messages) - len(current_turn(messages)) - 1
    return [cast("AnyMessage", RemoveMessage(id=each.id or "")) for each in messages[begin:]]


def _is_answer(message: AnyMessage) -> bool:
    return isinstance(message, AIMessage) and not message.tool_calls


def _answer(state: Mapping[str, Any], interrupts: Iterable[Interrupt], run: Run) -> Answer:
    requests = [ApprovalRequest(**call) for each in interrupts for call in each.value]
    return to_answer(cast("CopilotState", state), run.thread_id, run.id, requests)


def _question(run: Run) -> Question:
    return Question.model_validate(run.question)
