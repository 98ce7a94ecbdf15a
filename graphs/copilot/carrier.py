"""Carries runs out: holds the lease, tells the events, writes the end, goes on with the next."""

import asyncio
import logging
from contextlib import suppress

from graphs.copilot.answer import Answer
from graphs.copilot.events import EventLog
from graphs.copilot.streaming import Restart
from graphs.copilot.turns import Turns
from storage.approvals import Approval, ApprovalRepository, Proposal
from storage.database import OUT_OF_REACH
from storage.notifications import Notifications
from storage.run_events import StoredEvent
from storage.runs import (
    RENEWED_EVERY_SECONDS,
    Run,
    RunRepository,
    RunStatus,
    TakenOverError,
)

DRAIN_SECONDS = 10.0
"""What runs get to end when the process stops; after that others go on with them."""

ATTEMPTS = 8
"""After so many a run fails, whatever the database says."""

logger = logging.getLogger(__name__)


class Carrier:
    """Of one process. A run goes on whether or not who asked still listens."""

    def __init__(
        self,
        runs: RunRepository,
        approvals: ApprovalRepository,
        turns: Turns,
        notifications: Notifications,
    ) -> None:
        self._runs = runs
        self._approvals = approvals
        self._turns = turns
        self._notifications = notifications
        self._carried: set[asyncio.Task[Answer]] = set()

    def begin(
        self, run: Run, *, is_new_thread: bool = False, stream: bool = True
    ) -> "asyncio.Task[Answer]":
        """Carry out a run that this process holds, in the background.

        Returns: a task whose result is the answer; it raises what `Turns.carry_out` raises, and
            TakenOverError.
        """
        task = asyncio.create_task(self.carry_out(run, is_new_thread=is_new_thread, stream=stream))
        self._carried.add(task)
        task.add_done_callback(self._forget)
        return task

    async def carry_out(
        self, run: Run, *, is_new_thread: bool = False, stream: bool = True
    ) -> Answer:
        """The same, awaited."""
        work = asyncio.create_task(self._work(run, is_new_thread=is_new_thread, stream=stream))
        hold = asyncio.create_task(self._hold(run, work))
        try:
            return await work
        except asyncio.CancelledError:
            if hold.done() and not hold.cancelled():
                raise TakenOverError from hold.exception()
            raise
        finally:
            hold.cancel()
            work.cancel()
            with suppress(asyncio.CancelledError, TakenOverError):
                await hold

    async def aclose(self) -> None:
        """Let runs end for a while; those that don't are taken over by others."""
        if self._carried:
            await asyncio.wait(self._carried, timeout=DRAIN_SECONDS)
        for task in set(self._carried):
            task.cancel()
        await asyncio.gather(*self._carried, return_exceptions=True)

    async def _hold(self, run: Run, work: "asyncio.Task[Answer]") -> None:
        """Renew the lease until cancelled; stop the work once somebody else has it."""
        with self._notifications.watch(run.thread_id) as bell:
            while True:
                await bell.wait(RENEWED_EVERY_SECONDS)
                try:
                    await self._runs.renew(run)
                except TakenOverError:
                    work.cancel()
                    raise
                except Exception as error:  # noqa: BLE001  # the database may be back in time
                    logger.warning("a lease could not be renewed: %s", type(error).__name__)

    async def _work(self, run: Run, *, is_new_thread: bool, stream: bool) -> Answer:
        log = await self._log(run)
        try:
            answer = await self._to_the_end(run, log, is_new_thread=is_new_thread, stream=stream)
        except TakenOverError:
            raise
        except Exception as error:
            if isinstance(error, OUT_OF_REACH) and run.attempt < ATTEMPTS:
                raise  # once the lease is over, whoever has a database takes the run over
            await self._end(run, RunStatus.FAILED, await log.failing(error))
            raise
        return answer

    async def _to_the_end(
        self, run: Run, log: EventLog, *, is_new_thread: bool, stream: bool
    ) -> Answer:
        """Again after each pause that policy, or somebody, has decided on already."""
        while True:
            answer = await self._turn(run, log, is_new_thread=is_new_thread, stream=stream)
            events = await log.ending(answer)
            if answer.status != "awaiting_approval":
                await self._end(run, RunStatus.ANSWERED, events)
                return answer
            if await self._approvals.pause(run, _proposals(answer), events):
                self._notifications.ring(run.id)
                return answer
            log.take_back(events)
            is_new_thread = False

    async def _turn(self, run: Run, log: EventLog, *, is_new_thread: bool, stream: bool) -> Answer:
        decided = await self._decided(run, is_new_thread=is_new_thread)
        items = self._turns.carry_out(run, decided, is_new_thread=is_new_thread, stream=stream)
        answer = None
        async for item in items:
            if isinstance(item, Answer):
                answer = item
            else:
                log.add(item)
        if answer is None:
            raise RuntimeError("a turn ended without an answer")
        return answer

    async def _decided(self, run: Run, *, is_new_thread: bool) -> list[Approval]:
        if is_new_thread:
            return []
        return await self._approvals.of_run(run.organization_id, run.id)

    async def _log(self, run: Run) -> EventLog:
        told = await self._runs.last_number(run) if run.attempt > 1 else 0
        log = EventLog(self._runs, self._notifications, run, told)
        if told:  # what was told since the last tool step is void, whoever told it
            log.add(Restart(type="restart", failed="run", next="run", reason="the run goes on"))
        return log

    async def _end(self, run: Run, status: RunStatus, events: list[StoredEvent]) -> None:
        following = await self._runs.end(run, status, events)
        self._notifications.ring(run.id)
        if following is not None:
            self.begin(following)

    def _forget(self, task: "asyncio.Task[Answer]") -> None:
        self._carried.discard(task)
        if not task.cancelled():
            task.exception()  # it was told as an event, and to who awaits the task


def _proposals(answer: Answer) -> list[Proposal]:
    return [
        Proposal(
            step=each.step,
            call_id=each.call_id,
            tool=each.tool,
            arguments=each.arguments,
            payload=each.payload,
            tainted=each.tainted,
        )
        for each in answer.approvals
    ]
