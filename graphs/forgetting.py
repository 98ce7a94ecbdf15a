"""Takes out of everybody's threads what they quote of documents that are erased."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any
from uuid import UUID

from langchain_core.messages import AIMessage, AnyMessage
from langgraph.checkpoint.serde.base import SerializerProtocol
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.passages import Passage
from storage.sent_messages import forget_messages
from tools_registry.evidence import shown_numbers

ERASED = "[erased]"
ANSWER = "This answer was erased together with a document that it quoted."


class Forgetting:
    """Rewrites checkpoints, within the transaction in which the documents go."""

    def __init__(self, serde: SerializerProtocol) -> None:
        self._serde = serde

    async def __call__(self, connection: AsyncConnection, document_ids: Sequence[UUID]) -> int:
        """Forget what these documents say. A thread that waits for an approval goes as a whole.

        Returns: in how many threads they were quoted.
        """
        wanted = {"ids": [document_id.hex for document_id in document_ids]}
        threads = (await connection.execute(text(_QUOTING), wanted)).scalars().all()
        await forget_messages(connection, threads)
        for thread_id in threads:
            thread = {"thread_id": thread_id}
            if (await connection.execute(text(_WAITS), thread)).first():
                await connection.execute(text("delete from threads where id = :thread_id"), thread)
                continue
            await self._rewrite(connection, thread_id, set(document_ids))
            for statement in (_DELETE_WRITES, _DELETE_EVENTS, _ERASE_PAYLOADS):
                await connection.execute(text(statement), thread)
        return len(threads)

    async def _rewrite(
        self, connection: AsyncConnection, thread_id: UUID, document_ids: set[UUID]
    ) -> None:
        thread = {"thread_id": thread_id}
        await connection.execute(text(_DELETE_SUMMARIES), thread)
        rows = (await connection.execute(text(_BLOBS), thread)).mappings().all()
        values = [self._serde.loads_typed((row["type"], row["blob"])) for row in rows]
        numbers = _numbers(values, document_ids)
        for row, value in zip(rows, values, strict=True):
            kind, blob = self._serde.dumps_typed(_without(value, document_ids, numbers))
            await connection.execute(text(_REPLACE), {**row, "type": kind, "blob": blob})


def _numbers(values: Sequence[list[Any]], document_ids: Collection[UUID]) -> set[int]:
    """The citation numbers of the documents' passages: their places in the longest list of them."""
    lists = [value for value in values if value and isinstance(value[0], Passage)]
    passages = max(lists, key=len, default=[])
    return {
        number for number, each in enumerate(passages, start=1) if each.document_id in document_ids
    }


def _without(value: list[Any], document_ids: Collection[UUID], numbers: set[int]) -> list[Any]:
    if value and isinstance(value[0], Passage):
        return [_emptied(each) if each.document_id in document_ids else each for each in value]
    return without_quotes(value, numbers)


def _emptied(passage: Passage) -> Passage:
    gone = {"text": ERASED, "document": ERASED, "section": "", "table": None}
    return passage.model_copy(update=gone)


def _turns(messages: Sequence[AnyMessage]) -> Iterator[list[AnyMessage]]:
    """Each begins with what a person said."""
    turn: list[AnyMessage] = []
    for message in messages:
        if message.type == "human" and turn:
            yield turn
            turn = []
        turn.append(message)
    if turn:
        yield turn


def without_quotes(messages: Sequence[AnyMessage], numbers: Collection[int]) -> list[AnyMessage]:
    """A thread's messages without what quotes passages, and without what may repeat it later.

    Args:
        messages: of a thread, in order.
        numbers: the passages' citation numbers.
    """
    left: list[AnyMessage] = []
    is_told = False
    for turn in _turns(messages):
        is_told = is_told or not _shown(turn).isdisjoint(numbers)
        left += _without_answer(turn) if is_told else turn
    return left


def _shown(turn: Sequence[AnyMessage]) -> set[int]:
    results = (str(message.content) for message in turn if message.type == "tool")
    return {number for content in results for number in shown_numbers(content)}


def _without_answer(turn: Sequence[AnyMessage]) -> list[AnyMessage]:
    said: list[AnyMessage] = [message for message in turn if message.type == "human"]
    return said if len(said) == len(turn) else [*said, AIMessage(ANSWER, id=turn[-1].id)]


# A passage names its document by the hexadecimal digits of its id, wherever it is stored.
_QUOTING = """
select thread from checkpoint_blobs, unnest(cast(:ids as text[])) as id
where channel = 'passages' and position(convert_to(id, 'UTF8') in blob) > 0
union
select thread from checkpoint_writes, unnest(cast(:ids as text[])) as id
where channel = 'passages' and position(convert_to(id, 'UTF8') in blob) > 0
"""
_WAITS = """
select 1 from checkpoint_writes where thread = :thread_id and channel = '__interrupt__'
    and checkpoint_id = (select max(checkpoint_id) from checkpoints where thread = :thread_id)
"""
_BLOBS = """
select thread_id, checkpoint_ns, channel, version, type, blob from checkpoint_blobs
where thread = :thread_id and channel in ('passages', 'messages') and blob is not null
"""
_REPLACE = """
update checkpoint_blobs set type = :type, blob = :blob
where thread_id = :thread_id and checkpoint_ns = :checkpoint_ns and channel = :channel
    and version = :version
"""
# They are told anew, of what is left.
_DELETE_SUMMARIES = """
delete from checkpoint_blobs where thread = :thread_id and channel = 'summary'
"""
_DELETE_WRITES = "delete from checkpoint_writes where thread = :thread_id"
_DELETE_EVENTS = """
delete from run_events where run_id in (select id from runs where thread_id = :thread_id)
"""
_ERASE_PAYLOADS = f"""
update approvals set arguments = '{{}}', payload = '{ERASED}', reason = ''
where thread_id = :thread_id
"""  # noqa: S608  # our own words
