"""What is done with a document's versions."""

from dataclasses import replace
from uuid import UUID

from core.principal import Principal
from graphs.runtime import Runtime
from knowledge.version_diff import VersionDiff
from server.documents.schemas import DocumentOut
from server.documents.service import one
from server.versions.schemas import Compared


async def restored(
    runtime: Runtime, principal: Principal, document_id: UUID, number: int
) -> DocumentOut:
    """Raises: what storage.version_history.VersionHistory.restore raises."""
    await runtime.history.restore(principal, document_id, number)
    return await one(runtime, principal, document_id)


async def compared(
    runtime: Runtime, principal: Principal, document_id: UUID, wanted: Compared
) -> VersionDiff:
    """Raises: what knowledge.comparison.Comparison.diff raises."""
    versions = (wanted.before, wanted.after)
    whole = await runtime.comparison.diff(principal, document_id, *versions)
    if not wanted.changed_only:
        return whole
    return replace(whole, pages=tuple(page for page in whole.pages if page.status != "unchanged"))
