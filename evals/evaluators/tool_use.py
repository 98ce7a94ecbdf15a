"""Did the run call the tools that a good run calls, with the right arguments, and no others?

Why against a reference: the same answer can be reached by luck, from a search for another year, or
from arithmetic in the model's head. Matching is `agentevals`': the reference's calls must be among
the run's ("superset"), or the run's among the reference's ("subset").

Arguments are matched by what they mean: a search must have the reference's words, in any order and
among others; a calculation must come to the reference's value, in any form, rounded or not.

Blind spot: a search in other words that finds the same counts as wrong; a second search is needless
even where the first one failed.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Protocol

from agentevals.trajectory.match import TrajectoryMatchMode, create_trajectory_match_evaluator
from langchain_core.messages import AIMessage
from langchain_core.messages.tool import tool_call

from core.errors import ToolError
from evals.examples import ReferenceCall
from evals.figures import SCALES
from tools.arithmetic.answer import decimal_value
from tools.arithmetic.evaluation import evaluate
from tools.arithmetic.parser import parse

FACTORS = (*SCALES, Decimal(100))
"""By which two forms of one calculation may differ: a scale, or a share and its percentage."""
CLOSE = Decimal("1e-9")
SHOWN_DIGITS = 2
CALCULATOR = "calculate"
_WORD = re.compile(r"[^\W\d_]+|\d+")
"""FY2023 names 2023."""


class MadeCall(Protocol):
    """A call of the run."""

    @property
    def tool(self) -> str: ...
    @property
    def arguments(self) -> dict[str, Any]: ...


def right_tools(made: Iterable[MadeCall], wanted: Sequence[ReferenceCall]) -> float | None:
    """1 if each tool of the reference was called as often, whatever its arguments."""
    return _matches(made, wanted, "superset", with_arguments=False)


def right_arguments(made: Iterable[MadeCall], wanted: Sequence[ReferenceCall]) -> float | None:
    """1 if each call of the reference was made."""
    return _matches(made, wanted, "superset", with_arguments=True)


def no_needless_calls(made: Iterable[MadeCall], wanted: Sequence[ReferenceCall]) -> float | None:
    """1 if nothing was searched or sent more often than in the reference, and nothing done twice.

    A calculation more is none too many: it may bring a figure to the scale that was asked for.
    """
    calls = list(made)
    if any(each in calls[:at] for at, each in enumerate(calls)):
        return 0.0 if wanted else None
    others = [each for each in calls if each.tool != CALCULATOR]
    return _matches(others, wanted, "subset", with_arguments=False)


def _matches(
    made: Iterable[MadeCall],
    wanted: Sequence[ReferenceCall],
    mode: TrajectoryMatchMode,
    *,
    with_arguments: bool,
) -> float | None:
    """None without a reference."""
    if not wanted:
        return None
    match = create_trajectory_match_evaluator(
        trajectory_match_mode=mode,
        tool_args_match_mode="exact" if with_arguments else "ignore",
        tool_args_match_overrides=MATCHERS if with_arguments else None,
    )
    calls = [(each.tool, each.arguments) for each in made]
    reference = [(each.tool, dict(each.arguments)) for each in wanted]
    found = match(outputs=_messages(calls), reference_outputs=_messages(reference))
    return float(found["score"])


def _messages(calls: Sequence[tuple[str, dict[str, Any]]]) -> list[AIMessage]:
    """One message with all of the calls: which step made them is another question."""
    tool_calls = [
        tool_call(name=name, args=arguments, id=f"call_{at}")
        for at, (name, arguments) in enumerate(calls)
    ]
    return [AIMessage("", tool_calls=tool_calls)]


def searches_for(made: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Whether a search has all of the reference's words."""
    return _words(wanted["query"]) <= _words(str(made.get("query", "")))


def comes_to_the_same(made: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Whether two expressions have the same value, but for a factor of form and rounding."""
    value, target = _value(str(made.get("expression", ""))), _value(wanted["expression"])
    if value is None or target is None:
        return False
    rounding = _rounding(value)
    return any(
        abs(value * up - target * down) <= max(CLOSE * abs(target * down), rounding * up)
        for up in FACTORS
        for down in FACTORS
    )


MATCHERS = {"search_documents": searches_for, CALCULATOR: comes_to_the_same}


def _rounding(value: Decimal) -> Decimal:
    """How far a value may have been rounded; one of a single digit says too little."""
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or len(value.as_tuple().digits) < SHOWN_DIGITS:
        return Decimal(0)
    return Decimal(5).scaleb(exponent - 1)


def _value(expression: str) -> Decimal | None:
    try:
        return decimal_value(evaluate(parse(expression)))[0]
    except ToolError:
        return None


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))
