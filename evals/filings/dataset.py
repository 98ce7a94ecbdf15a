"""Writes the sample filings, their questions and the truth about their figures to a folder."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.filings.companies import COMPANIES
from evals.filings.plan import Company
from evals.filings.question_lines import question_line
from evals.filings.questions.catalogue import ask
from evals.filings.report import Report
from evals.filings.sheet import build_sheet
from evals.filings.tables import Figure


@dataclass(frozen=True)
class Dataset:
    folder: Path
    pages: dict[str, int]  # doc_name -> pages
    n_questions: int
    n_figures: int


def write_dataset(folder: Path, *, companies: Sequence[Company] | None = None) -> Dataset:
    """Writes `pdfs/*.pdf`, `questions.jsonl` and `figures.jsonl`: the same bytes every time.

    Without `companies`, all six filings of `COMPANIES`; `SMALL` is a pair for tests.
    """
    (folder / "pdfs").mkdir(parents=True, exist_ok=True)
    sheets = [
        build_sheet(Report(company, *filing))
        for company in companies or COMPANIES
        for filing in company.filings
    ]
    by_name = {sheet.report.doc_name: sheet for sheet in sheets}
    for name, sheet in by_name.items():
        (folder / "pdfs" / f"{name}.pdf").write_bytes(sheet.pdf)
    questions = [question_line(question, by_name) for question in ask(sheets)]
    figures = [_figure_line(figure) for sheet in sheets for figure in sheet.figures]
    _write_lines(folder / "questions.jsonl", questions)
    _write_lines(folder / "figures.jsonl", figures)
    pages = {name: len(sheet.reader.pages) for name, sheet in by_name.items()}
    return Dataset(folder, pages, len(questions), len(figures))


def _figure_line(figure: Figure) -> dict[str, object]:
    return {
        "doc_name": figure.doc_name,
        "statement": figure.statement,
        "row_label": figure.row_label,
        "period": figure.period,
        "value": str(figure.value),
        "unit": figure.unit,
        "scale": figure.scale,
        "printed": figure.printed,
        "page": figure.page,
    }


def _write_lines(path: Path, records: Iterable[dict[str, object]]) -> None:
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path.write_text(text, encoding="utf-8")
