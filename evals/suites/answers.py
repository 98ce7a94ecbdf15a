"""Does the whole copilot answer right, from the right place, with figures that can be traced?"""

from dataclasses import dataclass
from statistics import median

from rich.console import Console

from evals.datasets import Dataset
from evals.evaluators.answered import answered
from evals.evaluators.citation_support import citation_support, unsupported_figures
from evals.evaluators.cited_page_hit import cited_page_hit
from evals.evaluators.figure_correct import figure_correct, missing_figures
from evals.report import Metric, Report, by_id, mean
from evals.runs import Run, run_all
from evals.store import Store

COMPARED = ("figure_correct", "citation_support", "cited_page_hit")
"""Not `answered`: to refuse beats a wrong figure."""


@dataclass(frozen=True)
class Scores:
    """Of one answer; None where a question doesn't apply."""

    answered: float
    figure_correct: float | None
    citation_support: float | None
    cited_page_hit: float


async def answers(store: Store, dataset: Dataset, console: Console) -> Report:
    """Ask each question over all documents."""
    runs = [run async for run in run_all(store, dataset, console)]
    scores = [score(run) for run in runs]
    return Report(
        "answers",
        dataset.name,
        {"all_documents": _metrics(scores)},
        [_record(run, scored) for run, scored in zip(runs, scores, strict=True)],
        {
            "models": sorted({run.answer.model for run in runs if run.answer}),
            "seconds_per_question_p50": round(median(run.seconds for run in runs), 3),
            "failed_documents": sorted(store.failures),
        },
        {
            metric: by_id((run.example.id for run in runs), (vars(each)[metric] for each in scores))
            for metric in COMPARED
        },
    )


def score(run: Run) -> Scores:
    """A run that failed answered nothing: it counts as wrong where the gold answer has a figure."""
    citations = run.answer.citations if run.answer else ()
    return Scores(
        answered=answered(run.status, len(citations)),
        figure_correct=figure_correct(run.example.answer, run.text),
        citation_support=citation_support(
            run.text, _sources(run), run.calculated(), run.example.question
        ),
        cited_page_hit=cited_page_hit(run.cited, run.example),
    )


def _sources(run: Run) -> list[str]:
    return [each.passage.text for each in run.answer.citations] if run.answer else []


def _metrics(scores: list[Scores]) -> dict[str, Metric]:
    return {
        "n": len(scores),
        "answered": mean(each.answered for each in scores),
        "n_with_figure": sum(each.figure_correct is not None for each in scores),
        "figure_correct": mean(each.figure_correct for each in scores),
        "citation_support": mean(each.citation_support for each in scores),
        "cited_page_hit": mean(each.cited_page_hit for each in scores),
    }


def _record(run: Run, scored: Scores) -> dict[str, object]:
    """Everything that a look at a failure takes."""
    example = run.example
    unsupported = unsupported_figures(run.text, _sources(run), run.calculated(), example.question)
    return {
        "id": example.id,
        "question": example.question,
        "gold": example.answer,
        "answer": run.text,
        "model": run.answer.model if run.answer else None,
        "status": run.status,
        "failure": run.failure,
        "scores": vars(scored),
        "missing_figures": missing_figures(example.answer, run.text),
        "unsupported_figures": unsupported,
        "cited_pages": [f"{place.document}, page {place.page}" for place in run.cited],
        "evidence_pages": [
            f"{place.document}, page {place.page}" for place in sorted(example.evidence)
        ],
        "seconds": round(run.seconds, 3),
    }
