"""What a person is shown before a side effect."""

from typing import Any

from langchain_core.messages import ToolCall
from pydantic import BaseModel, ConfigDict


class ApprovalRequest(BaseModel):
    """A tool call as it is stored in the thread: what is approved is what runs."""

    model_config = ConfigDict(frozen=True)

    call_id: str
    tool: str
    arguments: dict[str, Any]

    @classmethod
    def of(cls, call: ToolCall) -> "ApprovalRequest":
        return cls(call_id=call["id"] or "", tool=call["name"], arguments=call["args"])
