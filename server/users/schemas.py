"""People as the API shows them."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class UserOut(BaseModel):
    """A person who signed in here."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str | None
    """As the identity provider has it: an e-mail address, mostly."""
    created_at: datetime
    last_seen_at: datetime
    deactivated_at: datetime | None
    """Since then nothing of theirs is accepted: no token, no session, no API key."""
