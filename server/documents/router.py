"""Documents over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Query, Response, UploadFile

from core.errors import NotFoundError
from server.dependencies import RuntimeDep
from server.documents.schemas import DocumentOut, UploadOut, group
from server.documents.service import accept_upload, wait_until_indexed
from server.identity.dependencies import Reader, Uploader

router = APIRouter(tags=["documents"])


@router.post("/upload-pdf", status_code=202, responses={200: {"description": "Known bytes"}})
async def upload_pdf(
    runtime: RuntimeDep,
    principal: Uploader,
    response: Response,
    file: Annotated[UploadFile, File(description="A PDF with text.")],
    wait: Annotated[
        float, Query(ge=0, le=300, description="Seconds to wait for the indexing to end.")
    ] = 0,
) -> UploadOut:
    """Take a PDF in.

    After 202 it can't be lost, and it is searchable once its status is `current`. New bytes under a
    known name make a new version; the same bytes change nothing and are answered with 200.
    """
    version, is_new = await accept_upload(runtime, principal, file)
    version = await wait_until_indexed(runtime, principal, version, wait)
    response.headers["location"] = f"/documents/{version.document_id}"
    if not is_new:
        response.status_code = 200
    return UploadOut.of(version)


@router.get("/documents")
async def list_documents(runtime: RuntimeDep, principal: Reader) -> list[DocumentOut]:
    """Your organization's documents by name, each with its versions."""
    return group(await runtime.documents.versions(principal.organization_id))


@router.get("/documents/{document_id}")
async def show_document(runtime: RuntimeDep, principal: Reader, document_id: UUID) -> DocumentOut:
    """One document with its versions."""
    found = group(await runtime.documents.versions(principal.organization_id, document_id))
    if not found:
        raise NotFoundError(f"No such document: {document_id}. GET /documents lists yours.")
    return found[0]
