"""Bounds how many PDFs a process inspects at once, fairly between organizations."""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from knowledge.errors import BusyError

PATIENCE_SECONDS = 120.0
"""That an upload waits for its inspection before it is refused."""
RETRY_SECONDS = 10


class InspectionGate:
    """Lets in whose organization has the fewest inspections going on.

    One organization never takes the last slot, so that another's upload begins at once.
    """

    def __init__(self, slots: int, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self._free = slots
        self._share = max(1, slots - 1)
        self._patience_seconds = patience_seconds
        self._inside: Counter[UUID] = Counter()
        # In the order in which organizations were last let in.
        self._waiting: dict[UUID, deque[asyncio.Future[None]]] = {}

    @asynccontextmanager
    async def entered(self, organization_id: UUID) -> AsyncIterator[None]:
        """Hold a slot.

        Raises:
            BusyError: none became free in time.
        """
        await self._wait_for_slot(organization_id)
        try:
            yield
        finally:
            self._give_back(organization_id)

    async def _wait_for_slot(self, organization_id: UUID) -> None:
        admitted = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(organization_id, deque()).append(admitted)
        self._admit()
        try:
            async with asyncio.timeout(self._patience_seconds):
                await admitted
        except BaseException as error:
            self._leave(organization_id, admitted)
            if isinstance(error, TimeoutError):
                raise BusyError(
                    "Too many PDFs are waiting to be checked. Upload it again in a moment.",
                    retry_after_seconds=RETRY_SECONDS,
                ) from error
            raise

    def _leave(self, organization_id: UUID, admitted: "asyncio.Future[None]") -> None:
        if admitted.done() and not admitted.cancelled():  # at the very moment in which it gave up
            self._give_back(organization_id)
            return
        queue = self._waiting.get(organization_id, deque())
        if admitted in queue:
            queue.remove(admitted)
        if not queue:
            self._waiting.pop(organization_id, None)

    def _give_back(self, organization_id: UUID) -> None:
        self._free += 1
        self._inside[organization_id] -= 1
        if not self._inside[organization_id]:
            del self._inside[organization_id]
        self._admit()

    def _admit(self) -> None:
        while self._free and (organization_id := self._next()):
            queue = self._waiting.pop(organization_id)
            admitted = queue.popleft()
            if queue:
                self._waiting[organization_id] = queue  # behind the others
            if admitted.done():  # cancelled, and about to leave
                continue
            self._free -= 1
            self._inside[organization_id] += 1
            admitted.set_result(None)

    def _next(self) -> UUID | None:
        able = [each for each in self._waiting if self._inside[each] < self._share]
        return min(able, key=lambda each: self._inside[each], default=None)
