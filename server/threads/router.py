"""Conversations over HTTP: your own, and nobody else's."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from graphs.copilot.threads import Point, Said
from server.dependencies import RuntimeDep
from server.identity.dependencies import Reader
from server.threads.schemas import Fork, NewThread, Renaming
from storage.threads import Thread

router = APIRouter(prefix="/threads", tags=["threads"])


@router.post("", status_code=201)
async def create_thread(
    runtime: RuntimeDep, principal: Reader, response: Response, new: NewThread
) -> Thread:
    """Begin a conversation over some documents, or over all."""
    if new.document_ids is not None:
        await runtime.documents.current_versions(principal, new.document_ids)
    thread_id = await runtime.threads.rows.create(principal, new.name, new.document_ids)
    response.headers["location"] = f"/threads/{thread_id}"
    return await runtime.threads.rows.get(principal, thread_id)


@router.get("")
async def list_threads(
    runtime: RuntimeDep,
    principal: Reader,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    before: Annotated[
        datetime | None, Query(description="Only those last used before; for the next page.")
    ] = None,
) -> list[Thread]:
    """Your conversations, those used last first."""
    return await runtime.threads.rows.page(principal, limit, before)


@router.get("/{thread_id}")
async def show_thread(runtime: RuntimeDep, principal: Reader, thread_id: UUID) -> Thread:
    """One conversation."""
    return await runtime.threads.rows.get(principal, thread_id)


@router.patch("/{thread_id}")
async def rename_thread(
    runtime: RuntimeDep, principal: Reader, thread_id: UUID, renaming: Renaming
) -> Thread:
    """Call a conversation something else."""
    return await runtime.threads.rows.rename(principal, thread_id, renaming.name)


@router.delete("/{thread_id}", status_code=204)
async def delete_thread(runtime: RuntimeDep, principal: Reader, thread_id: UUID) -> None:
    """Delete a conversation with its runs and what waits for an approval in it."""
    await runtime.threads.rows.delete(principal, thread_id)


@router.get("/{thread_id}/messages")
async def list_messages(runtime: RuntimeDep, principal: Reader, thread_id: UUID) -> list[Said]:
    """Its questions and answers in order, with what each answer cites."""
    return await runtime.threads.said(principal, thread_id)


@router.get("/{thread_id}/checkpoints")
async def list_checkpoints(runtime: RuntimeDep, principal: Reader, thread_id: UUID) -> list[Point]:
    """Where it can be forked, newest first."""
    return await runtime.threads.points(principal, thread_id)


@router.post("/{thread_id}/fork", status_code=201)
async def fork_thread(
    runtime: RuntimeDep, principal: Reader, response: Response, thread_id: UUID, fork: Fork
) -> Thread:
    """Begin another conversation that has said what this one had at a checkpoint."""
    forked = await runtime.threads.fork(principal, thread_id, fork.checkpoint_id)
    response.headers["location"] = f"/threads/{forked.id}"
    return forked
