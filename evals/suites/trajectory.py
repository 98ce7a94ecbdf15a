"""What a run did on its way to an answer: which tools it called, and how it called them.

Blind spots: "computed" is what the annotators say, where a filing sometimes prints the ratio that
was asked for; and a tool may succeed at the wrong thing.
"""

import re
from statistics import fmean

from evals.evaluators.tool_use import no_needless_calls, right_arguments, right_tools
from evals.examples import Example
from evals.suite import Metric, Suite
from evals.targets.asking import Run, ToolStep, ask, value_of

_OVER_IDS = re.compile(r"\bF\d{1,6}\b")
READING = ("look_up_figures", "search_documents")


def _within_limits(_example: Example, run: Run) -> float:
    return float(run.is_within_limits)


def _searched_first(_example: Example, run: Run) -> float:
    """Whether the documents were asked before anything else, by figure or by words."""
    first = run.tool_steps[:1]
    return float(all(step.tool in READING for step in first) and run.used(*READING))


def _computed_with_calculator(example: Example, run: Run) -> float | None:
    return float(run.used("calculate")) if example.is_computed else None


def _tool_success(_example: Example, run: Run) -> float | None:
    """The share of its calls that didn't fail."""
    steps = run.tool_steps
    return fmean(float(step.succeeded) for step in steps) if steps else None


def _as_referenced(run: Run) -> list[ToolStep]:
    """The calls in the form of the references, which search for a figure and compute with numbers.

    A look-up is a search for its item and periods; an expression over ids is what it came to.
    """
    return [_referenced(step) for step in run.tool_steps]


def _referenced(step: ToolStep) -> ToolStep:
    if step.tool == "look_up_figures":
        asked = " ".join(map(str, (step.arguments.get("item"), step.arguments.get("periods"))))
        return step.model_copy(update={"tool": "search_documents", "arguments": {"query": asked}})
    if step.tool == "calculate" and _OVER_IDS.search(str(step.arguments.get("expression", ""))):
        return step.model_copy(update={"arguments": {"expression": value_of(step.result) or ""}})
    return step


def _right_tools(example: Example, run: Run) -> float | None:
    return right_tools(_as_referenced(run), example.tool_calls)


def _right_arguments(example: Example, run: Run) -> float | None:
    return right_arguments(_as_referenced(run), example.tool_calls)


def _no_needless_calls(example: Example, run: Run) -> float | None:
    made = [each for each in run.tool_steps if each.tool != "look_up_figures"]
    return no_needless_calls(made, example.tool_calls)


def _model_steps(_example: Example, run: Run) -> float:
    return run.model_calls


TRAJECTORY = Suite(
    name="trajectory",
    about="What runs did: the right tools with the right arguments, steps, limits.",
    target=ask,
    outcome=Run,
    sections={
        "all_documents": {
            "within_limits": Metric(_within_limits, at_least=1.0, is_compared=True),
            "searched_first": Metric(_searched_first, at_least=1.0, is_compared=True),
            "right_tools": Metric(_right_tools, at_least=0.84, is_compared=True),
            "right_arguments": Metric(_right_arguments, at_least=0.83, is_compared=True),
            "no_needless_calls": Metric(_no_needless_calls, is_compared=True),
            "computed_with_calculator": Metric(
                _computed_with_calculator, at_least=0.89, is_compared=True
            ),
            "tool_success": Metric(_tool_success, at_least=0.95),
            "model_steps": Metric(_model_steps, lower_is_better=True, is_compared=True),
        }
    },
)
