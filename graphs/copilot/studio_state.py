"""What the copilot takes and keeps when LangGraph's server runs it."""

from typing import Annotated

from langchain_core.messages import AnyMessage
from langgraph.channels import EphemeralValue
from langgraph.graph.message import add_messages
from langgraph.runtime import Runtime
from typing_extensions import TypedDict  # typing's own lacks what pydantic needs below Python 3.12

from core.principal import Principal
from graphs.copilot.context import Contexts, RunContext
from graphs.copilot.question import Question
from graphs.copilot.state import CopilotState
from tools_registry.spec import Caller


class StudioInput(TypedDict, total=False):
    """A question, or a chat whose last message is one."""

    question: Annotated[str, EphemeralValue]
    document_ids: Annotated[list[str], EphemeralValue]
    as_of: Annotated[str, EphemeralValue]
    messages: Annotated[list[AnyMessage], add_messages]


class Scope(TypedDict):
    """What the present turn is about."""

    document_ids: list[str] | None
    as_of: str | None


class StudioState(CopilotState, total=False):
    """The copilot's channels, and the scope that our own faces put into the run's context."""

    scope: Scope


class StudioContexts(Contexts):
    """A client of LangGraph's server can't make a RunContext: all of its runs are one user's."""

    def __init__(self, principal: Principal) -> None:
        self._principal = principal

    def of(self, _runtime: Runtime[RunContext], state: StudioState) -> RunContext:  # type: ignore[override]  # nodes are given all of it
        scope = state.get("scope") or Scope(document_ids=None, as_of=None)
        # Read as a question's, whose rules they passed.
        asked = Question.model_validate({"question": "-", **scope})
        caller = Caller(self._principal, asked.document_ids, asked.as_of)
        return RunContext(caller, stream=True)  # nobody listening makes writing a no-op
