"""What stops a change: a missed threshold, or scores worse than those that were accepted last.

`evals/changes.py` tells what is worse. Thresholds stand in the suites (`evals/suites`), for what no
change may go below, whatever was accepted.
"""

from evals.baseline import Baseline
from evals.changes import Change, Direction, changes
from evals.report import Report

OTHER = (
    "{suite}: {dataset} has other questions than the accepted scores are of. Look at the new ones,"
    " then accept them: --accept."
)


def failures(report: Report, baseline: Baseline) -> list[str]:
    """One line for each metric that stops the change; none if it may be merged."""
    return [*missed(report), *losses(report, baseline)]


def missed(report: Report) -> list[str]:
    """The thresholds that aren't reached; `unscored` lists metrics that have no score."""
    found = []
    for key, metric in report.suite.metrics():
        estimate = report.estimates[key]
        name = f"{report.suite.name} {key}"
        if estimate is None or not metric.is_missed(estimate.mean):
            continue
        if metric.at_least is not None and estimate.mean < metric.at_least:
            found.append(f"{name} is {estimate.mean:.4f}, below its floor of {metric.at_least}.")
        else:
            found.append(f"{name} is {estimate.mean:.4f}, above its ceiling of {metric.at_most}.")
    return found


def unscored(report: Report) -> list[str]:
    """One line for each threshold that is skipped, since no example has what its metric needs.

    A dataset may leave optional fields out, such as `key_facts`.
    """
    return [
        f"{report.suite.name} {key} is skipped: no example could be scored on it."
        for key, metric in report.suite.metrics()
        if metric.threshold is not None and report.estimates[key] is None
    ]


def losses(report: Report, baseline: Baseline) -> list[str]:
    """The metrics that are worse beyond chance, with their examples; none if nothing was accepted.

    A metric that was accepted and isn't scored on any of these examples any more is lost too.
    """
    accepted = baseline.accepted(report.header)
    if accepted is None:
        return []
    if accepted.digest != report.header.digest:
        return [OTHER.format(suite=report.suite.name, dataset=report.dataset.name)]
    found = [
        _lost(f"{report.suite.name} {key}", change)
        for key, change in changes(report, accepted).items()
    ]
    return [each for each in found if each]


def _lost(name: str, change: Change | None) -> str | None:
    """What is told of a metric that is worse."""
    if change is None:
        return f"{name} isn't scored any more."
    if change.direction is not Direction.WORSE:
        return None
    return (
        f"{name} {'rose' if change.metric.lower_is_better else 'fell'} from"
        f" {change.before:.3f} to {change.now:.3f} (95 % interval of the difference"
        f" {change.difference.low:+.3f} to {change.difference.high:+.3f})."
        f" Worse: {', '.join(change.worse)}. Better: {', '.join(change.better) or 'none'}."
    )
