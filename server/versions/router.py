"""Versions of a document over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path

from server.dependencies import RuntimeDep
from server.documents.schemas import DocumentOut
from server.identity.dependencies import Uploader
from server.versions.service import restored

MAX_NUMBER = 2**31 - 1

router = APIRouter(tags=["documents"])


@router.post("/documents/{document_id}/versions/{number}/restore")
async def restore_version(
    runtime: RuntimeDep,
    principal: Uploader,
    document_id: UUID,
    number: Annotated[int, Path(ge=1, le=MAX_NUMBER)],
) -> DocumentOut:
    """Answer from a superseded version again, at once.

    Receivers of webhooks are told as of an upload. Newer bytes that are still being indexed take
    its place once they are.
    """
    return await restored(runtime, principal, document_id, number)
