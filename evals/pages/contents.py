"""All that the page and the summary show, computed once."""

from collections.abc import Mapping
from dataclasses import dataclass

from evals.baseline import Baseline
from evals.changes import Change, changes
from evals.gate import failures
from evals.pages.collected import Collected, Shown
from evals.pages.distributions import Distribution, distributions
from evals.pages.heat import HeatTable, heat_table
from evals.pages.looked_at import LookedAt
from evals.pages.metric_rows import MetricRow, metric_rows
from evals.pages.trends import Trends, trends_of
from evals.pages.worst import worst
from evals.report import Report
from evals.results import Header


@dataclass(frozen=True)
class RunContents:
    """Of one run."""

    anchor: str
    """Its place on the page."""
    report: Report
    has_questions: bool
    unheld: str | None
    """Why it is held against nothing; None where it is."""
    failures: list[str]
    """What stops it, a line each; none where it passes."""
    changes: Mapping[str, Change | None]
    """By metric key, against what was accepted."""
    sections: Mapping[str, list[MetricRow]]
    by_category: HeatTable | None
    by_language: HeatTable | None
    trends: Trends
    distributions: list[Distribution]
    worst: list[LookedAt]
    others: list[LookedAt]
    """In other languages."""

    @property
    def header(self) -> Header:
        return self.report.header

    @property
    def verdict(self) -> str:
        if self.unheld:
            return "not held"
        return "stopped" if self.failures else "passes"

    @property
    def changed(self) -> dict[str, Change]:
        """The metrics by which an example is worse or better."""
        return {
            key: change
            for key, change in self.changes.items()
            if change and (change.worse or change.better)
        }

    @property
    def worst_are_dear(self) -> bool:
        """Whether less is better in all that is measured."""
        return all(metric.lower_is_better for _, metric in self.report.suite.metrics())


@dataclass(frozen=True)
class Contents:
    """Of all runs."""

    runs: list[RunContents]
    left_out: list[str]

    @property
    def stopped(self) -> list[RunContents]:
        return [run for run in self.runs if run.failures]

    @property
    def is_held(self) -> bool:
        """Whether there is anything to pass or to stop."""
        return not all(run.unheld for run in self.runs)

    @property
    def verdict(self) -> str:
        """In a sentence."""
        held = [run for run in self.runs if not run.unheld]
        if not self.is_held:
            return "Nothing here is held against thresholds or accepted scores."
        if self.stopped:
            return f"{len(self.stopped)} of {_counted(len(held))} would be stopped by the gate."
        return f"The gate lets {'it' if len(held) == 1 else 'all'} pass: {_counted(len(held))}."


def contents_of(collected: Collected, baseline: Baseline) -> Contents:
    runs = [_run(f"run-{at}", run, baseline) for at, run in enumerate(collected.runs, start=1)]
    return Contents(runs, collected.left_out)


def _run(anchor: str, shown: Shown, baseline: Baseline) -> RunContents:
    report = shown.report
    unheld = _unheld(shown)
    accepted = None if unheld else baseline.accepted(report.header)
    is_same = accepted is not None and accepted.digest == report.header.digest
    changed = changes(report, accepted) if accepted and is_same else {}
    return RunContents(
        anchor=anchor,
        report=report,
        has_questions=shown.has_questions,
        unheld=unheld,
        failures=[] if unheld else _failures(report, baseline),
        changes=changed,
        sections={name: metric_rows(report, name, changed) for name in report.suite.sections},
        by_category=_heat(report, report.by_category, least=2),
        by_language=_heat(report, report.by_language, least=1),
        trends=trends_of(report, shown.points),
        distributions=distributions(report),
        worst=worst(report, report.gated),
        others=worst(report, report.others),
    )


def _failures(report: Report, baseline: Baseline) -> list[str]:
    """The gate's, after what keeps a run from being held against anything."""
    if not report.errors:
        return failures(report, baseline)
    count = len(report.errors)
    told = f"{report.suite.name}: scores that couldn't be made, and count as 0: {count}."
    return [told, *failures(report, baseline)]


def _unheld(shown: Shown) -> str | None:
    header = shown.report.header
    if shown.is_comparison:
        return f"{header.model} stands in the product's place, for comparison."
    if not shown.has_questions:
        return (
            f"The questions of {header.dataset} as it was asked aren't at hand, so that languages"
            " can't be told apart: name its folder with --dataset."
        )
    return None


def _heat(
    report: Report, groups: Mapping[str, Mapping[str, float | int | None]], least: int
) -> HeatTable | None:
    """None where there are fewer groups: a single category says nothing that the mean doesn't."""
    return heat_table(report, groups) if len(groups) >= least else None


def _counted(runs: int) -> str:
    return f"{runs} run" if runs == 1 else f"{runs} runs"
