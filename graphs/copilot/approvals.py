"""What somebody decides on before a side effect, and what they may say."""

from typing import Any

from langchain_core.messages import ToolCall
from pydantic import BaseModel, ConfigDict, ValidationError


class ApprovalRequest(BaseModel):
    """A tool call as it is stored in the thread: what is approved is what runs."""

    model_config = ConfigDict(frozen=True)

    call_id: str
    tool: str
    arguments: dict[str, Any]
    payload: str
    """Byte for byte what is carried out."""
    tainted: bool
    """Whether text of a document was in sight before the model asked for the call."""
    step: str
    """The model's message that asks for it."""

    @classmethod
    def of(cls, call: ToolCall, payload: str, *, tainted: bool, step: str) -> "ApprovalRequest":
        return cls(
            call_id=call["id"] or "",
            tool=call["name"],
            arguments=call["args"],
            payload=payload,
            tainted=tainted,
            step=step,
        )


class Edited(BaseModel):
    """Approved with other arguments; the payload was made of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    arguments: dict[str, Any]
    payload: str


class Refused(BaseModel):
    """Not approved."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reason: str = ""


Said = bool | Edited | Refused
"""What somebody said of a call: true for as it was shown."""


def read_said(answers: object, call_id: str) -> Said:
    """What a resumed run was told of a call; whatever isn't plainly a yes is a no."""
    said = answers.get(call_id) if isinstance(answers, dict) else None
    if said is True:
        return True
    if isinstance(said, dict):
        for kind in (Edited, Refused):
            try:
                return kind.model_validate(said)
            except ValidationError:
                continue
    return False
