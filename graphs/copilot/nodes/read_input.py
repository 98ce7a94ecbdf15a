"""Begin a turn with what a client of LangGraph's server sent."""

from langchain_core.messages import AnyMessage, HumanMessage
from pydantic import ValidationError

from graphs.copilot.question import Question
from graphs.copilot.studio_state import Scope, StudioInput, StudioState
from knowledge.redaction.masking import masked

EMPTY = 'Send {"question": "..."}, or {"messages": [...]} whose last message is the user\'s.'


def read_input(state: StudioInput) -> StudioState:
    """Reads the input, writes the question as a message and the scope of the turn.

    Raises:
        ValueError: nothing was asked, or the question, document_ids or as_of aren't valid.
    """
    asked = state.get("question")
    messages = state.get("messages", [])
    fields = {name: state.get(name) for name in ("document_ids", "as_of")}
    try:
        question = Question.model_validate({"question": _text(asked, messages), **fields})
    except ValidationError as error:
        raise ValueError(_explain(error)) from error
    about = question.model_dump(mode="json")
    # A message with the id of the client's takes its place.
    same_id = None if asked is not None else messages[-1].id
    return {
        "messages": [HumanMessage(masked(question.question), id=same_id)],
        "scope": Scope(document_ids=about["document_ids"], as_of=about["as_of"]),
        "approvals": {},
        "proposals": [],
    }


def _text(asked: str | None, messages: list[AnyMessage]) -> str:
    if asked is not None:
        return asked
    if not messages or messages[-1].type != "human":
        raise ValueError(EMPTY)
    return messages[-1].text


def _explain(error: ValidationError) -> str:
    problems: dict[str, str] = {}
    for entry in error.errors(include_url=False, include_input=False):
        # The first of a field says what is wrong; others say that it could be left out.
        problems.setdefault(str(entry["loc"][0]), entry["msg"])
    return "The input is not valid. " + "; ".join(f"{at}: {what}" for at, what in problems.items())
