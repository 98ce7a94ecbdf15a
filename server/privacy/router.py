"""Erasure (GDPR art. 17), export (art. 20) and retention over HTTP."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse

from core.principal import person
from server.dependencies import RuntimeDep
from server.identity.dependencies import (
    AuthenticationDep,
    OnesOwnOrUserManager,
    RetentionManager,
)
from server.limits.dependencies import count_call
from server.privacy.export import archive, gather
from server.privacy.receipts import ReceiptSigner
from server.privacy.schemas import Receipt, RetentionPeriods, SignedReceipt

router = APIRouter(tags=["privacy"])
# Generators of clients know how to keep octets, and not what a ZIP is.
BINARY = {"schema": {"type": "string", "format": "binary"}}


def _receipt_signer(request: Request) -> ReceiptSigner:
    signer: ReceiptSigner = request.app.state.receipts
    return signer


ReceiptsDep = Annotated[ReceiptSigner, Depends(_receipt_signer)]


@router.delete("/users/{user_id}/data", dependencies=[Depends(count_call)])
async def erase_user(
    runtime: RuntimeDep,
    principal: OnesOwnOrUserManager,
    authentication: AuthenticationDep,
    receipts: ReceiptsDep,
    user_id: UUID,
) -> SignedReceipt:
    """Erase all that a person brought in or was told, and who they are. It can't be had again.

    Documents that the person uploaded go, shared ones too, and so do the person's threads. The
    audit log keeps its entries: they name the person by an id that means nothing from now on.
    """
    erased = await runtime.erasure.everything_of(principal.organization_id, user_id)
    authentication.people(runtime.database).forget(user_id)
    return receipts.sign(
        Receipt(
            receipt_id=uuid4(),
            organization_id=principal.organization_id,
            user_id=user_id,
            erased_at=datetime.now(UTC),
            erased=erased,
        )
    )


@router.get(
    "/users/{user_id}/export",
    dependencies=[Depends(count_call)],  # it reads all files of a person
    response_class=StreamingResponse,
    responses={200: {"content": {"application/octet-stream": BINARY, "application/zip": BINARY}}},
)
async def export_user(
    runtime: RuntimeDep, principal: OnesOwnOrUserManager, user_id: UUID
) -> StreamingResponse:
    """A person's data as a ZIP: JSON, and the files as they were uploaded.

    You get all of your own. Of others you get their profile, audit entries and shared documents,
    and a count of what is left out: private documents, conversations, feedback and approvals.
    """
    by_themself = principal.subject == person(user_id)
    found = await gather(runtime, principal.organization_id, user_id, by_themself=by_themself)
    return StreamingResponse(
        archive(found, runtime.blobs, principal.organization_id),
        media_type="application/zip",
        headers={"content-disposition": f'attachment; filename="{user_id}.zip"'},
    )


@router.get("/retention")
async def show_retention(runtime: RuntimeDep, principal: RetentionManager) -> RetentionPeriods:
    """How long your organization keeps what."""
    periods = await runtime.retention.periods(principal.organization_id)
    return RetentionPeriods.model_validate(periods)


@router.put("/retention", dependencies=[Depends(count_call)])
async def change_retention(
    runtime: RuntimeDep, principal: RetentionManager, periods: RetentionPeriods
) -> RetentionPeriods:
    """Change it. What is due is deleted within the hour, for good."""
    await runtime.retention.keep(principal.organization_id, periods.as_periods())
    return periods


@router.get("/.well-known/jwks.json")
async def show_signing_keys(receipts: ReceiptsDep) -> dict[str, list[dict[str, Any]]]:
    """The public key that receipts are signed with."""
    return receipts.jwks()
