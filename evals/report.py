"""What an eval run found: metrics with their intervals, example by example."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import fmean
from typing import Any

from rich.console import Console
from rich.table import Column, Table

from core.errors import InvalidInputError
from evals.bootstrap import Estimate, bootstrap
from evals.datasets import Dataset
from evals.examples import Example
from evals.results import Header, Row
from evals.suite import AnySuite, metric_key

MOST_COLUMNS = 5
NONE = "\N{EN DASH}"
"""Where a table has no room for words."""
OTHER_LANGUAGES = "other_languages"
"""A section for examples that are reported and not held against anything."""


@dataclass(frozen=True)
class Report:
    """Stored rows, summed up."""

    suite: AnySuite
    dataset: Dataset
    header: Header
    rows: Sequence[Row]

    @cached_property
    def examples(self) -> dict[str, Example]:
        return {example.id: example for example in self.dataset.examples}

    def scores(self, key: str, examples: Iterable[Example] | None = None) -> dict[str, float]:
        """By example id, the mean of its repetitions, where the metric applies to it.

        Args:
            key: of the metric.
            examples: those that count; the gated ones if left out.
        """
        chosen = self.gated if examples is None else examples
        return {
            example.id: fmean(found)
            for example in chosen
            if (found := [row.scores[key] for row in self._of(example) if key in row.scores])
        }

    @cached_property
    def gated(self) -> list[Example]:
        return [example for example in self.dataset.examples if example.is_gated]

    @cached_property
    def others(self) -> list[Example]:
        """In other languages."""
        return [example for example in self.dataset.examples if not example.is_gated]

    @cached_property
    def estimates(self) -> dict[str, Estimate | None]:
        """By metric key; None where nothing could be scored."""
        return {
            key: bootstrap(list(scores.values())) if (scores := self.scores(key)) else None
            for key, _ in self.suite.metrics()
        }

    @cached_property
    def sections(self) -> dict[str, dict[str, float | int | None]]:
        """Metrics by section, `n` first; other languages have a section of their own."""
        found: dict[str, dict[str, float | int | None]] = {
            section: {
                "n": len(self.gated),
                **{name: _rounded(self.estimates[metric_key(section, name)]) for name in metrics},
            }
            for section, metrics in self.suite.sections.items()
        }
        if self.others:
            found[OTHER_LANGUAGES] = {"n": len(self.others), **self._means(self.others)}
        return found

    @cached_property
    def by_category(self) -> dict[str, dict[str, float | int | None]]:
        """The last section's metrics, by what makes questions hard."""
        return self._grouped((example.category, example) for example in self.gated)

    @cached_property
    def by_language(self) -> dict[str, dict[str, float | int | None]]:
        """The same of examples in other languages, which hold nothing up."""
        return self._grouped((example.language, example) for example in self.others)

    @property
    def errors(self) -> list[str]:
        """One line for each score that couldn't be made."""
        return [
            f"{row.example_id}: {key}: {reason}"
            for row in self.rows
            for key, reason in row.errors.items()
        ]

    def to_json(self) -> dict[str, Any]:
        return {
            "suite": self.suite.name,
            "dataset": self.dataset.name,
            **self.sections,
            "intervals": {
                key: [round(each.low, 4), round(each.high, 4)]
                for key, each in self.estimates.items()
                if each
            },
            "by_category": self.by_category,
            "run": self.header.model_dump(mode="json"),
            **self.header.notes,
            "errors": self.errors,
            "examples": [self._record(row) for row in self._in_order()],
        }

    def _grouped(
        self, examples: Iterable[tuple[str, Example]]
    ) -> dict[str, dict[str, float | int | None]]:
        """Args: examples: each with its group."""
        groups: dict[str, list[Example]] = {}
        for group, example in examples:
            groups.setdefault(group, []).append(example)
        return {
            group: {"n": len(members), **self._means(members)}
            for group, members in sorted(groups.items())
        }

    def _means(self, examples: Sequence[Example]) -> dict[str, float | None]:
        section = list(self.suite.sections)[-1]
        means: dict[str, float | None] = {}
        for name in self.suite.sections[section]:
            scores = self.scores(metric_key(section, name), examples).values()
            means[name] = round(fmean(scores), 4) if scores else None
        return means

    @cached_property
    def _by_example(self) -> dict[str, list[Row]]:
        rows: dict[str, list[Row]] = {}
        for row in self.rows:
            rows.setdefault(row.example_id, []).append(row)
        return rows

    def _of(self, example: Example) -> list[Row]:
        return self._by_example.get(example.id, [])

    def _in_order(self) -> Iterable[Row]:
        return (row for example in self.dataset.examples for row in self._of(example))

    def _record(self, row: Row) -> dict[str, Any]:
        """Everything that a look at a failure takes."""
        example = self.examples[row.example_id]
        return {
            "id": example.id,
            "category": example.category,
            "question": example.question,
            "gold": example.answer,
            "evidence_pages": [f"{page[0]}, page {page[1]}" for page in sorted(example.evidence)],
            "scores": row.scores,
            "comments": row.comments,
            "errors": row.errors,
            **row.outcome,
        }


