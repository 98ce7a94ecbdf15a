"""Writes the sample filings, their questions and the truth about their figures to a folder."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.filings.companies import COMPANIES
from evals.filings.plan import Company
from evals.filings.questions import Question, ask
from evals.filings.report import Report
from evals.filings.sheet import Sheet, build_sheet
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
    questions: list[dict[str, object]] = []
    figures: list[dict[str, object]] = []
    pages: dict[str, int] = {}
    for company in companies or COMPANIES:
        for fiscal_year, quarter in company.filings:
            sheet = build_sheet(Report(company, fiscal_year, quarter))
            name = sheet.report.doc_name
            (folder / "pdfs" / f"{name}.pdf").write_bytes(sheet.pdf)
            pages[name] = len(sheet.reader.pages)
            questions += [
                _question_line(sheet, question, number)
                for number, question in enumerate(ask(sheet), len(questions) + 1)
            ]
            figures += [_figure_line(figure) for figure in sheet.figures]
    _write_lines(folder / "questions.jsonl", questions)
    _write_lines(folder / "figures.jsonl", figures)
    return Dataset(folder, pages, len(questions), len(figures))


def _question_line(sheet: Sheet, question: Question, number: int) -> dict[str, object]:
    report = sheet.report
    return {
        "financebench_id": f"sample_{number:04}",
        "company": report.company.name,
        "doc_name": report.doc_name,
        "question_type": question.question_type,
        "question_reasoning": question.reasoning,
        "domain_question_num": None,
        "question": question.question,
        "answer": question.answer,
        "justification": question.justification,
        "dataset_subset_label": "SAMPLE",
        "evidence": [
            {
                "evidence_text": piece.text,
                "doc_name": report.doc_name,
                "evidence_page_num": piece.page,
                "evidence_text_full_page": sheet.page_text(piece.page),
            }
            for piece in question.evidence
        ],
        "doc_type": report.doc_type,
        "doc_period": report.fiscal_year,
        "gics_sector": report.company.sector,
        "doc_link": None,
    }


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
