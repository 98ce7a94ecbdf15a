"""The audit log over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query

from server.audit.schemas import EntryOut
from server.dependencies import RuntimeDep
from server.identity.dependencies import Auditor
from storage.audit_log import AuditLog

router = APIRouter(tags=["audit"])


@router.get("/audit")
async def read_audit(
    runtime: RuntimeDep,
    principal: Auditor,
    before: Annotated[int | None, Query(ge=1, le=2**63 - 1, description="A sequence.")] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> list[EntryOut]:
    """Who did what in your organization, the newest first; `before` pages on."""
    entries = await AuditLog(runtime.database).page(principal.organization_id, before, limit)
    return [EntryOut.model_validate(entry) for entry in entries]
