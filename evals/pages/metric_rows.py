"""A suite's table: each metric with its interval, threshold and change."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from evals.bootstrap import Estimate
from evals.changes import Change
from evals.pages.drawing.axis import from_zero
from evals.pages.drawing.interval_bar import interval_bar
from evals.report import Report
from evals.suite import AnyMetric, metric_key


@dataclass(frozen=True)
class MetricRow:
    """Of a table."""

    name: str
    metric: AnyMetric
    estimate: Estimate | None
    """None where nothing could be scored."""
    change: Change | None
    """None where nothing was accepted."""
    bar: Markup

    @property
    def is_missed(self) -> bool:
        """Whether the threshold isn't reached."""
        return self.metric.is_missed(self.estimate.mean if self.estimate else None)


def metric_rows(
    report: Report, section: str, changed: Mapping[str, Change | None]
) -> list[MetricRow]:
    return [
        _row(name, metric, report.estimates[key], changed.get(key))
        for name, metric in report.suite.sections[section].items()
        for key in [metric_key(section, name)]
    ]


def _row(
    name: str, metric: AnyMetric, estimate: Estimate | None, change: Change | None
) -> MetricRow:
    return MetricRow(name, metric, estimate, change, _bar(metric, estimate, change))


def _bar(metric: AnyMetric, estimate: Estimate | None, change: Change | None) -> Markup:
    if estimate is None:
        return Markup("")
    before = change.before if change else None
    drawn = (estimate.low, estimate.high, metric.threshold, before)
    scale = from_zero([value for value in drawn if value is not None])
    return interval_bar(estimate, scale, metric.threshold, before)
