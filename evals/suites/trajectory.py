"""What a run did on its way to an answer: how much it spent, and whether it looked before it spoke.

Blind spots: a search or a calculation that was made may still be the wrong one; and "computed" is
what the annotators say, where a filing sometimes prints the ratio that was asked for.
"""

from collections import Counter
from statistics import fmean

from rich.console import Console

from core.settings import Settings
from evals.datasets import Dataset
from evals.report import Metric, Report, mean
from evals.runs import Run, run_all
from evals.store import Store
from graphs.copilot.state import Usage

NOTHING_SPENT = Usage(steps=0, tool_calls=0, tokens=0)


async def trajectory(store: Store, dataset: Dataset, console: Console) -> Report:
    """Ask each question over all documents and look at the steps, not at the answer."""
    runs = [run async for run in run_all(store, dataset, console)]
    return Report(
        "trajectory",
        dataset.name,
        {"all_documents": _metrics(runs, store.settings)},
        [_record(run, store.settings) for run in runs],
        {"models": sorted({run.answer.model for run in runs if run.answer})},
        {
            "within_limits": {
                run.example.id: float(is_within_limits(run, store.settings)) for run in runs
            },
            "searched_first": {run.example.id: float(searched_first(run)) for run in runs},
            "computed_with_calculator": {
                run.example.id: float(run.used("calculate"))
                for run in runs
                if run.example.is_computed
            },
        },
    )


def _metrics(runs: list[Run], settings: Settings) -> dict[str, Metric]:
    spent = [_spent(run) for run in runs]
    computed = [run for run in runs if run.example.is_computed]
    return {
        "n": len(runs),
        "mean_model_steps": round(fmean(each["steps"] for each in spent), 3),
        "mean_tool_calls": round(fmean(each["tool_calls"] for each in spent), 3),
        "mean_tokens": round(fmean(each["tokens"] for each in spent), 1),
        "within_limits": mean(float(is_within_limits(run, settings)) for run in runs),
        "searched_first": mean(float(searched_first(run)) for run in runs),
        "n_computed": len(computed),
        "computed_with_calculator": mean(float(run.used("calculate")) for run in computed),
        "tool_success": mean(float(step.succeeded) for run in runs for step in run.tool_steps),
    }


def is_within_limits(run: Run, settings: Settings) -> bool:
    """Whether the model ended by itself: neither stopped nor told to wrap up."""
    spent = _spent(run)
    return (
        run.status == "answered"
        and spent["steps"] < settings.max_steps
        and spent["tool_calls"] < settings.max_tool_calls
    )


def searched_first(run: Run) -> bool:
    """Whether the first tool that was used is the search, and passages came back."""
    first = run.tool_steps[:1]
    return all(step.tool == "search_documents" for step in first) and run.used("search_documents")


def _spent(run: Run) -> Usage:
    return run.answer.usage if run.answer else NOTHING_SPENT


def _record(run: Run, settings: Settings) -> dict[str, object]:
    return {
        "id": run.example.id,
        "status": run.status,
        "failure": run.failure,
        "usage": dict(_spent(run)),
        "tools": dict(Counter(step.tool for step in run.tool_steps)),
        "within_limits": is_within_limits(run, settings),
        "searched_first": searched_first(run),
    }
