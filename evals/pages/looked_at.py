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
from evals.targets.asking import Run, ToolStep
from evals.targets.searching import Found

PAGES = 10
"""Of those that a search found."""


@dataclass(frozen=True)
class Scored:
    """By one metric."""

    key: str
    value: float
    comment: str
    is_short: bool
    """Whether it is less than 1 where more is better."""


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
    scores: list[Scored]
    errors: Mapping[str, str]
    failure: str | None
    asked: Asked | None = None
    rankings: list[Ranking] | None = None
    stored: str = ""
    """The outcome as it is stored, where it is neither."""


def look_at(report: Report, row: Row) -> LookedAt:
    example = report.examples[row.example_id]
    return LookedAt(
        example,
        row.repetition + 1 if report.header.repetitions > 1 else None,
        _scores(report, row),
        row.errors,
        row.outcome.get("failure"),
        **_outcome(report, row, example),
    )


def _scores(report: Report, row: Row) -> list[Scored]:
    return [
        Scored(
            key,
            row.scores[key],
            row.comments.get(key, ""),
            is_short=row.scores[key] < 1 and not metric.lower_is_better,
        )
        for key, metric in report.suite.metrics()
        if key in row.scores
    ]


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
