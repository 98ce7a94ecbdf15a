"""What a suite found: a table for people, JSON for programs."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean

from rich.console import Console
from rich.table import Column, Table

Metric = float | int | None
"""None where no example could be scored."""


Scores = Mapping[str, Mapping[str, float]]
"""By metric, of each example that it applies to, by its id."""


@dataclass(frozen=True)
class Report:
    """The result of one eval run."""

    suite: str
    dataset: str
    sections: Mapping[str, Mapping[str, Metric]]
    """Metrics by the way they were measured; a section is a column of the table."""
    examples: list[dict[str, object]]
    notes: Mapping[str, object] = field(default_factory=dict)
    """What else belongs to the run: models, seconds, documents that failed."""
    scores: Scores = field(default_factory=dict)
    """What a later run is compared by, example by example."""

    def to_json(self) -> dict[str, object]:
        return {
            "suite": self.suite,
            "dataset": self.dataset,
            **self.sections,
            **self.notes,
            "examples": self.examples,
        }


def by_id(ids: Iterable[str], scores: Iterable[float | None]) -> dict[str, float]:
    """The scores of the examples that a question applied to."""
    return {each: score for each, score in zip(ids, scores, strict=True) if score is not None}


def mean(scores: Iterable[float | None]) -> float | None:
    """Over the examples that a question applied to; None if it applied to none."""
    counted = [score for score in scores if score is not None]
    return round(fmean(counted), 4) if counted else None


def print_report(report: Report, console: Console) -> None:
    """Sections side by side, or below one another where they are more than the metrics."""
    sections = report.sections
    metrics = list(dict.fromkeys(name for section in sections.values() for name in section))
    title = f"{report.suite} on {report.dataset}"
    if len(sections) <= len(metrics):
        table = Table("metric", *sections, title=title)
        for metric in metrics:
            table.add_row(metric, *(_cell(section, metric) for section in sections.values()))
    else:
        folding = (Column(metric, overflow="fold") for metric in metrics)
        table = Table(Column(no_wrap=True), *folding, title=title)
        for name, section in sections.items():
            table.add_row(name, *(_cell(section, metric) for metric in metrics))
    console.print(table)
    for name, note in report.notes.items():
        console.print(f"{name}:{_in_lines(note)}", markup=False)


def write_report(report: Report, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(report.to_json(), ensure_ascii=False, indent=2)
    path.write_text(f"{text}\n", encoding="utf-8")


def _cell(section: Mapping[str, Metric], metric: str) -> str:
    if metric not in section:
        return ""
    value = section[metric]
    if value is None:
        return "none scored"
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def _in_lines(note: object) -> str:
    """A note of several parts has a line for each."""
    if not isinstance(note, Mapping):
        return f" {note}"
    return "".join(f"\n  {name}: {part}" for name, part in note.items())
