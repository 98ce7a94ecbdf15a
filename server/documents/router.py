"""Documents over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from server.dependencies import RuntimeDep
from server.documents.form import FORM, Uploaded
from server.documents.schemas import (
    DocumentOut,
    PersonalDataOut,
    Sharing,
    UploadOptions,
    UploadOut,
    UploadsOut,
)
from server.documents.service import listed, one, take_upload, wait_until_indexed
from server.identity.dependencies import Deleter, PersonalDataReader, Reader, Uploader
from server.limits.dependencies import PdfUploader

router = APIRouter(tags=["documents"])


@router.post(
    "/upload-pdf",
    status_code=202,
    responses={200: {"description": "Known bytes"}},
    openapi_extra=FORM,
)
async def upload_pdf(
    runtime: RuntimeDep,
    principal: PdfUploader,
    response: Response,
    form: Uploaded,
    options: Annotated[UploadOptions, Query()],
) -> UploadOut | UploadsOut:
    """Take PDFs in, by themselves or in ZIP archives.

    After 202 they can't be lost, and each is searchable once its status is `current`. New bytes
    under a known name make a new version; the same bytes change nothing, and are answered with 200
    if nothing else is new. A PDF by itself is answered with what became of it; several, and
    archives, with `uploads` and `refused`, and with 422 if all are refused. Each file counts in the
    rate of uploads: those beyond it are refused, and can be sent again later.
    """
    taken = await take_upload(runtime, principal, form, private=options.private)
    versions = await wait_until_indexed(runtime, principal, taken.versions, options.wait)
    if not taken.is_new:
        response.status_code = 200
    if not taken.is_one:
        return UploadsOut.of(versions, taken.refused)
    response.headers["location"] = f"/documents/{versions[0].document_id}"
    return UploadOut.of(versions[0])


@router.get("/documents")
async def list_documents(runtime: RuntimeDep, principal: Reader) -> list[DocumentOut]:
    """Your organization's documents and your private ones by name, each with its versions."""
    return await listed(runtime, principal)


@router.get("/documents/{document_id}")
async def show_document(runtime: RuntimeDep, principal: Reader, document_id: UUID) -> DocumentOut:
    """One document with its versions, and while each was the one that answers."""
    return await one(runtime, principal, document_id)


@router.put("/documents/{document_id}/sharing")
async def share_document(
    runtime: RuntimeDep, principal: Uploader, document_id: UUID, sharing: Sharing
) -> DocumentOut:
    """Let your organization see a document that you uploaded, or nobody but you."""
    await runtime.documents.share(principal, document_id, private=sharing.private)
    return await one(runtime, principal, document_id)


@router.delete("/documents/{document_id}", status_code=204)
async def delete_document(runtime: RuntimeDep, principal: Deleter, document_id: UUID) -> None:
    """Delete a document, all of its versions and their bytes. It can't be had again."""
    await runtime.deletion.document(principal, document_id)


@router.get("/documents/{document_id}/personal-data")
async def show_personal_data(
    runtime: RuntimeDep,
    principal: PersonalDataReader,
    document_id: UUID,
    page: Annotated[int | None, Query(ge=1, le=100_000, description="Only this page's.")] = None,
) -> list[PersonalDataOut]:
    """What the masks in a document's current version hide, in reading order."""
    current = await runtime.documents.current_versions(principal, [document_id])
    rows = [
        row
        for version in current
        for row in await runtime.personal.of_version(principal, version.id, page)
    ]
    return [PersonalDataOut.model_validate(row) for row in rows]
