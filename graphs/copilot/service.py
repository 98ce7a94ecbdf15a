"""The copilot as faces use it: ask, listen, decide. A question is a run of a thread."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from typing import Any, cast
from uuid import UUID

from core.errors import ConflictError, CopilotError
from core.principal import Permission, Principal
from graphs.copilot.answer import Answer
from graphs.copilot.carrier import Carrier
from graphs.copilot.events import raised
from graphs.copilot.question import Question
from graphs.copilot.streaming import RunEvent
from graphs.copilot.turns import UNFINISHED, Turns
from knowledge.redaction.masking import masked
from storage.approvals import ApprovalRepository, Decision
from storage.documents import DocumentRepository
from storage.notifications import Notifications
from storage.run_events import StoredEvent
from storage.runs import Run, RunRepository, RunStatus, TakenOverError

UNDER_WAY = frozenset({RunStatus.QUEUED, RunStatus.RUNNING})


class Copilot:
    """Accepts questions and decisions for a principal; what was accepted comes to an end."""

    def __init__(  # noqa: PLR0913  # its ports
        self,
        turns: Turns,
        carrier: Carrier,
        runs: RunRepository,
        *,
        approvals: ApprovalRepository,
        documents: DocumentRepository,
        notifications: Notifications,
        queues: bool = True,
        runs_at_once: int | None = None,
    ) -> None:
        """Make the service.

        Args:
            turns: the graph.
            carrier: carries out what is accepted here.
            runs: what was accepted, anywhere.
            approvals: what waits for somebody.
            documents: what can be asked about.
            notifications: wakes who listens to a run.
            queues: whether a thread's second run waits for the first, or is refused.
            runs_at_once: how many unfinished runs an organization may have in the background.
        """
        self.turns = turns
        self.carrier = carrier
        self.runs = runs
        self._approvals = approvals
        self._documents = documents
        self._notifications = notifications
        self._queues = queues
        self._runs_at_once = runs_at_once

    async def ask(self, principal: Principal, question: Question) -> Answer:
        """Answer a question, or pause for an approval.

        Raises:
            PermissionDeniedError: without `query:document`.
            NotFoundError: an unknown document or thread.
            ConflictError: a document isn't indexed yet, or the thread waits for an approval.
            UnavailableError: no model could answer.
        """
        run = await self._open(principal, question)
        if run.status is RunStatus.QUEUED:
            return await self._answer_of(run)
        begun = self.carrier.begin(run, is_new_thread=question.thread_id is None, stream=False)
        return await self._ended(run, begun)

    async def check(self, principal: Principal, question: Question) -> None:
        """Raise what `start` would refuse, and start nothing: for faces that can't refuse later.

        Raises:
            PermissionDeniedError, NotFoundError, ConflictError, TooManyRequestsError: as `start`.
        """
        principal.require(Permission.QUERY_DOCUMENT)
        await self._check_documents(principal, question)
        thread_id, at_once = question.thread_id, self._runs_at_once
        await self.runs.check(principal, thread_id, may_wait=self._queues, at_once=at_once)
        if thread_id is not None and await self._broken_off(principal, thread_id):
            raise ConflictError(UNFINISHED)

    async def start(self, principal: Principal, question: Question) -> Run:
        """Accept a question to be answered in the background.

        Raises:
            TooManyRequestsError: the organization has too many runs under way.
            PermissionDeniedError, NotFoundError, ConflictError: as `ask`.
        """
        run = await self._open(principal, question, at_once=self._runs_at_once)
        if run.status is RunStatus.RUNNING:
            self.carrier.begin(run, is_new_thread=question.thread_id is None)
        return run

    async def stream(
        self, principal: Principal, question: Question
    ) -> AsyncIterator[RunEvent | Answer]:
        """The same as `ask`, telling tokens, tool steps and restarts; the answer is last."""
        run = await self.start(principal, question)
        async for told in self.follow(principal, run.id):
            item = _read(told)
            if item is not None:
                yield item

    async def follow(
        self, principal: Principal, run_id: UUID, after: int = 0
    ) -> AsyncIterator[StoredEvent]:
        """What a run told after a number, and what it tells until it ends or pauses.

        Whichever process carries it out, each event comes once.

        Raises:
            NotFoundError: no such run of the principal's.
        """
        with self._notifications.watch(run_id) as bell:
            while True:
                status, events = await self.runs.events(principal, run_id, after)
                for event in events:
                    yield event
                    after = event.number
                has_paused = status is RunStatus.AWAITING_APPROVAL
                if status not in UNDER_WAY and (events or not has_paused):
                    return
                await bell.wait()

    async def begun(self, principal: Principal, run: Run) -> None:
        """Wait until a run has told something.

        Raises: what it told, if that is an error.
        """
        async for told in self.follow(principal, run.id):
            if told.event == "error":
                raise raised(json.loads(told.data))
            return

    async def cancel(self, principal: Principal, run_id: UUID) -> None:
        """Raises: NotFoundError; ConflictError: it has ended, or waits for an approval."""
        following = await self.runs.cancel(principal, run_id)
        self._notifications.ring(run_id)
        if following is not None:
            self.carrier.begin(following)

    async def decide(self, principal: Principal, decisions: Mapping[UUID, Decision]) -> Run | None:
        """Approve or reject calls of one run; once nothing of it waits, it goes on.

        Returns: the run, if it goes on.

        Raises:
            PermissionDeniedError, NotFoundError: not theirs to decide, or no such approval.
            ConflictError: it was decided before, or has expired.
        """
        run = await self._approvals.decide(principal, decisions)
        if run is not None:
            self.carrier.begin(run)
        return run

    async def resume(
        self, principal: Principal, thread_id: UUID, approvals: Mapping[str, bool]
    ) -> Answer:
        """Decide on all that one's own thread waits for, or go on after an approved turn broke off.

        Args:
            principal: who answers; needs `approve:action`.
            thread_id: the paused thread.
            approvals: true or false by call id; a call left out is rejected.

        Raises:
            PermissionDeniedError, NotFoundError: not theirs to approve, or no such thread.
            ConflictError: nothing waits, or an answer names a call that doesn't.
        """
        principal.require(Permission.APPROVE_ACTION)
        for run in await self.runs.of_thread(principal, thread_id):
            if run.status is RunStatus.AWAITING_APPROVAL:
                return await self._decide_all(principal, run, approvals)
        broken = await self._broken_off(principal, thread_id)
        if broken is None:
            raise ConflictError("Nothing in this thread waits for an approval.")
        run = await self.runs.reopen(broken)
        return await self._ended(run, self.carrier.begin(run, stream=False))

    async def take_over(self, organization_id: UUID, run_id: UUID) -> None:
        """Carry out a run that nobody holds. How it ends is told in its events."""
        run = await self.runs.take(organization_id, run_id)
        if run is not None:
            with suppress(CopilotError, TakenOverError):
                await self.carrier.carry_out(run)

    async def _open(
        self, principal: Principal, question: Question, *, at_once: int | None = None
    ) -> Run:
        principal.require(Permission.QUERY_DOCUMENT)
        await self._check_documents(principal, question)
        asked = question.model_dump(mode="json", exclude={"thread_id"})
        # No model and no checkpoint sees the rest.
        asked["question"] = await asyncio.to_thread(masked, question.question)
        return await self.runs.open(
            principal, asked, question.thread_id, may_wait=self._queues, at_once=at_once
        )

    async def _broken_off(self, principal: Principal, thread_id: UUID) -> Run | None:
        """The run that broke off after an approval and that nobody carries on, if there is one."""
        run_id = await self.turns.broken_off(principal.organization_id, thread_id)
        if run_id is None:
            return None
        runs = {run.id: run for run in await self.runs.of_thread(principal, thread_id)}
        run = runs.get(run_id)
        return None if run is None or run.status in UNDER_WAY else run

    async def _decide_all(
        self, principal: Principal, run: Run, approvals: Mapping[str, bool]
    ) -> Answer:
        waiting = await self._approvals.pending(run)
        unknown = set(approvals) - {each.call_id for each in waiting}
        if unknown:
            raise ConflictError(f"No such call waits: {', '.join(sorted(unknown))}.")
        decisions = {each.id: Decision(approvals.get(each.call_id) is True) for each in waiting}
        reopened = await self._approvals.decide(principal, decisions)
        if reopened is None:
            raise ConflictError("Nothing in this thread waits for an approval.")
        return await self._ended(reopened, self.carrier.begin(reopened, stream=False))

    async def _ended(self, run: Run, begun: "asyncio.Task[Answer]") -> Answer:
        try:
            return await asyncio.shield(begun)  # who asked may go away, and the run goes on
        except TakenOverError:
            return await self._answer_of(run)

    async def _answer_of(self, run: Run) -> Answer:
        async for told in self.follow(run.principal, run.id):
            item = _read(told)
            if isinstance(item, Answer):
                return item
        raise ConflictError("The run was cancelled: ask again.")

    async def _check_documents(self, principal: Principal, question: Question) -> None:
        if question.document_ids is None:
            return
        about = (question.document_ids, question.as_of)
        current = await self._documents.current_versions(principal, *about)
        waiting = set(question.document_ids) - {version.document_id for version in current}
        if waiting:
            when = "yet" if question.as_of is None else f"at {question.as_of.isoformat()}"
            raise ConflictError(
                f"Not searchable {when}: {', '.join(sorted(map(str, waiting)))}. "
                "GET /documents tells since when it is, or why it failed."
            )


def _read(told: StoredEvent) -> RunEvent | Answer | None:
    """Raises: the error that the event tells of."""
    if told.event == "end":
        return Answer.model_validate_json(told.data)
    data: Any = json.loads(told.data)
    if told.event == "error":
        raise raised(data)
    if told.event in ("citations", "cancelled"):  # in the answer too; and nothing more comes
        return None
    return cast("RunEvent", {"type": told.event, **data})
