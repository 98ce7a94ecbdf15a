"""What is asked of a document's versions."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Number = Annotated[int, Field(ge=1, le=2**31 - 1)]


class Compared(BaseModel):
    """Which versions to compare, and what of it to tell."""

    model_config = ConfigDict(extra="forbid")

    before: Number
    after: Number
    changed_only: bool = Field(default=True, description="Leave unchanged pages out.")
