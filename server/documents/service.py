"""From an upload's stream to an accepted version."""

import asyncio
import shutil
import tempfile
from pathlib import Path

from starlette.datastructures import UploadFile

from core.principal import Principal
from graphs.runtime import Runtime
from storage.documents import DocumentVersion, VersionStatus

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


def _copy(upload: UploadFile, path: Path) -> None:
    with path.open("wb") as file:
        shutil.copyfileobj(upload.file, file)
