"""A metric's values over commits: what was accepted, and what is stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean
from typing import Any

from evals.baseline import kept
from evals.report import Report
from evals.results import Header
from evals.suite import metric_key


@dataclass(frozen=True)
class Point:
    """The means of one run."""

    commit: str
    started: datetime
    digest: int
    """Of the dataset: means of other questions can't be compared."""
    means: Mapping[str, float]
    """By metric key."""
    is_accepted: bool = False
    """Whether later runs were held against it."""


def point_of(report: Report) -> Point:
    scores = {key: report.scores(key).values() for key, _ in report.suite.metrics()}
    means = {key: kept(fmean(found)) for key, found in scores.items() if found}
    header = report.header
    return Point(header.commit, header.started, header.digest, means)


def accepted_points(history: Iterable[Mapping[str, Any]], header: Header) -> list[Point]:
    """Of the same suite, dataset and model."""
    wanted = header.model_dump(include={"suite", "dataset", "model"})
    return [
        Point(
            line["commit"],
            datetime.fromisoformat(line["started"]),
            line["digest"],
            {
                metric_key(section, name): value
                for section, values in line["sections"].items()
                for name, value in values.items()
                if value is not None
            },
            is_accepted=True,
        )
        for line in history
        if all(line[name] == value for name, value in wanted.items())
    ]


def in_order(points: Iterable[Point]) -> list[Point]:
    """Oldest first, one a commit: its last run, or the one that was accepted."""
    newest: dict[str, Point] = {}
    for point in sorted(points, key=lambda each: (each.is_accepted, each.started)):
        newest[point.commit] = point
    return sorted(newest.values(), key=lambda each: each.started)
