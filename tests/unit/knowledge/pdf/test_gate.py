"""Inspections are bounded in number, and one organization's don't hold up another's."""

import asyncio
from uuid import uuid4

import pytest

from knowledge.errors import BusyError
from knowledge.pdf.gate import InspectionGate

A, B, C = uuid4(), uuid4(), uuid4()


class Inspections:
    """Started through a gate, each ends when it is told to."""

    def __init__(self, gate):
        self.gate = gate
        self.begun = []
        self.ends = {}
        self.tasks = {}

    async def start(self, name, organization_id):
        self.ends[name] = asyncio.Event()
        self.tasks[name] = asyncio.create_task(self._run(name, organization_id))
        await settled()

    async def _run(self, name, organization_id):
        async with self.gate.entered(organization_id):
            self.begun.append(name)
            await self.ends[name].wait()

    async def end(self, *names):
        for name in names:
            self.ends[name].set()
            await self.tasks[name]
            await settled()


async def settled():
    for _ in range(5):
        await asyncio.sleep(0)


async def test_one_organization_leaves_a_slot_to_others():
    inspections = Inspections(InspectionGate(3))
    for name in ("a1", "a2", "a3"):
        await inspections.start(name, A)
    assert inspections.begun == ["a1", "a2"]
    await inspections.start("b1", B)
    assert inspections.begun == ["a1", "a2", "b1"]
    await inspections.end("a1")
    assert inspections.begun[3:] == ["a3"]
    await inspections.end("a2", "a3", "b1")


async def test_a_single_slot_is_shared_in_turns():
    inspections = Inspections(InspectionGate(1))
    for name in ("a1", "a2", "a3"):
        await inspections.start(name, A)
    await inspections.start("b1", B)
    await inspections.start("b2", B)
    await inspections.start("c1", C)
    await inspections.end("a1", "a2", "b1", "c1", "a3", "b2")
    assert inspections.begun == ["a1", "a2", "b1", "c1", "a3", "b2"]


async def test_who_waits_too_long_is_refused_and_the_slot_stays_usable():
    gate = InspectionGate(1, patience_seconds=0.01)
    inspections = Inspections(gate)
    await inspections.start("a1", A)
    with pytest.raises(BusyError) as refused:
        async with gate.entered(B):
            raise AssertionError
    assert refused.value.retry_after_seconds
    await inspections.end("a1")
    async with gate.entered(B):
        pass


async def test_cancelled_waiter_gives_its_place_to_the_next():
    inspections = Inspections(InspectionGate(1))
    await inspections.start("a1", A)
    await inspections.start("a2", A)
    await inspections.start("b1", B)
    # In the same moment in which its turn comes.
    inspections.ends["a1"].set()
    while not inspections.tasks["a1"].done():  # noqa: ASYNC110  # the very step in which it ends
        await asyncio.sleep(0)
    inspections.tasks["a2"].cancel()
    await settled()
    assert inspections.begun == ["a1", "b1"]
    await inspections.end("b1")
    await inspections.start("c1", C)
    assert inspections.begun == ["a1", "b1", "c1"]
    await inspections.end("c1")


async def test_failed_inspection_gives_its_slot_back():
    gate = InspectionGate(1)
    for _ in range(2):
        with pytest.raises(OSError, match="broken"):
            async with gate.entered(A):
                raise OSError("broken")
