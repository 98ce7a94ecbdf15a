"""Figures of the sample filings are found with label, period, unit and scale."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal

import pytest

from evals.filings.dataset import write_dataset
from knowledge.pages import Cell, Page, Row
from knowledge.pdf.reader import read_pages

FOUND = 0.98
SCALES = {"ones": 1, "thousands": 1000, "millions": 10**6}


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    return write_dataset(tmp_path_factory.mktemp("samples")).folder


@pytest.fixture(scope="module")
def figures(samples):
    """By filing."""
    found = defaultdict(list)
    for line in (samples / "figures.jsonl").read_text(encoding="utf-8").splitlines():
        figure = json.loads(line)
        found[figure["doc_name"]].append(figure)
    return found


def cells(page: Page, statement: str) -> Iterator[tuple[Row, Cell]]:
    for table in page.tables:
        if statement in table.caption:
            for row in table.rows:
                yield from ((row, cell) for cell in row.cells)


def is_found(page: Page, figure: dict) -> bool:
    return any(
        figure["row_label"] in {row.label, f"{row.label}: {cell.column}"}
        and cell.value == Decimal(figure["value"])
        and (cell.period, cell.unit) == (figure["period"], figure["unit"])
        and cell.scale == SCALES[figure["scale"]]
        for row, cell in cells(page, figure["statement"])
    )


def test_nearly_every_figure_is_found(samples, figures):
    missed: Counter[tuple[str, str]] = Counter()
    for name, of_filing in figures.items():
        pages = {page.number: page for page in read_pages(samples / "pdfs" / f"{name}.pdf")}
        for figure in of_filing:
            if not is_found(pages[figure["page"] + 1], figure):
                missed[name, figure["statement"]] += 1
    total = sum(map(len, figures.values()))
    assert total > 3000
    assert 1 - missed.total() / total >= FOUND, missed
