"""What a reader sees of an example: question, gold answer, scores, and what the target gave."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from evals.examples import Example, PageRef
from evals.pages.statements import Statements, statements
from evals.report import Report
from evals.results import Row
from evals.suite import AnyMetric, metric_key
from evals.targets.asking import Run, ToolStep
from evals.targets.searching import Found

PAGES = 10
"""Of those that a search found."""


@dataclass(frozen=True)
class Scored:
    """By one metric."""

    value: float
    comment: str
    is_short: bool
    """Whether it is less than the best, or a fault; costs never are."""


@dataclass(frozen=True)
class ScoreRow:
    """By one metric in each section; None where it doesn't apply."""

    name: str
    scores: list[Scored | None]

    @property
    def comments(self) -> str:
        return "; ".join(each.comment for each in self.scores if each and each.comment)

    @property
    def short(self) -> float | None:
        """The least of those that fall short."""
        values = (each.value for each in self.scores if each and each.is_short)
        return min(values, default=None)


@dataclass(frozen=True)
class Call:
    """A tool call, laid out to be read."""

    tool: str
    arguments: str
    result: str
    succeeded: bool


@dataclass(frozen=True)
class Asked:
    """What the copilot answered."""

    run: Run
    statements: list[Statements]
    calls: list[Call]


@dataclass(frozen=True)
class Ranking:
    """What a search found."""

    section: str
    pages: list[tuple[PageRef, bool]]
    """Best first, each with whether the gold answer stands there."""
    texts: Sequence[str]


@dataclass(frozen=True)
class LookedAt:
    """An example of a run."""

    example: Example
    repetition: int | None
    """From 1; None where each question is asked once."""
    sections: list[str]
    scores: list[ScoreRow]
    errors: Mapping[str, str]
    failure: str | None
    """Why there is no answer."""
    asked: Asked | None = None
    rankings: list[Ranking] | None = None
    stored: str = ""
    """The outcome as it is stored, where it is neither."""

    @property
    def has_comments(self) -> bool:
        return any(row.comments for row in self.scores)


def look_at(report: Report, row: Row) -> LookedAt:
    example = report.examples[row.example_id]
    return LookedAt(
        example,
        row.repetition + 1 if report.header.repetitions > 1 else None,
        list(report.suite.sections),
        _scores(report, row),
        row.errors,
        row.outcome.get("failure"),
        **_outcome(report, row, example),
    )


def _scores(report: Report, row: Row) -> list[ScoreRow]:
    sections = report.suite.sections
    names = dict.fromkeys(name for metrics in sections.values() for name in metrics)
    rows = [
        ScoreRow(name, [_score(row, section, name, sections[section]) for section in sections])
        for name in names
    ]
    return [each for each in rows if any(each.scores)]


def _score(row: Row, section: str, name: str, metrics: Mapping[str, AnyMetric]) -> Scored | None:
    key = metric_key(section, name)
    if name not in metrics or key not in row.scores:
        return None
    value = row.scores[key]
    is_short = (metrics[name].lack(value) or 0) > 0
    return Scored(value, row.comments.get(key, ""), is_short)


def _outcome(report: Report, row: Row, example: Example) -> dict[str, Any]:
    if not row.outcome:
        return {}
    try:
        outcome = report.suite.outcome.model_validate(row.outcome)
    except ValidationError:  # it was stored by an older version
        outcome = None
    if isinstance(outcome, Run):
        calls = [_call(step) for step in outcome.tool_steps]
        return {"asked": Asked(outcome, statements(outcome, example), calls)}
    if isinstance(outcome, Found):
        return {"rankings": _rankings(outcome, example)}
    return {"stored": _laid_out(row.outcome)}


def _call(step: ToolStep) -> Call:
    try:
        result = _laid_out(json.loads(step.result))
    except ValueError:
        result = step.result
    return Call(step.tool, _laid_out(step.arguments), result, step.succeeded)


def _rankings(found: Found, example: Example) -> list[Ranking]:
    return [
        Ranking(
            name.replace("_", " "),
            [(page, page in example.evidence) for page in ranked.pages[:PAGES]],
            ranked.texts,
        )
        for name, ranked in (
            ("own_document", found.own_document),
            ("all_documents", found.all_documents),
        )
        if ranked.pages
    ]


def _laid_out(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
