"""The copilot as faces use it: ask, listen, approve. One conversation is a thread."""

from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any, Literal, cast
from uuid import UUID

from langchain_core.messages import (
    AIMessage,
    AnyMessage,
    HumanMessage,
    RemoveMessage,
    messages_to_dict,
)
from langchain_core.runnables import RunnableConfig
from langgraph.types import Command, Interrupt, StateSnapshot

from core.errors import ConflictError
from core.principal import Permission, Principal
from graphs.checkpointer import ORGANIZATION_KEY
from graphs.copilot.answer import Answer, to_answer
from graphs.copilot.approvals import ApprovalRequest
from graphs.copilot.context import Limits, RunContext
from graphs.copilot.graph import CopilotGraph
from graphs.copilot.question import Question
from graphs.copilot.state import CopilotState, current_turn
from graphs.copilot.streaming import RunEvent
from knowledge.redaction.masking import masked
from storage.documents import DocumentRepository
from storage.threads import ThreadRepository
from tools_registry.spec import Caller

Input = CopilotState | Command[Any] | None


class Copilot:
    """Runs the graph for a principal.

    A plain turn is checkpointed once, at its end ("exit"): a killed one left no trace, a failed one
    is taken back, and it is asked again. Once a side effect was approved every step is ("sync"), so
    that none runs unrecorded.
    """

    def __init__(
        self,
        graph: CopilotGraph,
        threads: ThreadRepository,
        documents: DocumentRepository,
        limits: Limits,
    ) -> None:
        self.graph = graph
        self._threads = threads
        self._documents = documents
        self._limits = limits

    async def ask(self, principal: Principal, question: Question) -> Answer:
        """Answer a question, or pause for an approval.

        Raises:
            PermissionDeniedError: without `query:document`.
            NotFoundError: an unknown document or thread.
            ConflictError: a document isn't indexed yet, or the thread waits for an approval.
            UnavailableError: no model could answer.
        """
        thread_id, turn = await self._begin(principal, question)
        context = self._context(principal, question, stream=False)
        config = self._config(principal, thread_id)
        return await self._run(turn, config, context, thread_id, "exit")

    async def stream(
        self, principal: Principal, question: Question
    ) -> AsyncIterator[RunEvent | Answer]:
        """The same, telling tokens, tool steps and restarts as they happen; the answer is last."""
        thread_id, turn = await self._begin(principal, question)
        context = self._context(principal, question, stream=True)
        config = self._config(principal, thread_id)
        state: dict[str, Any] = {}
        async for mode, item in self.graph.astream(
            turn,
            config,
            context=context,
            stream_mode=["custom", "values"],
            durability="exit",
        ):
            if mode == "custom":
                yield cast("RunEvent", item)
            else:
                state = {**state, **cast("dict[str, Any]", item)}
        yield _answer(state, state.get("__interrupt__", ()), thread_id)

    async def resume(
        self, principal: Principal, thread_id: UUID, approvals: Mapping[str, bool]
    ) -> Answer:
        """Go on after a person answered, or after a crash in the middle of an approved turn.

        Args:
            principal: who answers; needs `approve:action`.
            thread_id: the paused thread.
            approvals: true or false by call id; a call left out is refused.

        Raises:
            PermissionDeniedError, NotFoundError: not theirs to approve, or no such thread.
            ConflictError: nothing waits, or an answer names a call that doesn't.
        """
        principal.require(Permission.APPROVE_ACTION)
        await self._threads.use(principal, thread_id)
        config = self._config(principal, thread_id)
        snapshot = await self.graph.aget_state(config)
        if not snapshot.next:
            raise ConflictError("Nothing in this thread waits for an approval.")
        pending = _pending(snapshot)
        unknown = set(approvals) - {request.call_id for request in pending}
        if pending and unknown:
            raise ConflictError(f"No such call waits: {', '.join(sorted(unknown))}.")
        # By interrupt: LangGraph takes a bare empty mapping for "resume nothing".
        answers = {each.id: dict(approvals) for each in snapshot.interrupts}
        resumed: Input = Command(resume=answers) if pending else None
        context = RunContext(Caller(principal), self._limits)
        return await self._run(resumed, config, context, thread_id, "sync")

    async def messages(self, principal: Principal, thread_id: UUID) -> list[dict[str, Any]]:
        """What was said in a thread, in LangChain's form of messages.

        Raises:
            NotFoundError: no such thread of the principal's.
        """
        await self._threads.require(principal, thread_id)
        snapshot = await self.graph.aget_state(self._config(principal, thread_id))
        return messages_to_dict(snapshot.values.get("messages", []))

    async def _run(
        self,
        given: Input,
        config: RunnableConfig,
        context: RunContext,
        thread_id: UUID,
        durability: Literal["exit", "sync"],
    ) -> Answer:
        # "v2" brings the interrupts beside the state, where "v1" watches every node for them.
        output = await self.graph.ainvoke(
            given, config, context=context, durability=durability, version="v2"
        )
        return _answer(output.value, output.interrupts, thread_id)

    async def _begin(self, principal: Principal, question: Question) -> tuple[UUID, CopilotState]:
        """The thread, and what goes into the graph: the question, a broken turn taken back."""
        principal.require(Permission.QUERY_DOCUMENT)
        await self._check_documents(principal, question)
        asked = HumanMessage(masked(question.question))  # no model and no checkpoint sees the rest
        if question.thread_id is None:
            return await self._threads.create(principal), {"messages": [asked]}
        await self._threads.use(principal, question.thread_id)
        snapshot = await self.graph.aget_state(self._config(principal, question.thread_id))
        _refuse_unfinished(snapshot)
        return question.thread_id, {"messages": [*_broken_turn(snapshot), asked], "approvals": {}}

    async def _check_documents(self, principal: Principal, question: Question) -> None:
        if question.document_ids is None:
            return
        current = await self._documents.current_versions(principal, question.document_ids)
        waiting = set(question.document_ids) - {version.document_id for version in current}
        if waiting:
            raise ConflictError(
                f"Not searchable yet: {', '.join(sorted(map(str, waiting)))}. "
                "GET /documents tells when it is, or why it failed."
            )

    def _context(self, principal: Principal, question: Question, *, stream: bool) -> RunContext:
        return RunContext(Caller(principal, question.document_ids), self._limits, stream)

    def _config(self, principal: Principal, thread_id: UUID) -> RunnableConfig:
        return {
            "configurable": {
                "thread_id": str(thread_id),
                ORGANIZATION_KEY: str(principal.organization_id),
            },
            # Two nodes a step, one more for an approval; the limits end a run well before this.
            "recursion_limit": 3 * self._limits.steps + 3,
        }


