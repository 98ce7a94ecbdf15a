"""The compared metrics over commits, drawn and told."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from evals.pages.drawing.trend_line import Mark, trend_line
from evals.pages.numbers import number
from evals.pages.points import Point
from evals.report import Report

MOST = 30
"""Commits; older ones are left out."""


@dataclass(frozen=True)
class Trend:
    """One metric."""

    key: str
    drawing: Markup
    values: list[float | None]
    """By point."""

    @property
    def has_moved(self) -> bool:
        """As far as it is printed."""
        return len({number(value) for value in self.values if value is not None}) > 1


@dataclass(frozen=True)
class Trends:
    """Of a run and those before."""

    points: list[Point]
    trends: list[Trend]
    digest: int
    """Of the questions that are asked now."""

    @property
    def moved(self) -> list[Trend]:
        return [trend for trend in self.trends if trend.has_moved]

    @property
    def unmoved(self) -> list[Trend]:
        return [trend for trend in self.trends if not trend.has_moved]

    @property
    def has_other_questions(self) -> bool:
        """Whether some points can't be compared."""
        return any(point.digest != self.digest for point in self.points)


def trends_of(report: Report, points: Sequence[Point]) -> Trends:
    shown = list(points)[-MOST:]
    digest = report.header.digest
    compared = [key for key, metric in report.suite.metrics() if metric.is_compared]
    drawn = [_trend(key, shown, digest) for key in compared if any(key in p.means for p in shown)]
    return Trends(shown, drawn, digest)


def _trend(key: str, points: Sequence[Point], digest: int) -> Trend:
    marks = [
        Mark(
            point.means[key],
            point.commit,
            _title(point, point.means[key], digest),
            point.is_accepted,
            point.digest == digest,
        )
        for point in points
        if key in point.means
    ]
    label = f"{key}: " + ", ".join(f"{number(each.value)} at {each.commit}" for each in marks)
    return Trend(key, trend_line(marks, label), [point.means.get(key) for point in points])


def _title(point: Point, value: float, digest: int) -> str:
    told = [f"{number(value)} at {point.commit}, {point.started:%Y-%m-%d %H:%M}"]
    if point.is_accepted:
        told.append("accepted")
    if point.digest != digest:
        told.append("other questions")
    return ", ".join(told)
