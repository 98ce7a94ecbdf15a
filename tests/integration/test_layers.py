"""The contracts hold here, and each of them fails on a seeded violation."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPO = Path(__file__).parents[2]
LINT_IMPORTS = Path(sys.executable).parent / "lint-imports"
PACKAGES = [path.parent.name for path in REPO.glob("*/py.typed")]

VIOLATIONS = [
    ("tools/calculate.py", "import fastapi", "FastAPI only in server"),
    ("graphs/copilot/answer.py", "import server.app", "A layer imports only those below it"),
    ("evals/__init__.py", "import server.app", "A layer imports only those below it"),
    ("core/clock.py", "import storage.urls", "A layer imports only those below it"),
    ("storage/urls.py", "from core.settings import Settings", "Settings are read where"),
    ("knowledge/chunks.py", "import langgraph.graph", "LangGraph only in graphs"),
    ("tools/calculate.py", "import tools.send_webhook", "Tools are independent"),
]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT_IMPORTS, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for package in PACKAGES:
        skip = shutil.ignore_patterns("__pycache__")
        shutil.copytree(REPO / package, tmp_path / package, ignore=skip)
    shutil.copy(REPO / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_hold(copy):
    result = lint(copy)
    assert result.returncode == 0, result.stdout
    assert "0 broken" in result.stdout


@pytest.mark.parametrize(("file", "line", "contract"), VIOLATIONS)
def test_a_violation_breaks_its_contract(copy, file, line, contract):
    with (copy / file).open("a") as source:
        source.write(f"\n{line}\n")
    result = lint(copy)
    assert result.returncode != 0
    broken = [text for text in result.stdout.splitlines() if text.endswith("BROKEN")]
    assert any(text.startswith(contract) for text in broken), result.stdout
