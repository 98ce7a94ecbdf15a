"""The scores that were accepted last, example by example: a change must not lower them.

A metric is lost when the paired bootstrap's interval of its difference lies below 0 as a whole: on
70 examples that takes four or five of them, in one direction. Floors (`evals/gates.toml`) are for
what no change may go below, whatever was accepted.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from statistics import fmean
from typing import Any

from evals.bootstrap import paired_bootstrap
from evals.datasets import Dataset
from evals.report import Report

OTHER = (
    "{suite}: {dataset} has other questions than the accepted scores are of. Look at the new ones,"
    " then accept them: --accept."
)
BASELINE = Path(__file__).with_name("baseline.json")


def losses(report: Report, dataset: Dataset, file: Path | None = None) -> list[str]:
    """One line for each metric that is lost, naming the examples; none if nothing was accepted.

    A metric that was accepted and isn't scored on any of these examples any more is lost too.
    """
    accepted = _read(file or BASELINE).get(report.suite, {}).get(dataset.name)
    if accepted is None:
        return []
    if accepted["digest"] != dataset.digest:
        return [OTHER.format(suite=report.suite, dataset=dataset.name)]
    found = [
        _lost(f"{report.suite} {metric}", scores, report.scores.get(metric, {}))
        for metric, scores in accepted["scores"].items()
    ]
    return [each for each in found if each]


def accept(report: Report, dataset: Dataset, file: Path | None = None) -> None:
    """Let later changes be held against these scores."""
    file = file or BASELINE
    kept = _read(file)
    scores = {metric: dict(by_id) for metric, by_id in report.scores.items()}
    kept.setdefault(report.suite, {})[dataset.name] = {"digest": dataset.digest, "scores": scores}
    file.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _read(file: Path) -> dict[str, Any]:
    known: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return known


def _lost(metric: str, accepted: Mapping[str, float], now: Mapping[str, float]) -> str | None:
    """What is told of a metric that is lower beyond chance, on the examples that both have.

    Whether a question applies to an example may depend on the answer, as that of citations does.
    """
    ids = sorted(accepted.keys() & now.keys())
    if not ids:
        return f"{metric} isn't scored any more." if accepted else None
    difference = paired_bootstrap([now[each] for each in ids], [accepted[each] for each in ids])
    if difference.high >= 0:
        return None
    worse = [each for each in ids if now[each] < accepted[each]]
    better = [each for each in ids if now[each] > accepted[each]]
    return (
        f"{metric} fell from {fmean(accepted[each] for each in ids):.3f} to"
        f" {fmean(now[each] for each in ids):.3f} (95 % interval of the difference"
        f" {difference.low:+.3f} to {difference.high:+.3f}). Worse: {', '.join(worse)}."
        f" Better: {', '.join(better) or 'none'}."
    )
