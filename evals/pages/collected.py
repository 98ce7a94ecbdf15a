"""What a results folder holds: the newest run of each suite, dataset and model, and its trend."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from core.errors import InvalidInputError
from evals.baseline import Baseline
from evals.datasets import Dataset
from evals.evaluation import NO_MODEL
from evals.examples import Example
from evals.judging import as_judged
from evals.pages.points import Point, accepted_points, in_order, point_of
from evals.report import Report
from evals.results import Header, Results, stored
from evals.suite import AnySuite
from evals.suites import SUITES


class Kind(NamedTuple):
    """Runs that are shown as one, with a trend."""

    suite: str
    dataset: str
    model: str


@dataclass
class Shown:
    """The newest complete run of a kind."""

    report: Report
    has_questions: bool
    """False where the dataset at hand is another than the one that was asked."""
    points: list[Point] = field(default_factory=list)
    """Of it and of earlier runs, oldest first, one a commit."""

    @property
    def is_comparison(self) -> bool:
        """Whether something else stands in the product's place, as in an ablation."""
        asks_models, model = self.report.suite.asks_models, self.report.header.model
        return not asks_models and model != NO_MODEL


@dataclass(frozen=True)
class Collected:
    """A folder's runs by suite, the product's first, and a line for each that isn't shown."""

    runs: list[Shown]
    left_out: list[str]


def collect(folder: Path, dataset: Dataset, baseline: Baseline) -> Collected:
    """Read all stored results.

    Args:
        folder: of the results.
        dataset: whose questions are shown.
        baseline: its history goes into the trends.

    Raises:
        InvalidInputError: there is nothing to show, or a file is broken.
    """
    runs: dict[Kind, Shown] = {}
    left_out: list[str] = []
    for results in stored(folder):
        word = _why_not(results)
        if word:
            left_out.append(f"{results.path.name}: {word}")
            continue
        header = results.header
        asked = dataset.sampled(header.one_in)
        report = _report(results, asked)
        kind = Kind(header.suite, header.dataset, header.model)
        shown = runs.setdefault(kind, Shown(report, header.digest == asked.digest))
        shown.points.append(point_of(report))
    if not runs:
        raise InvalidInputError(
            "\n".join(
                [f"{folder} holds no complete run: run `copilot eval SUITE` first.", *left_out]
            )
        )
    history = baseline.history()
    for shown in runs.values():
        accepted = accepted_points(history, shown.report.header)
        shown.points = in_order([*shown.points, *accepted])
    order = list(SUITES)
    kinds = sorted(runs, key=lambda kind: (order.index(kind.suite), runs[kind].is_comparison, kind))
    return Collected([runs[kind] for kind in kinds], left_out)


def _why_not(results: Results) -> str | None:
    header = results.header
    if header.suite not in SUITES:
        return f"there is no suite {header.suite} any more."
    if not results.is_complete:
        whole = header.examples * header.repetitions
        return f"the run broke off after {len(results.rows)} of {whole} answers."
    return None


def _report(results: Results, dataset: Dataset) -> Report:
    header = results.header
    if header.digest != dataset.digest:
        dataset = _without_questions(header, (row.example_id for row in results.rows))
    return Report(_suite(header), dataset, header, results.rows)


def _suite(header: Header) -> AnySuite:
    suite = SUITES[header.suite]
    return as_judged(suite) if header.judge else suite


def _without_questions(header: Header, ids: Iterable[str]) -> Dataset:
    """Examples are known by their ids alone, so that their languages aren't told apart."""
    examples = (Example(each, "", "", "", frozenset()) for each in dict.fromkeys(ids))
    return Dataset(header.dataset, (), tuple(examples))
