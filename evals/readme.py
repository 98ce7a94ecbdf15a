"""Writes what was accepted last into README: no figure of it is typed by hand."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from core.errors import InvalidInputError
from evals.baseline import Baseline
from evals.datasets import SAMPLES
from evals.evaluation import NO_MODEL
from evals.report import cell

README = Path(__file__).parents[1] / "README.md"
START, END = "<!-- copilot eval readme: start -->", "<!-- copilot eval readme: end -->"
SHOWN = (
    ("retrieval", "all_documents", "page_hit@1", "the page that answers is found first"),
    ("retrieval", "all_documents", "page_hit@5", "... or among the five best"),
    ("retrieval", "all_documents", "ndcg@10", "all pages that answer, by their ranks"),
    ("answers", "all_documents", "figure_correct", "the answer states the right figures"),
    ("answers", "all_documents", "wrong_figure", "... or states another one: less is better"),
    ("answers", "all_documents", "key_facts", "... and the right facts, nothing contradicting"),
    ("answers", "all_documents", "refused", "says so where no filing tells"),
    ("answers", "all_documents", "citation_support", "every figure is cited or computed"),
    ("answers", "all_documents", "citation_recall", "... in its own line"),
    ("answers", "all_documents", "cited_page_hit", "cites a page that answers"),
    ("trajectory", "all_documents", "right_tools", "calls the tools that a good run calls"),
    ("trajectory", "all_documents", "right_arguments", "... with the right arguments"),
)


def rewrite(readme: Path = README, baseline: Baseline | None = None) -> None:
    """Put the table between the marks.

    Raises:
        InvalidInputError: the marks are gone, or nothing was accepted.
    """
    text = readme.read_text(encoding="utf-8")
    if START not in text or END not in text:
        raise InvalidInputError(f"{readme} has no {START} ... {END}.")
    made = f"{START}\n{table((baseline or Baseline()).history())}\n{END}"
    marked = re.compile(f"{re.escape(START)}.*{re.escape(END)}", re.DOTALL)
    readme.write_text(marked.sub(lambda _: made, text), encoding="utf-8")


def table(history: Iterable[Mapping[str, Any]]) -> str:
    """The newest accepted means on the samples, with the models side by side.

    Retrieval asks no model, and stands in the first column.

    Raises:
        InvalidInputError: nothing was accepted.
    """
    newest = {(line["suite"], line["model"]): line for line in history if _counts(line)}
    models = sorted({model for suite, model in newest if suite == "answers"})
    if not models:
        raise InvalidInputError("Nothing was accepted yet: make accept.")
    asked = [f"{model}, {_n(newest['answers', model])} questions" for model in models]
    lines = [
        f"| on the sample filings | {' | '.join(asked)} |",
        "|---" * (1 + len(models)) + "|",
    ]
    for suite, section, metric, meaning in SHOWN:
        asked_of = models if suite != "retrieval" else [NO_MODEL, *models[1:]]
        values = [_value(newest, suite, model, section, metric) for model in asked_of]
        lines.append(f"| {meaning} (`{metric}`) | {' | '.join(values)} |")
    return "\n".join(lines)


def _counts(line: Mapping[str, Any]) -> bool:
    return bool(line["dataset"] == SAMPLES)


def _n(line: Mapping[str, Any]) -> int:
    return int(line["sections"]["all_documents"]["n"])


def _value(
    newest: Mapping[tuple[str, str], Mapping[str, Any]],
    suite: str,
    model: str,
    section: str,
    metric: str,
) -> str:
    line = newest.get((suite, model))
    return cell(line["sections"][section].get(metric)) if line else ""
