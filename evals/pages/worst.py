"""The examples to look at first."""

from collections.abc import Iterable
from statistics import fmean

from evals.examples import Example
from evals.pages.looked_at import LookedAt, look_at
from evals.report import Report
from evals.results import Row

MOST = 20
"""Examples of a run."""


def worst(report: Report, examples: Iterable[Example]) -> list[LookedAt]:
    """Those that fall shortest first; those that fall short of nothing are left out.

    Args:
        report: of the run.
        examples: to choose from.
    """
    shares = _Shortfall(report)
    by_example: dict[str, tuple[float, Row]] = {}
    chosen = {example.id for example in examples}
    for row in report.rows:
        if row.example_id in chosen:
            found = shares.of(row), row
            known = by_example.setdefault(row.example_id, found)
            by_example[row.example_id] = max(known, found, key=lambda each: each[0])
    short = sorted(
        (found for found in by_example.values() if found[0] > 0),
        key=lambda found: (-found[0], found[1].example_id),
    )
    return [look_at(report, row) for _, row in short[:MOST]]


class _Shortfall:
    """How far a row is from the best: of scores from 0 to 1 the mean of what they lack.

    Where less is better in all metrics, as in costs, it is the mean of places between the least
    and the most of the run.
    """

    def __init__(self, report: Report) -> None:
        metrics = dict(report.suite.metrics())
        self._scored = {key: each for key, each in metrics.items() if each.lack(0) is not None}
        self._ranges = {} if self._scored else {key: _range(report, key) for key in metrics}

    def of(self, row: Row) -> float:
        if row.errors:
            return 1.0
        lacks = (
            metric.lack(row.scores[key])
            for key, metric in self._scored.items()
            if key in row.scores
        )
        lacking = [each for each in lacks if each is not None]
        places = [
            (row.scores[key] - low) / (high - low)
            for key, (low, high) in self._ranges.items()
            if key in row.scores and high > low
        ]
        found = lacking or places
        return fmean(found) if found else 0.0


def _range(report: Report, key: str) -> tuple[float, float]:
    scores = [row.scores[key] for row in report.rows if key in row.scores]
    return min(scores, default=0.0), max(scores, default=0.0)
