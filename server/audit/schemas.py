"""Audit entries as the API shows them."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict


class EntryOut(BaseModel):
    """One request."""

    model_config = ConfigDict(from_attributes=True)

    sequence: int
    at: datetime
    actor: str
    action: str
    target: str
    outcome: str
    source: str
    request_id: str
