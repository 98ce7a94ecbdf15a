"""Conversations: what was said in one, and another that goes on from a point of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from langchain_core.messages import AIMessage, AnyMessage, messages_to_dict
from langgraph.types import StateSnapshot

from core.errors import NotFoundError
from core.principal import Principal
from graphs.copilot.answer import Citation, cite
from graphs.copilot.state import CopilotState
from graphs.copilot.turns import Turns
from storage.threads import Thread, ThreadRepository

NEWEST_CHECKPOINTS = 200


@dataclass(frozen=True)
class Said:
    """A question or an answer."""

    id: str
    """Of a question: its run's."""
    role: str
    """`user` or `assistant`."""
    text: str
    model: str
    """Who wrote an answer; empty for a question."""
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class Point:
    """A checkpoint, from which a conversation can go another way."""

    checkpoint_id: str
    at: datetime
    last_question: str
    questions: int
    """How many there were until then."""


class Threads:
    """Of a principal's own; NotFoundError of any other, whether it exists or not."""

    def __init__(self, turns: Turns, rows: ThreadRepository) -> None:
        self._turns = turns
        self.rows = rows

    async def said(self, principal: Principal, thread_id: UUID) -> list[Said]:
        """Questions and answers in order, without the steps between."""
        snapshot = await self._snapshot(principal, thread_id)
        passages = snapshot.values.get("passages", [])
        return [
            Said(
                message.id or "",
                "user" if message.type == "human" else "assistant",
                message.text,
                str(message.response_metadata.get("model", "")),
                cite(message.text, passages) if isinstance(message, AIMessage) else (),
            )
            for message in _messages(snapshot)
            if message.type == "human" or _is_answer(message)
        ]

    async def messages(self, principal: Principal, thread_id: UUID) -> list[dict[str, Any]]:
        """All of it, in LangChain's form of messages."""
        return messages_to_dict(_messages(await self._snapshot(principal, thread_id)))

    async def points(self, principal: Principal, thread_id: UUID) -> list[Point]:
        """Where it can be forked, newest first."""
        await self.rows.require(principal, thread_id)
        config = self._turns.config(principal.organization_id, thread_id)
        history = self._turns.graph.aget_state_history(config, limit=NEWEST_CHECKPOINTS)
        return [_point(snapshot) async for snapshot in history if _finished(_messages(snapshot))]

    async def fork(self, principal: Principal, thread_id: UUID, checkpoint_id: str) -> Thread:
        """A new thread that has said what this one had at a checkpoint; nothing waits in it.

        Raises:
            NotFoundError: no such thread or checkpoint.
        """
        origin = await self.rows.get(principal, thread_id)
        config = self._turns.config(principal.organization_id, thread_id)
        config["configurable"]["checkpoint_id"] = checkpoint_id
        snapshot = await self._turns.graph.aget_state(config)
        if not snapshot.values:
            raise NotFoundError(
                f"No such checkpoint: {checkpoint_id}. GET /threads/{thread_id}/checkpoints lists "
                "them."
            )
        new_id = await self.rows.create(principal, origin.name, origin.document_ids)
        state: CopilotState = {
            "messages": _finished(_messages(snapshot)),
            "passages": snapshot.values.get("passages", []),
            "approvals": {},
            "proposals": [],
        }
        into = self._turns.config(principal.organization_id, new_id)
        # As if the answer had just come: a thread with nothing left to do.
        await self._turns.graph.aupdate_state(into, state, as_node="call_model")
        return await self.rows.get(principal, new_id)

    async def _snapshot(self, principal: Principal, thread_id: UUID) -> StateSnapshot:
        await self.rows.require(principal, thread_id)
        config = self._turns.config(principal.organization_id, thread_id)
        return await self._turns.graph.aget_state(config)


def _messages(snapshot: StateSnapshot) -> list[AnyMessage]:
    return cast("list[AnyMessage]", snapshot.values.get("messages", []))


def _is_answer(message: AnyMessage) -> bool:
    return isinstance(message, AIMessage) and not message.tool_calls


def _finished(messages: Sequence[AnyMessage]) -> list[AnyMessage]:
    """Up to the last answer: a question without one, or a call without a result, ends any model."""
    for at in range(len(messages), 0, -1):
        if _is_answer(messages[at - 1]):
            return list(messages[:at])
    return []


def _point(snapshot: StateSnapshot) -> Point:
    asked = [message.text for message in _messages(snapshot) if message.type == "human"]
    configurable = snapshot.config["configurable"]
    at = datetime.fromisoformat(snapshot.created_at or "1970-01-01T00:00:00+00:00")
    return Point(str(configurable["checkpoint_id"]), at, asked[-1] if asked else "", len(asked))
