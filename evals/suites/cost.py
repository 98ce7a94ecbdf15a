"""What an answer costs: tokens, time, and how often a model was asked for it."""

from evals.examples import Example
from evals.suite import Metric, Suite
from evals.targets.asking import Run, ask


def _tokens(_example: Example, run: Run) -> float:
    return run.tokens


def _model_calls(_example: Example, run: Run) -> float:
    return run.model_calls


def _tool_calls(_example: Example, run: Run) -> float:
    return run.tool_calls


def _restarts(_example: Example, run: Run) -> float:
    return run.restarts


def _seconds(_example: Example, run: Run) -> float:
    return run.seconds


def _seconds_to_first_token(_example: Example, run: Run) -> float | None:
    return run.seconds_to_first_token


COST = Suite(
    name="cost",
    about="Tokens, time and model calls of an answer.",
    target=ask,
    outcome=Run,
    sections={
        "all_documents": {
            "tokens": Metric(_tokens, lower_is_better=True, is_compared=True),
            "model_calls": Metric(_model_calls, lower_is_better=True, is_compared=True),
            "tool_calls": Metric(_tool_calls, lower_is_better=True, is_compared=True),
            "restarts": Metric(_restarts, lower_is_better=True),
            # Not compared: a busy machine is no worse product.
            "seconds": Metric(_seconds, lower_is_better=True),
            "seconds_to_first_token": Metric(_seconds_to_first_token, lower_is_better=True),
        }
    },
)
