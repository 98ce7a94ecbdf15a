"""The copilot as faces use it: ask, listen, approve. One conversation is a thread."""

from collections.abc import AsyncIterator, Mapping
from typing import Any, Literal, cast
from uuid import UUID

from langchain_core.messages import HumanMessage
from langchain_core.runnables import RunnableConfig
from langgraph.types import Command, StateSnapshot

from core.errors import ConflictError
from core.principal import Permission, Principal
from graphs.checkpointer import ORGANIZATION_KEY
from graphs.copilot.answer import Answer, to_answer
from graphs.copilot.approvals import ApprovalRequest
from graphs.copilot.context import Limits, RunContext
from graphs.copilot.graph import CopilotGraph
from graphs.copilot.question import Question
from graphs.copilot.state import CopilotState
from graphs.copilot.streaming import RunEvent
from storage.documents import DocumentRepository
from storage.threads import ThreadRepository
from tools_registry.spec import Caller

Input = CopilotState | Command[Any] | None


class Copilot:
    """Runs the graph for a principal.

    A plain turn is checkpointed once, at its end ("exit"): a killed one left no trace and is asked
    again. Once a side effect was approved every step is ("sync"), so that none runs unrecorded.
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
        thread_id = await self._open_thread(principal, question)
        context = self._context(principal, question, stream=False)
        config = self._config(principal, thread_id)
        return await self._run(_turn(question), config, context, thread_id, "exit")

    async def stream(
        self, principal: Principal, question: Question
    ) -> AsyncIterator[RunEvent | Answer]:
        """The same, telling tokens, tool steps and restarts as they happen; the answer is last."""
        thread_id = await self._open_thread(principal, question)
        context = self._context(principal, question, stream=True)
        config = self._config(principal, thread_id)
        state: dict[str, Any] = {}
        async for mode, item in self.graph.astream(
            _turn(question),
            config,
            context=context,
            stream_mode=["custom", "values"],
            durability="exit",
        ):
            if mode == "custom":
                yield cast("RunEvent", item)
            else:
                state = {**state, **cast("dict[str, Any]", item)}
        yield _outcome(state, thread_id)

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
        await self._threads.require(principal, thread_id)
        config = self._config(principal, thread_id)
        snapshot = await self.graph.aget_state(config)
        if not snapshot.next:
            raise ConflictError("Nothing in this thread waits for an approval.")
        pending = _pending(snapshot)
        unknown = set(approvals) - {request.call_id for request in pending}
        if pending and unknown:
            raise ConflictError(f"No such call waits: {', '.join(sorted(unknown))}.")
        resumed: Input = Command(resume=dict(approvals)) if pending else None
        context = RunContext(Caller(principal), self._limits)
        return await self._run(resumed, config, context, thread_id, "sync")

    async def _run(
        self,
        given: Input,
        config: RunnableConfig,
        context: RunContext,
        thread_id: UUID,
        durability: Literal["exit", "sync"],
    ) -> Answer:
        state = await self.graph.ainvoke(given, config, context=context, durability=durability)
        return _outcome(state, thread_id)

    async def _open_thread(self, principal: Principal, question: Question) -> UUID:
        principal.require(Permission.QUERY_DOCUMENT)
        await self._check_documents(principal, question)
        if question.thread_id is None:
            return await self._threads.create(principal)
        await self._threads.require(principal, question.thread_id)
        snapshot = await self.graph.aget_state(self._config(principal, question.thread_id))
        if snapshot.next:
            raise ConflictError(
                "This thread waits for an approval: answer it, or ask in a new thread.",
                approvals=[request.model_dump() for request in _pending(snapshot)],
            )
        return question.thread_id

    async def _check_documents(self, principal: Principal, question: Question) -> None:
        if question.document_ids is None:
            return
        current = await self._documents.current_versions(
            principal.organization_id, question.document_ids
        )
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


def _turn(question: Question) -> CopilotState:
    return {"messages": [HumanMessage(question.question)], "approvals": {}}


def _outcome(state: Mapping[str, Any], thread_id: UUID) -> Answer:
    interrupts = state.get("__interrupt__", ())
    pending = [ApprovalRequest(**call) for each in interrupts for call in each.value]
    return to_answer(cast("CopilotState", state), thread_id, pending)


def _pending(snapshot: StateSnapshot) -> list[ApprovalRequest]:
    return [ApprovalRequest(**call) for each in snapshot.interrupts for call in each.value]
