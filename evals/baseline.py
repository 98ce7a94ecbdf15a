"""The scores that were accepted last, example by example, and the means of all that were before."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.report import Report
from evals.results import Header

FILE = Path(__file__).with_name("baseline.json")
HISTORY = Path(__file__).with_name("history.jsonl")


@dataclass(frozen=True)
class Accepted:
    """What a run is held against."""

    digest: int
    """Of the dataset."""
    scores: dict[str, dict[str, float]]
    """By metric key and example id."""


class Baseline:
    """`evals/baseline.json`: by suite, dataset and model."""

    def __init__(self, file: Path | None = None, history: Path | None = None) -> None:
        """Args: file, history: the committed ones if left out."""
        self._file = file or FILE
        self._history = history or (file.with_name(HISTORY.name) if file else HISTORY)

    def accepted(self, header: Header) -> Accepted | None:
        """None if nothing was."""
        of_suite = self._read().get(header.suite, {})
        found = of_suite.get(header.dataset, {}).get(header.model)
        if found is None:
            return None
        scores = {
            key: {
                each: score
                for each, score in zip(found["examples"], scores, strict=True)
                if score is not None
            }
            for key, scores in found["scores"].items()
        }
        return Accepted(found["digest"], scores)

    def accept(self, report: Report) -> None:
        """Hold later changes against these scores, and keep their means for the trend."""
        header, known = report.header, self._read()
        by_model = known.setdefault(header.suite, {}).setdefault(header.dataset, {})
        by_model[header.model] = _accepted(report)
        self._file.write_text(_a_list_a_line(known), encoding="utf-8")
        means = header.model_dump(mode="json", exclude={"notes"}) | {"sections": report.sections}
        with self._history.open("a", encoding="utf-8") as history:
            history.write(json.dumps(means) + "\n")

    def history(self) -> list[dict[str, Any]]:
        """What was accepted, oldest first: a header's fields, and `sections`."""
        if not self._history.exists():
            return []
        lines = self._history.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    def _read(self) -> dict[str, Any]:
        if not self._file.exists():
            return {}
        known: dict[str, Any] = json.loads(self._file.read_text(encoding="utf-8"))
        return known


def kept(score: float) -> float:
    """As precisely as scores are stored: less is no difference."""
    return round(score, 4)


def _accepted(report: Report) -> dict[str, Any]:
    """Examples once, and for each metric a list of their scores; null where it doesn't apply."""
    ids = [example.id for example in report.gated]
    scores = {
        key: [kept(found[each]) if each in found else None for each in ids]
        for key, metric in report.suite.metrics()
        if metric.is_compared
        for found in [report.scores(key)]
    }
    return {"digest": report.header.digest, "examples": ids, "scores": scores}


def _a_list_a_line(known: dict[str, Any]) -> str:
    text = json.dumps(known, indent=1, sort_keys=True)
    return re.sub(r"\[[^\[\]]*\]", lambda found: re.sub(r"\n\s*", " ", found[0]), text) + "\n"
