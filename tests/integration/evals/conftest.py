"""A dataset that a suite is done with in seconds."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def few(folder: Path, filings: Path) -> Path:
    """With one question of four: they are asked a dozen times."""
    made = folder / "few"
    shutil.copytree(filings / "pdfs", made / "pdfs")
    lines = (filings / "questions.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (made / "questions.jsonl").write_text("".join(lines[::4]), encoding="utf-8")
    return made
