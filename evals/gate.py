"""What stops a change: a missed threshold, or scores worse than those that were accepted last.

A metric is lost when the paired bootstrap's interval of its difference lies on the bad side of 0 as
a whole: on 300 examples that takes five of them, in one direction. Thresholds stand in the suites
(`evals/suites`), for what no change may go below, whatever was accepted.
"""

from collections.abc import Mapping
from statistics import fmean
from typing import Any

from evals.baseline import Baseline
from evals.bootstrap import paired_bootstrap
from evals.report import Report
from evals.suite import Metric

OTHER = (
    "{suite}: {dataset} has other questions than the accepted scores are of. Look at the new ones,"
    " then accept them: --accept."
)


def failures(report: Report, baseline: Baseline) -> list[str]:
    """One line for each metric that stops the change; none if it may be merged."""
    return [*missed(report), *losses(report, baseline)]


def missed(report: Report) -> list[str]:
    """The thresholds that aren't reached; a metric that nothing could be scored on isn't."""
    found = []
    for key, metric in report.suite.metrics():
        estimate = report.estimates[key]
        name = f"{report.suite.name} {key}"
        if metric.at_least is None and metric.at_most is None:
            continue
        if estimate is None:
            found.append(f"{name} isn't scored on any example.")
        elif metric.at_least is not None and estimate.mean < metric.at_least:
            found.append(f"{name} is {estimate.mean:.4f}, below its floor of {metric.at_least}.")
        elif metric.at_most is not None and estimate.mean > metric.at_most:
            found.append(f"{name} is {estimate.mean:.4f}, above its ceiling of {metric.at_most}.")
    return found


def losses(report: Report, baseline: Baseline) -> list[str]:
    """The metrics that are worse beyond chance, with their examples; none if nothing was accepted.

    A metric that was accepted and isn't scored on any of these examples any more is lost too.
    """
    accepted = baseline.accepted(report.header)
    if accepted is None:
        return []
    if accepted.digest != report.header.digest:
        return [OTHER.format(suite=report.suite.name, dataset=report.dataset.name)]
    metrics = dict(report.suite.metrics())
    found = [
        _lost(f"{report.suite.name} {key}", metrics.get(key), scores, report.scores(key))
        for key, scores in accepted.scores.items()
    ]
    return [each for each in found if each]


def _lost(
    name: str,
    metric: Metric[Any] | None,
    accepted: Mapping[str, float],
    now: Mapping[str, float],
) -> str | None:
    """What is told of a metric that is worse, on the examples that both have.

    Whether a question applies to an example may depend on the answer, as that of citations does.
    """
    ids = sorted(accepted.keys() & now.keys())
    if metric is None or not ids:
        return f"{name} isn't scored any more." if accepted else None
    sign = -1 if metric.lower_is_better else 1
    change = paired_bootstrap([now[each] for each in ids], [accepted[each] for each in ids])
    if max(sign * change.low, sign * change.high) >= 0:
        return None
    worse = [each for each in ids if sign * now[each] < sign * accepted[each]]
    better = [each for each in ids if sign * now[each] > sign * accepted[each]]
    return (
        f"{name} {'rose' if metric.lower_is_better else 'fell'} from"
        f" {fmean(accepted[each] for each in ids):.3f} to"
        f" {fmean(now[each] for each in ids):.3f} (95 % interval of the difference"
        f" {change.low:+.3f} to {change.high:+.3f}). Worse: {', '.join(worse)}."
        f" Better: {', '.join(better) or 'none'}."
    )
