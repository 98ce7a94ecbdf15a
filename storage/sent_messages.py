"""Messages that the agent sends, by the call that asked for them."""

from collections.abc import Sequence
from uuid import NAMESPACE_OID, UUID, uuid5

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection


def message_id(thread_id: object, step: str, call_id: str) -> str:
    """The same whenever a call of a thread is carried out, so that a receiver drops repetitions."""
    return f"msg_{uuid5(NAMESPACE_OID, f'{thread_id}/{step}/{call_id}')}"


async def forget_messages(connection: AsyncConnection, thread_ids: Sequence[UUID]) -> None:
    """Take what was sent on behalf of threads out of the log; what still waits isn't sent."""
    calls = await connection.execute(text(_CALLS), {"threads": list(thread_ids)})
    ids = [message_id(*call) for call in calls]
    await connection.execute(text(_DELETE), {"ids": ids})


_CALLS = "select thread_id, step, call_id from approvals where thread_id = any(:threads)"
_DELETE = "delete from webhook_deliveries where message_id = any(:ids)"
