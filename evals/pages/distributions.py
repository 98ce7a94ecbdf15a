"""How seconds, tokens and scores that aren't 0 or 1 are spread over a run's answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from markupsafe import Markup

from evals.pages.drawing.histogram import histogram
from evals.pages.numbers import number
from evals.report import Report

MEASURED = ("seconds", "tokens")
"""Of an outcome."""


@dataclass(frozen=True)
class Distribution:
    """Of one measure."""

    name: str
    summary: str
    drawing: Markup


def distributions(report: Report) -> list[Distribution]:
    """Without those that are all alike: a line says as much as a drawing."""
    return [_drawn(name, values) for name, values in _measures(report) if len(set(values)) > 1]


def _measures(report: Report) -> Iterator[tuple[str, list[float]]]:
    """A metric of what an outcome measures anyway is told once."""
    gated = {example.id for example in report.gated}
    rows = [row for row in report.rows if row.example_id in gated]
    for name in MEASURED:
        measured = (row.outcome.get(name) for row in rows)
        yield name, [float(each) for each in measured if isinstance(each, int | float)]
    for key, _ in report.suite.metrics():
        scores = [row.scores[key] for row in rows if key in row.scores]
        is_measured = key.rpartition(" ")[2] in MEASURED
        if not (is_measured or set(scores) <= {0.0, 1.0}):
            yield key, scores


def _drawn(name: str, values: list[float]) -> Distribution:
    middle, most = number(median(values)), number(max(values))
    summary = f"median {middle}, most {most}, n = {len(values)}"
    return Distribution(name, summary, histogram(values, f"{name}: {summary}"))
