"""One run against another on the same examples."""

from evals.bootstrap import Estimate, paired_bootstrap
from evals.report import Report
from evals.suite import metric_key


def gains(ours: Report, theirs: Report) -> dict[str, dict[str, list[float]]]:
    """By section and metric: ours minus theirs, as mean and 95 % interval."""
    return {
        section: {
            name: _rounded(estimate)
            for name in metrics
            if (estimate := _gain(ours, theirs, metric_key(section, name)))
        }
        for section, metrics in ours.suite.sections.items()
    }


def _gain(ours: Report, theirs: Report, key: str) -> Estimate | None:
    """On the examples that both could be scored on."""
    us, them = ours.scores(key), theirs.scores(key)
    ids = sorted(us.keys() & them.keys())
    if not ids:
        return None
    return paired_bootstrap([us[each] for each in ids], [them[each] for each in ids])


def _rounded(estimate: Estimate) -> list[float]:
    return [round(value, 3) for value in (estimate.mean, estimate.low, estimate.high)]
