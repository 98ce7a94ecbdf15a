"""Writes the documents of the world, the questions on them and the truth about their figures."""

import json
from collections.abc import Iterable
from pathlib import Path

from evals.filings.dataset import Dataset
from evals.filings.world.catalogue import DOCUMENTS
from evals.filings.world.content import Document
from evals.filings.world.drawing import render
from evals.filings.world.question_lines import question_line
from evals.filings.world.truth import Cell, cells


def write_world(folder: Path, documents: Iterable[Document] = DOCUMENTS) -> Dataset:
    """Writes `pdfs/*.pdf`, `questions.jsonl` and `figures.jsonl`: the same bytes every time."""
    written = tuple(documents)
    (folder / "pdfs").mkdir(parents=True, exist_ok=True)
    for each in written:
        (folder / "pdfs" / f"{each.name}.pdf").write_bytes(render(each))
    questions = [question_line(ask, each) for each in written for ask in each.asks]
    figures = [_figure_line(cell, each) for each in written for cell in cells(each)]
    _write_lines(folder / "questions.jsonl", questions)
    _write_lines(folder / "figures.jsonl", figures)
    pages = {each.name: len(each.pages) for each in written}
    return Dataset(folder, pages, len(questions), len(figures))


def _figure_line(cell: Cell, document: Document) -> dict[str, object]:
    return {"doc_name": document.name} | vars(cell) | {"value": str(cell.value)}


def _write_lines(path: Path, records: Iterable[dict[str, object]]) -> None:
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path.write_text(text, encoding="utf-8")
