"""Tests of answers, as people write them who extend the framework: `make eval` runs them.

With LANGSMITH_API_KEY each is an example of an experiment in LangSmith; without, it is a test.
"""

import json
from pathlib import Path

import pytest
from langsmith import testing

from evals.filings.companies import SMALL
from evals.filings.dataset import write_dataset
from evals.pytest_plugin import CopilotEval
from evals.suite import Metric, Suite
from evals.suites.answers import ANSWERS
from evals.targets.asking import Run


@pytest.fixture(scope="session")
def filings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With one question of six."""
    folder = write_dataset(tmp_path_factory.mktemp("filings"), companies=SMALL).folder
    questions = folder / "questions.jsonl"
    lines = questions.read_text(encoding="utf-8").splitlines(keepends=True)
    questions.write_text("".join(lines[::6]), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def one_question(filings: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of one's own: the same filings, a question by hand."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "pdfs").symlink_to(filings / "pdfs")
    first = (filings / "questions.jsonl").read_text(encoding="utf-8").splitlines()[0]
    own = {"question": "What was Halvorsen's net revenue in the second quarter of 2024?"}
    line = json.loads(first) | own | {"financebench_id": "own.net_revenue"}
    (folder / "questions.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    return folder


@pytest.mark.langsmith
def test_answers_on_the_small_filings_hold(copilot_eval: CopilotEval, filings: Path) -> None:
    report = copilot_eval("answers", filings)
    metrics = report.sections["all_documents"]
    testing.log_outputs(metrics)
    for name in ("citation_support", "streamed_whole"):
        testing.log_feedback(key=name, score=metrics[name])
    assert metrics["citation_support"] == 1.0
    assert metrics["streamed_whole"] == 1.0
    assert not report.errors


def is_brief(_example: object, run: Run) -> float:
    return float(len(run.answer) < 2000)


async def test_an_evaluator_of_ones_own_beside_an_event_loop(
    copilot_eval: CopilotEval, one_question: Path
) -> None:
    brief = {"all_documents": {"is_brief": Metric(is_brief, at_least=1.0)}}
    suite = Suite("brevity", "Whether answers are brief.", ANSWERS.target, Run, brief)
    report = copilot_eval(suite, one_question)
    assert report.sections["all_documents"] == {"n": 1, "is_brief": 1.0}
    (row,) = report.rows
    assert "revenue" in row.outcome["answer"].lower()
