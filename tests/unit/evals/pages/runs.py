"""Hand-made results of the suites on a small dataset, as they are stored."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from evals.datasets import Dataset
from evals.examples import Category, Example, PageRef
from evals.results import Header, Results, Row
from evals.suites.answers import ANSWERS
from evals.targets.asking import Cited, Run, ToolStep

EVIL = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
"""Text of a document, a question or a model."""
PAGE = PageRef("ACME.pdf", 3)
PASSAGE = f"Statements of income {EVIL}\n(in thousands)\nNet revenue  1,404  1,310\nOther  77  81"
START = datetime(2026, 11, 1, 12, tzinfo=UTC)


def example(at: int, **changes) -> Example:
    plain = Example(
        f"q{at:02}",
        f"What was revenue {at}?",
        f"$1.404 million {at}",
        "ACME.pdf",
        frozenset({PAGE}),
        category=Category.LOOKUP if at % 2 else Category.FOOTNOTE,
    )
    return replace(plain, **changes)


DATASET = Dataset(
    "acme",
    (),
    (*(example(at) for at in range(10)), example(10, language="de", question="Wie viel?")),
)


def run(answer="Revenue was $1.404 million, up 7.2% from $1.31 million [1]", **fields) -> Run:
    citation = Cited(
        number=1, document=PAGE.document, page=PAGE.page, text=PASSAGE, statements=(answer,)
    )
    call = ToolStep(
        tool="calculate",
        arguments={"expression": "growth(1310, 1404)"},
        result='{"value": "7.175"}',
        succeeded=True,
    )
    given = {
        "seconds": 0.5,
        "tokens": 1200,
        "answer": answer,
        "model": "extractive",
        "status": "answered",
        "citations": (citation,),
        "tool_steps": (call,),
    }
    return Run(**given | fields)


def header(**changes) -> Header:
    fields = {
        "suite": "answers",
        "dataset": "acme",
        "digest": DATASET.digest,
        "examples": len(DATASET.examples),
        "model": "extractive",
        "prompt": "system.v1 abc",
        "commit": "0123456789ab",
        "started": START,
    }
    return Header(**fields | changes)


def scores(figure_correct=1.0, **others: float) -> dict[str, float]:
    given = {
        "answered": 1.0,
        "figure_correct": figure_correct,
        "citation_support": 1.0,
        "citation_recall": 1.0,
        "cited_page_hit": 1.0,
        "streamed_whole": 1.0,
    }
    return {f"all_documents {name}": score for name, score in (given | others).items()}


def row(at: int, outcome: Run | None = None, **figures) -> Row:
    return Row(
        example_id=f"q{at:02}",
        outcome=(outcome or run()).model_dump(mode="json"),
        scores=scores(**figures),
        comments={"all_documents figure_correct": f"missing: {EVIL}"},
    )


def store(folder: Path, rows=None, *, days=0, **changes) -> Results:
    """A run, complete unless told otherwise. Args: days: after the first."""
    results = Results.begin(folder, header(started=START + timedelta(days=days), **changes))
    for each in rows if rows is not None else [row(at) for at in range(11)]:
        results.append(each)
    return results


def write_dataset(folder: Path) -> Path:
    """DATASET as a folder."""
    (folder / "pdfs").mkdir(parents=True)
    (folder / "pdfs" / "ACME.pdf").write_bytes(b"%PDF-1.4")
    lines = [
        {
            "financebench_id": each.id,
            "question": each.question,
            "answer": each.answer,
            "doc_name": "ACME",
            "evidence": [{"evidence_page_num": 2, "evidence_text": ""}],
            "category": each.category,
            "language": each.language,
        }
        for each in DATASET.examples
    ]
    text = "".join(f"{json.dumps(line)}\n" for line in lines)
    (folder / "questions.jsonl").write_text(text, encoding="utf-8")
    return folder


def fix_thresholds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are tested with thresholds of their own: the suites' move with what is measured."""
    floors = {"figure_correct": 0.76, "citation_support": 0.98}
    metrics = ANSWERS.sections["all_documents"]
    for name, metric in dict(metrics).items():
        monkeypatch.setitem(metrics, name, replace(metric, at_least=floors.get(name), at_most=None))
