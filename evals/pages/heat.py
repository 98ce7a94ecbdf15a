"""Groups of examples against metrics, shaded from worst to best."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.report import Report
from evals.suite import AnyMetric

LEVELS = 10
Rows = Mapping[str, Mapping[str, float | int | None]]


@dataclass(frozen=True)
class Cell:
    """`level` is 0 for the worst, LEVELS for the best, None where nothing could be scored."""

    value: float | None
    level: int | None


@dataclass(frozen=True)
class HeatRow:
    """A group of examples."""

    name: str
    n: int
    cells: list[Cell]


@dataclass(frozen=True)
class HeatTable:
    """`metrics` across, groups down."""

    metrics: list[str]
    rows: list[HeatRow]


def heat_table(report: Report, groups: Rows) -> HeatTable:
    """Args: groups: of the last section's metrics, as a report has them."""
    metrics = list(report.suite.sections.values())[-1]
    levels = {
        name: _levels(metric, [row[name] for row in groups.values()])
        for name, metric in metrics.items()
    }
    rows = [
        HeatRow(
            group.replace("_", " "),
            int(row["n"] or 0),
            [Cell(row[name], levels[name][at]) for name in metrics],
        )
        for at, (group, row) in enumerate(groups.items())
    ]
    return HeatTable(list(metrics), rows)


def _levels(metric: AnyMetric, values: Sequence[float | None]) -> list[int | None]:
    """Scores from 0 to 1 are shaded as they are, costs among each other."""
    is_cost = metric.lower_is_better and not metric.is_fault
    known = [value for value in values if value is not None]
    low, high = (min(known), max(known)) if is_cost and known else (0.0, 1.0)
    return [None if value is None else _level(value, low, high, metric) for value in values]


def _level(value: float, low: float, high: float, metric: AnyMetric) -> int:
    if high <= low:
        return LEVELS
    share = min(max((value - low) / (high - low), 0.0), 1.0)
    return round((1 - share if metric.lower_is_better else share) * LEVELS)
