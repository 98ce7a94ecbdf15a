"""Approvals in the format of LangChain's human-in-the-loop middleware.

Studio and other LangGraph clients draw it: a request lists actions, the answer has one decision for
each, in the same order. The names are those of `langchain.agents.middleware.human_in_the_loop`.
"""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from typing_extensions import TypedDict  # pydantic reads it

from graphs.copilot.approvals import ApprovalRequest, Edited, Refused, Said

ALLOWED = ("approve", "edit", "reject")
TAINTED = "The model had read text of a document before it asked for this call."


class ActionRequest(TypedDict):
    """A tool call that a person decides on."""

    name: str
    args: dict[str, Any]
    description: str


class ReviewConfig(TypedDict):
    """What can be decided of a tool's calls."""

    action_name: str
    allowed_decisions: list[str]


class HITLRequest(TypedDict):
    """The value of the interrupt."""

    action_requests: list[ActionRequest]
    review_configs: list[ReviewConfig]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Action(_Strict):
    """A tool call as a person wants it."""

    name: str
    args: dict[str, Any]


class Approve(_Strict):
    """Carry out the call exactly as it was shown."""

    type: Literal["approve"]


class Edit(_Strict):
    """Carry it out with these arguments."""

    type: Literal["edit"]
    edited_action: Action


class Reject(_Strict):
    """Don't carry it out, and tell the model why."""

    type: Literal["reject"]
    message: str = Field("", max_length=2000)


Decision = Annotated[Approve | Edit | Reject, Field(discriminator="type")]


class HITLResponse(_Strict):
    """What a client resumes the interrupt with."""

    decisions: list[Decision]


Prepare = Callable[[ApprovalRequest, dict[str, Any]], str]
"""(call, edited arguments) -> the payload that they make. Raises ToolError if they don't fit."""


def hitl_request(proposals: list[ApprovalRequest]) -> HITLRequest:
    """The request to show for calls that wait for a person."""
    names = dict.fromkeys(each.tool for each in proposals)
    return HITLRequest(
        action_requests=[
            ActionRequest(name=each.tool, args=each.arguments, description=_description(each))
            for each in proposals
        ],
        review_configs=[
            ReviewConfig(action_name=name, allowed_decisions=[*ALLOWED]) for name in names
        ],
    )


def response_schema(proposals: list[ApprovalRequest], prepare: Prepare) -> Any:  # noqa: ANN401  # a type made at run time
    """The type that `interrupt` checks an answer against; its value is a `Said` for each call."""

    def to_said(response: HITLResponse) -> list[Said]:
        return _said(response, proposals, prepare)

    return Annotated[HITLResponse, AfterValidator(to_said)]


def _said(response: HITLResponse, proposals: list[ApprovalRequest], prepare: Prepare) -> list[Said]:
    """Raises: ValueError: the decisions don't fit what was shown."""
    decisions = response.decisions
    if len(decisions) != len(proposals):
        raise ValueError(
            f"{len(proposals)} actions wait and {len(decisions)} decisions were sent: send one "
            "for each action, in the same order"
        )
    return [_one(*pair, prepare) for pair in zip(decisions, proposals, strict=True)]


def _one(decision: Decision, proposal: ApprovalRequest, prepare: Prepare) -> Said:
    match decision:
        case Approve():
            return True
        case Reject(message=message):
            return Refused(reason=message)
        case Edit(edited_action=action):
            if action.name != proposal.tool:
                raise ValueError(
                    f"an edit can't change the tool: {proposal.tool!r} was shown, "
                    f"{action.name!r} was sent"
                )
            return Edited(arguments=action.args, payload=prepare(proposal, action.args))


def _description(proposal: ApprovalRequest) -> str:
    shown = f"If approved, {proposal.tool} sends exactly this:\n\n{proposal.payload}"
    return f"{shown}\n\n{TAINTED}" if proposal.tainted else shown
