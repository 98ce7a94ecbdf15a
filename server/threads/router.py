"""Conversations over HTTP: your own, and nobody else's."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from server.dependencies import RuntimeDep
from server.identity.dependencies import Reader
from server.threads.schemas import Fork, NewThread, PointOut, Renaming, SaidOut, ThreadOut

router = APIRouter(prefix="/threads", tags=["threads"])


@router.post("", status_code=201)
async def create_thread(
    runtime: RuntimeDep, principal: Reader, response: Response, new: NewThread
) -> ThreadOut:
    """Begin a conversation over some documents, or over all."""
    if new.document_ids is not None:
        await runtime.documents.current_versions(principal, new.document_ids)
    thread_id = await runtime.threads.rows.create(principal, new.name, new.document_ids)
    response.headers["location"] = f"/threads/{thread_id}"
    return ThreadOut.model_validate(await runtime.threads.rows.get(principal, thread_id))


@router.get("")
async def list_threads(
    runtime: RuntimeDep,
    principal: Reader,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    before: Annotated[
        datetime | None, Query(description="Only those last used before; for the next page.")
    ] = None,
) -> list[ThreadOut]:
    """Your conversations, those used last first."""
    page = await runtime.threads.rows.page(principal, limit, before)
    return [ThreadOut.model_validate(each) for each in page]


@router.get("/{thread_id}")
async def show_thread(runtime: RuntimeDep, principal: Reader, thread_id: UUID) -> ThreadOut:
    """One conversation."""
    return ThreadOut.model_validate(await runtime.threads.rows.get(principal, thread_id))


@router.patch("/{thread_id}")
async def rename_thread(
    runtime: RuntimeDep, principal: Reader, thread_id: UUID, renaming: Renaming
) -> ThreadOut:
    """Call a conversation something else."""
    renamed = await runtime.threads.rows.rename(principal, thread_id, renaming.name)
    return ThreadOut.model_validate(renamed)


@router.delete("/{thread_id}", status_code=204)
async def delete_thread(runtime: RuntimeDep, principal: Reader, thread_id: UUID) -> None:
    """Delete a conversation with its runs and what waits for an approval in it."""
    await runtime.threads.rows.delete(principal, thread_id)


@router.get("/{thread_id}/messages")
async def list_messages(runtime: RuntimeDep, principal: Reader, thread_id: UUID) -> list[SaidOut]:
    """Its questions and answers in order, with what each answer cites."""
    said = await runtime.threads.said(principal, thread_id)
    return [SaidOut.model_validate(each) for each in said]


@router.get("/{thread_id}/checkpoints")
async def list_checkpoints(
    runtime: RuntimeDep, principal: Reader, thread_id: UUID
) -> list[PointOut]:
    """Where it can be forked, newest first."""
    points = await runtime.threads.points(principal, thread_id)
    return [PointOut.model_validate(each) for each in points]


@router.post("/{thread_id}/fork", status_code=201)
async def fork_thread(
    runtime: RuntimeDep, principal: Reader, response: Response, thread_id: UUID, fork: Fork
) -> ThreadOut:
    """Begin another conversation that has said what this one had at a checkpoint."""
    forked = await runtime.threads.fork(principal, thread_id, fork.checkpoint_id)
    response.headers["location"] = f"/threads/{forked.id}"
    return ThreadOut.model_validate(forked)
