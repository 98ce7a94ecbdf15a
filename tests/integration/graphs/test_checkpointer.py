"""Checkpoints of one organization, and of the allowed types only."""

import warnings
from dataclasses import dataclass
from uuid import uuid4

import pytest
from langchain_core.messages import HumanMessage
from langgraph.checkpoint.base import empty_checkpoint
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from sqlalchemy import text

from core.errors import ConflictError
from graphs.checkpointer import OrganizationCheckpointer
from knowledge.passages import Passage
from storage.threads import ThreadRepository

METADATA = {"source": "loop", "step": 0, "parents": {}}


@dataclass
class Gadget:
    name: str


@pytest.fixture
def saver(database) -> OrganizationCheckpointer:
    return OrganizationCheckpointer(database)


@pytest.fixture
async def thread(database, principal) -> str:
    return str(await ThreadRepository(database).create(principal))


def config(principal, thread_id):
    configurable = {"thread_id": thread_id, "checkpoint_ns": ""}
    return {"configurable": configurable | {"organization_id": str(principal.organization_id)}}


def checkpoint(value):
    made = empty_checkpoint()
    return made | {"channel_values": {"c": value}, "channel_versions": {"c": "1"}}


async def test_what_was_put_is_found(saver, principal, thread):
    where = config(principal, thread)
    stored = await saver.aput(where, checkpoint([HumanMessage("hi")]), METADATA, {"c": "1"})
    assert stored["configurable"]["organization_id"] == str(principal.organization_id)
    await saver.aput_writes(stored, [("c", "pending")], "task")
    found = await saver.aget_tuple(where)
    assert found.checkpoint["channel_values"]["c"] == [HumanMessage("hi")]
    assert found.pending_writes == [("task", "c", "pending")]
    assert [each.checkpoint["id"] async for each in saver.alist(where)] == [found.checkpoint["id"]]


async def test_another_organization_reads_nothing(saver, principal, stranger, thread):
    where = config(principal, thread)
    await saver.aput(where, checkpoint("mine"), METADATA, {"c": "1"})
    other = config(stranger, thread)
    assert await saver.aget_tuple(other) is None
    assert [each async for each in saver.alist(other)] == []


async def test_without_an_organization_nothing_works(saver, principal, thread):
    where = config(principal, thread)
    del where["configurable"]["organization_id"]
    with pytest.raises(KeyError, match="organization_id"):
        await saver.aget_tuple(where)
    with pytest.raises(KeyError, match="organization_id"):
        await saver.aput(where, checkpoint("x"), METADATA, {"c": "1"})
    with pytest.raises(KeyError, match="organization_id"):
        await saver.aput_writes(where, [("c", "x")], "task")
    with pytest.raises(KeyError):
        await anext(saver.alist(None))


async def test_nothing_is_kept_of_a_thread_that_is_gone_or_another_s(
    database, saver, principal, stranger, thread
):
    where = config(principal, thread)
    stored = await saver.aput(where, checkpoint("x"), METADATA, {"c": "1"})
    with pytest.raises(ConflictError, match="deleted meanwhile"):
        await saver.aput(config(stranger, thread), checkpoint("x"), METADATA, {"c": "1"})
    async with database.transaction(principal) as connection:
        await connection.execute(text("delete from threads where id = :id"), {"id": thread})
    assert await saver.aget_tuple(where) is None
    with pytest.raises(ConflictError, match="deleted meanwhile"):
        await saver.aput_writes(stored, [("c", "x")], "task")


async def test_an_organization_that_is_no_id_is_refused(saver, principal, thread):
    where = config(principal, thread)
    where["configurable"]["organization_id"] = "x' or true --"
    with pytest.raises(ValueError, match="UUID"):
        await saver.aget_tuple(where)


async def test_a_passage_comes_back_and_no_other_type_of_ours(saver, principal, thread):
    passage = Passage(
        chunk_id=uuid4(),
        document_id=uuid4(),
        document_version_id=uuid4(),
        document="a.pdf",
        version=1,
        page=1,
        start=0,
        end=1,
        match_start=0,
        match_end=1,
        text="x",
        score=0.1,
    )
    kind, data = JsonPlusSerializer().dumps_typed([passage, Gadget("x")])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        back, forged = saver.serde.loads_typed((kind, data))
    assert back == passage
    assert not isinstance(forged, Gadget)
