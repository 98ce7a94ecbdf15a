"""A run against the scores that were accepted last: what became of each metric, and of whom.

A metric is better or worse when the paired bootstrap's interval of its difference lies on one side
of 0 as a whole: on 500 examples that takes five of them, in one direction. A difference of less
than half a percent counts for nothing however sure it is: an approximate index is built anew for
each run, and moves a page by a rank here and there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

from evals.baseline import Accepted, kept
from evals.bootstrap import Estimate, paired_bootstrap
from evals.report import Report
from evals.suite import AnyMetric

NEGLIGIBLE = 0.005
"""Of what was accepted."""


class Direction(StrEnum):
    """As it is told."""

    BETTER = "better"
    WORSE = "worse"
    CHANCE = "within chance"
    """Examples changed, no more than others might have, or by too little to count."""
    SAME = "unchanged"


@dataclass(frozen=True)
class Change:
    """Of a metric, on the examples that were scored then and now."""

    metric: AnyMetric
    before: float
    now: float
    difference: Estimate
    """Now minus before."""
    worse: tuple[str, ...]
    """Ids of examples."""
    better: tuple[str, ...]

    @property
    def direction(self) -> Direction:
        if not (self.worse or self.better):
            return Direction.SAME
        if abs(self.difference.mean) < NEGLIGIBLE * abs(self.before):
            return Direction.CHANCE
        sign = _sign(self.metric)
        ends = sign * self.difference.low, sign * self.difference.high
        if max(ends) < 0:
            return Direction.WORSE
        return Direction.BETTER if min(ends) > 0 else Direction.CHANCE


def changes(report: Report, accepted: Accepted) -> dict[str, Change | None]:
    """By key of each metric that was accepted; None where it isn't scored any more.

    Whether a question applies to an example may depend on the answer, as that of citations does:
    only examples that both have are compared.
    """
    metrics = dict(report.suite.metrics())
    return {
        key: change(metrics[key], scores, report.scores(key)) if key in metrics else None
        for key, scores in accepted.scores.items()
        if scores
    }


def change(
    metric: AnyMetric, accepted: Mapping[str, float], now: Mapping[str, float]
) -> Change | None:
    """None if they have no example in common. Args: accepted, now: scores by example id."""
    ids = sorted(accepted.keys() & now.keys())
    if not ids:
        return None
    now, sign = {each: kept(now[each]) for each in ids}, _sign(metric)
    return Change(
        metric,
        fmean(accepted[each] for each in ids),
        fmean(now[each] for each in ids),
        paired_bootstrap([now[each] for each in ids], [accepted[each] for each in ids]),
        tuple(each for each in ids if sign * now[each] < sign * accepted[each]),
        tuple(each for each in ids if sign * now[each] > sign * accepted[each]),
    )


def _sign(metric: AnyMetric) -> int:
    return -1 if metric.lower_is_better else 1
