import json
from pathlib import Path

import pytest
from pypdf import PdfReader


def _lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="session")
def questions(filings: Path) -> list[dict]:
    return _lines(filings / "questions.jsonl")


@pytest.fixture(scope="session")
def figures(filings: Path) -> list[dict]:
    return _lines(filings / "figures.jsonl")


@pytest.fixture(scope="session")
def page_texts(filings: Path) -> dict[str, list[str]]:
    return {
        path.stem: [page.extract_text() for page in PdfReader(path).pages]
        for path in (filings / "pdfs").glob("*.pdf")
    }
