"""From an upload's stream to an accepted version."""

import asyncio
import shutil
import tempfile
from pathlib import Path
from uuid import UUID

from starlette.datastructures import UploadFile

from core.principal import Principal
from graphs.runtime import Runtime
from server.documents.schemas import DocumentOut, group
from storage.documents import DocumentVersion, VersionStatus
from storage.filings import unknown_document

POLL_SECONDS = 0.2


async def accept_upload(
    runtime: Runtime, principal: Principal, upload: UploadFile, *, private: bool
) -> tuple[DocumentVersion, bool]:
    """Raises: what knowledge.ingestion.Ingestion.accept raises."""
    with tempfile.TemporaryDirectory(prefix="copilot-") as folder:
        path = Path(folder) / "upload"
        await asyncio.to_thread(_copy, upload, path)
        return await runtime.ingestion.accept(
            principal, upload.filename or "", path, private=private
        )


async def wait_until_indexed(
    runtime: Runtime, principal: Principal, version: DocumentVersion, seconds: float
) -> DocumentVersion:
    """The version once its indexing has ended, or as it stands after `seconds`."""
    deadline = asyncio.get_running_loop().time() + seconds
    while version.status is VersionStatus.PENDING and asyncio.get_running_loop().time() < deadline:
        await asyncio.sleep(POLL_SECONDS)
        version = await runtime.documents.version(principal, version.id)
    return version


async def listed(runtime: Runtime, principal: Principal) -> list[DocumentOut]:
    """All documents with their histories."""
    periods = await runtime.history.periods(principal)
    return group(await runtime.documents.versions(principal), periods)


async def one(runtime: Runtime, principal: Principal, document_id: UUID) -> DocumentOut:
    """Raises: NotFoundError."""
    periods = await runtime.history.periods(principal, document_id)
    found = group(await runtime.documents.versions(principal, document_id), periods)
    if not found:
        raise unknown_document(document_id)
    return found[0]


def _copy(upload: UploadFile, path: Path) -> None:
    with path.open("wb") as file:
        shutil.copyfileobj(upload.file, file)
