import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from evals.filings.companies import SMALL
from evals.filings.dataset import write_dataset


@pytest.fixture(scope="session")
def small_dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filings")
    write_dataset(folder, companies=SMALL)
    return folder


def _lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="session")
def questions(small_dataset: Path) -> list[dict]:
    return _lines(small_dataset / "questions.jsonl")


@pytest.fixture(scope="session")
def figures(small_dataset: Path) -> list[dict]:
    return _lines(small_dataset / "figures.jsonl")


@pytest.fixture(scope="session")
def page_texts(small_dataset: Path) -> dict[str, list[str]]:
    return {
        path.stem: [page.extract_text() for page in PdfReader(path).pages]
        for path in (small_dataset / "pdfs").glob("*.pdf")
    }