def print_report(report: Report, console: Console) -> None:
    """Sections side by side, then categories below one another."""
    sections = report.sections
    names = list(dict.fromkeys(name for section in sections.values() for name in section))
    title = f"{report.suite.name} on {report.dataset.name}"
    table = Table("metric", *sections, title=title)
    for name in names:
        cells = (_with_interval(report, section, name) for section in sections)
        table.add_row(name, *cells)
    console.print(table)
    if len(report.by_category) > 1:
        print_rows("by category", _telling(report.by_category), console)
    notes = {"model": report.header.model, **report.header.notes}
    for name, note in notes.items():
        console.print(f"{name}:{_in_lines(note)}", markup=False)


def print_rows(
    title: str, rows: Mapping[str, Mapping[str, float | int | None]], console: Console
) -> None:
    """A table with metrics across."""
    metrics = list(dict.fromkeys(name for row in rows.values() for name in row))
    folding = (Column(metric, overflow="fold") for metric in metrics)
    table = Table(Column(no_wrap=True), *folding, title=title)
    for name, row in rows.items():
        table.add_row(name, *(cell(row.get(metric), NONE) for metric in metrics))
    console.print(table)


def write_json(found: Mapping[str, object], path: Path) -> None:
    write_text(f"{json.dumps(found, ensure_ascii=False, indent=2)}\n", path)


def write_text(text: str, path: Path) -> None:
    """Args: path: of the file; its folder is made.

    Raises:
        InvalidInputError: it can't be written there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InvalidInputError(f"{path} can't be written: {error.strerror}.") from error


def cell(value: float | None, none: str = "none scored") -> str:
    """As tables print it."""
    if value is None:
        return none
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def _with_interval(report: Report, section: str, name: str) -> str:
    if name not in report.sections[section]:
        return ""
    value = cell(report.sections[section][name])
    estimate = report.estimates.get(metric_key(section, name))
    return f"{value} [{estimate.low:.3f}, {estimate.high:.3f}]" if estimate else value


def _telling(
    categories: Mapping[str, Mapping[str, float | int | None]],
) -> dict[str, dict[str, float | int | None]]:
    """The metrics that differ most between categories: a terminal has no room for all."""
    spread: dict[str, float] = {}
    for name in dict.fromkeys(name for row in categories.values() for name in row):
        values = [value for row in categories.values() if (value := row.get(name)) is not None]
        if name != "n" and values and max(values) > min(values):
            spread[name] = (max(values) - min(values)) / max(values)
    widest = sorted(spread, key=lambda name: -spread[name])[:MOST_COLUMNS]
    kept = ["n", *(name for name in spread if name in widest)]
    return {
        category: {name: row.get(name) for name in kept} for category, row in categories.items()
    }


def _rounded(estimate: Estimate | None) -> float | None:
    return round(estimate.mean, 4) if estimate else None


def _in_lines(note: object) -> str:
    """A note of several parts has a line for each."""
    if not isinstance(note, Mapping):
        return f" {note}"
    return "".join(f"\n  {name}: {part}" for name, part in note.items())
