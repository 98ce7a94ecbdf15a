"""What is done with a document's versions."""

from uuid import UUID

from core.principal import Principal
from graphs.runtime import Runtime
from server.documents.schemas import DocumentOut
from server.documents.service import one


async def restored(
    runtime: Runtime, principal: Principal, document_id: UUID, number: int
) -> DocumentOut:
    """Raises: what storage.version_history.VersionHistory.restore raises."""
    await runtime.history.restore(principal, document_id, number)
    return await one(runtime, principal, document_id)
