"""A command for each suite."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import typer

from cli.evaluating import options as given
from cli.evaluating.app import app, clear_errors, console
from core.errors import InvalidInputError
from core.settings import load_settings
from evals.baseline import Baseline
from evals.datasets import open_dataset
from evals.evaluation import Request, evaluate
from evals.gate import failures, unscored
from evals.harness import Pace
from evals.report import Report, print_report, write_json
from evals.suite import AnySuite
from evals.suites import SUITES


def _command(suite: AnySuite) -> Callable[..., None]:
    """All suites are run by the same options."""

    def run(  # noqa: PLR0913, PLR0917  # a command's options
        dataset: given.DatasetFolder = None,
        one_in: given.OneIn = 1,
        model: given.Model = None,
        prompt: given.PromptFile = None,
        judge: given.JudgeModel = None,
        same_judge: given.SameJudge = False,
        repetitions: given.Repetitions = 1,
        concurrency: given.Concurrency = 1,
        per_minute: given.PerMinute = None,
        budget_tokens: given.BudgetTokens = None,
        resume: given.Resume = False,
        rescore: given.Rescore = False,
        json_file: given.JsonFile = None,
        gate: given.Gate = False,
        accept: given.Accept = False,
        store: given.StoreFolder = None,
        results: given.ResultsFolder = None,
    ) -> None:
        request = Request(
            suite,
            model,
            prompt,
            judge,
            same_judge,
            repetitions,
            Pace(concurrency, per_minute, budget_tokens),
            store,
            results,
            resume,
            rescore,
        )
        with clear_errors(), open_dataset(dataset) as opened:
            asked = opened.sampled(one_in)
            report = asyncio.run(evaluate(request, asked, load_settings(), console))
            _conclude(report, json_file, gate=gate, accept=accept)

    return run


for each in SUITES.values():
    app.command(each.name, help=each.about)(_command(each))


def _conclude(report: Report, json_file: Path | None, *, gate: bool, accept: bool) -> None:
    print_report(report, console)
    if json_file:
        write_json(report.to_json(), json_file)
    if report.errors:
        raise InvalidInputError(
            f"{len(report.errors)} scores couldn't be made, and count as 0:\n"
            + "\n".join(report.errors)
        )
    known = Baseline()
    if accept:
        known.accept(report)
    if gate and (skipped := unscored(report)):
        console.print("\n".join(skipped), markup=False)
    if gate and (stopped := failures(report, known)):
        console.print("\n".join(stopped), markup=False)
        raise typer.Exit(1)
