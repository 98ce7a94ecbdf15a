"""Receipts and retention periods as the API takes and shows them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from storage.erasure import Erased
from storage.retention import Periods

Days = Annotated[int | None, Field(ge=1, le=36_500, description="Null keeps for ever.")]


class Receipt(BaseModel):
    """What was erased, of whom and when."""

    receipt_id: UUID
    organization_id: UUID
    user_id: UUID
    erased_at: datetime
    erased: Erased


class SignedReceipt(BaseModel):
    """A receipt, and the same as a JWS that anybody can verify."""

    receipt: Receipt
    jws: str
    """Compact, Ed25519; its key is in /.well-known/jwks.json."""


class RetentionPeriods(BaseModel):
    """How long an organization keeps what."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)

    documents_days: Days = None
    """After a document's newest upload."""
    superseded_days: Days = None
    """After the upload of a version that isn't current any more, or never was."""
    threads_days: Days = None
    """After a thread's last question."""

    def as_periods(self) -> Periods:
        return Periods(self.documents_days, self.superseded_days, self.threads_days)
