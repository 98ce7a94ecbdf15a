"""Versions of a document over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from knowledge.version_diff import VersionDiff
from server.dependencies import RuntimeDep
from server.documents.schemas import DocumentOut
from server.identity.dependencies import Reader, Uploader
from server.versions.schemas import Compared, Number
from server.versions.service import compared, restored

router = APIRouter(tags=["documents"])


@router.post("/documents/{document_id}/versions/{number}/restore")
async def restore_version(
    runtime: RuntimeDep,
    principal: Uploader,
    document_id: UUID,
    number: Number,
) -> DocumentOut:
    """Answer from a superseded version again, at once.

    Receivers of webhooks are told as of an upload. Newer bytes that are still being indexed take
    its place once they are.
    """
    return await restored(runtime, principal, document_id, number)


@router.get("/documents/{document_id}/diff")
async def compare_versions(
    runtime: RuntimeDep,
    principal: Reader,
    document_id: UUID,
    wanted: Annotated[Compared, Query()],
) -> VersionDiff:
    """What changed from one version to another, page by page.

    An inserted page doesn't make the later ones changed. Personal data is masked, as in answers.
    """
    return await compared(runtime, principal, document_id, wanted)
