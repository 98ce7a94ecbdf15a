"""A run's events on their way into the database, a few at a time."""

import asyncio
import json
import logging
from contextlib import suppress
from typing import Any

from pydantic import TypeAdapter

from core.errors import CopilotError
from graphs.copilot.answer import Answer, Citation
from graphs.copilot.streaming import RunEvent
from storage.notifications import Notifications
from storage.run_events import StoredEvent
from storage.runs import Run, RunRepository

FLUSH_SECONDS = 0.05
"""Between two writes while a model speaks: nobody reads faster."""
ENDING = 2
"""Citations, and the answer."""
_CITATIONS = TypeAdapter(tuple[Citation, ...])

logger = logging.getLogger(__name__)


class EventLog:
    """Numbers what a run tells, and writes it down in the background."""

    def __init__(
        self, runs: RunRepository, notifications: Notifications, run: Run, told: int
    ) -> None:
        """Args: told: how many events the run has told before."""
        self._runs = runs
        self._notifications = notifications
        self._run = run
        self._number = told
        self._waiting: list[StoredEvent] = []
        self._writing: asyncio.Task[None] | None = None
        self._hurried = asyncio.Event()

    def add(self, event: RunEvent) -> None:
        """Raises: TakenOverError: what was told before could not be written."""
        told = {key: value for key, value in event.items() if key != "type"}
        self._waiting.append(self._numbered(event["type"], json.dumps(told)))
        if self._writing is None or self._writing.done():
            if self._writing is not None:
                self._writing.result()
            self._writing = asyncio.create_task(self._write())
            self._writing.add_done_callback(_heard)

    async def rest(self) -> list[StoredEvent]:
        """What isn't written yet, for the transaction that ends the run."""
        if self._writing is not None:
            self._hurried.set()
            await self._writing
            self._hurried.clear()
        rest, self._waiting = self._waiting, []
        return rest

    async def ending(self, answer: Answer) -> list[StoredEvent]:
        """The same with the answer."""
        citations = _CITATIONS.dump_json(answer.citations).decode()
        return [
            *await self.rest(),
            self._numbered("citations", citations),
            self._numbered("end", answer.model_dump_json()),
        ]

    def take_back(self, ending: list[StoredEvent]) -> None:
        """Of an end that was none."""
        told = len(ending) - ENDING
        self._number -= ENDING
        self._waiting = [*ending[:told], *self._waiting]

    async def failing(self, error: Exception) -> list[StoredEvent]:
        """The same with what went wrong."""
        return [*await self.rest(), self._numbered("error", json.dumps(failure(error)))]

    async def _write(self) -> None:
        while self._waiting:
            events, self._waiting = self._waiting, []
            await self._runs.append(self._run, events)
            self._notifications.ring(self._run.id)
            with suppress(TimeoutError):
                async with asyncio.timeout(FLUSH_SECONDS):
                    await self._hurried.wait()

    def _numbered(self, event: str, data: str) -> StoredEvent:
        self._number += 1
        return StoredEvent(self._number, event, data)


def _heard(writing: "asyncio.Task[None]") -> None:
    """Whoever adds next raises what went wrong; if nobody does, the run has failed already."""
    if not writing.cancelled():
        writing.exception()


def failure(error: Exception) -> dict[str, Any]:
    """An error as an event has it; of one that nobody foresaw, nothing but that it is one."""
    if not isinstance(error, CopilotError):
        logger.error("a run failed", exc_info=error)
        return {"type": "internal", "detail": "", "extensions": {}}
    return {
        "type": error.type,
        "detail": error.detail,
        "extensions": error.extensions,
        "retry_after_seconds": error.retry_after_seconds,
    }


def raised(told: dict[str, Any]) -> Exception:
    """The error that an event tells of."""
    kinds = {kind.type: kind for kind in _all_kinds(CopilotError)}
    kind = kinds.get(told["type"])
    if kind is None:
        return RuntimeError("the run failed; its own log says why")
    return kind(
        told["detail"], retry_after_seconds=told["retry_after_seconds"], **told["extensions"]
    )


def _all_kinds(kind: type[CopilotError]) -> list[type[CopilotError]]:
    return [kind, *(each for below in kind.__subclasses__() for each in _all_kinds(below))]