def _refuse_unfinished(snapshot: StateSnapshot) -> None:
    """Raises: ConflictError: a side effect waits, or it was answered and the turn broke off."""
    if snapshot.interrupts:
        raise ConflictError(
            "This thread waits for an approval: answer it, or ask in a new thread.",
            approvals=[request.model_dump() for request in _pending(snapshot)],
        )
    if snapshot.next and snapshot.values.get("approvals"):
        raise ConflictError(
            "A turn with an approval broke off in this thread: resume it without new approvals, "
            "or ask in a new thread."
        )


def _broken_turn(snapshot: StateSnapshot) -> list[AnyMessage]:
    """Takes back what a failed turn left behind: a tool call without its result ends any model."""
    messages: list[AnyMessage] = snapshot.values.get("messages", [])
    if not snapshot.next or not messages or _is_answer(messages[-1]):
        return []
    begin = len(messages) - len(current_turn(messages)) - 1
    return [cast("AnyMessage", RemoveMessage(id=each.id or "")) for each in messages[begin:]]


def _is_answer(message: AnyMessage) -> bool:
    return isinstance(message, AIMessage) and not message.tool_calls


def _answer(state: Mapping[str, Any], interrupts: Iterable[Interrupt], thread_id: UUID) -> Answer:
    return to_answer(cast("CopilotState", state), thread_id, _requests(interrupts))


def _pending(snapshot: StateSnapshot) -> list[ApprovalRequest]:
    return _requests(snapshot.interrupts)


def _requests(interrupts: Iterable[Interrupt]) -> list[ApprovalRequest]:
    return [ApprovalRequest(**call) for each in interrupts for call in each.value]
