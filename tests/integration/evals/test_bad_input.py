"""What can't be run or scored is told clearly, with exit status 2; 1 is a gate that fails."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from evals.suite import Metric, metric_key
from evals.suites.answers import ANSWERS

LINE = {
    "financebench_id": "q1",
    "question": "What was revenue?",
    "answer": "$1",
    "doc_name": "ACME",
    "evidence": [{"evidence_page_num": 0}],
}


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COPILOT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("COPILOT_MODELS", "extractive")
    monkeypatch.delenv("GROQ_API_KEY", raising=False)
    monkeypatch.chdir(tmp_path)


def evaluate(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["eval", *map(str, arguments)])
    return result.exit_code, " ".join(result.output.split())


def dataset(folder: Path, *lines: str) -> Path:
    (folder / "mine" / "pdfs").mkdir(parents=True)
    (folder / "mine" / "pdfs" / "ACME.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "mine" / "questions.jsonl").write_text("\n".join(lines))
    return folder / "mine"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ((json.dumps(LINE), '{"financebench_id": "q2"'), "line 2: Invalid JSON"),
        ((json.dumps(LINE | {"question": ""}),), "line 1: question: String should have at least"),
        ((json.dumps(LINE | {"doc_name": "GONE"}),), "line 1: pdfs/GONE.pdf is missing."),
        ((), "holds no question."),
    ],
)
def test_a_broken_dataset(tmp_path, lines, told):
    status, printed = evaluate("answers", "--dataset", dataset(tmp_path, *lines))
    assert status == 2
    assert told in printed


def test_a_dataset_that_cannot_be_read(tmp_path):
    status, printed = evaluate("answers", "--dataset", dataset(tmp_path, json.dumps(LINE)))
    assert status == 2
    assert "No document of the dataset could be read." in printed


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("answer",), "No such command 'answer'"),
        (("answers", "--model", "nonsense"), "--model: 'nonsense' is not a model"),
        (("answers", "--model", "groq:a"), "--model names 'groq:a', but GROQ_API_KEY is not set"),
        (("answers", "--judge", "extractive"), "extractive would judge its own answers"),
        (("answers", "--judge", "nonsense"), "--judge: 'nonsense' is not a model"),
        (("retrieval", "--judge", "extractive"), "retrieval has nothing to judge"),
        (("answers", "--dataset", "nowhere"), "dir 'nowhere' does not exist"),
        (("answers", "--prompt", "nowhere.md"), "file 'nowhere.md' does not exist"),
        (("answers", "--repetitions", "0"), "greater than or equal to"),
        (("answers", "--rescore"), "Nothing was asked of extractive on samples"),
    ],
)
def test_what_does_not_exist(arguments, told):
    status, printed = evaluate(*arguments)
    assert status == 2
    assert told in printed.replace("│ ", "")


@pytest.fixture
def broken_evaluators(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(example: object, run: object) -> float:
        raise ZeroDivisionError("no figure")

    metrics = ANSWERS.sections["all_documents"]
    monkeypatch.setitem(metrics, "broken", Metric(broken))
    monkeypatch.setitem(metrics, "no_number", Metric(lambda example, run: float("nan")))


@pytest.mark.usefixtures("broken_evaluators")
def test_an_evaluator_that_raises_is_told_and_the_other_scores_are_kept(tmp_path, few, folder):
    file = tmp_path / "out.json"
    request = ["--dataset", few, "--store", folder / "evals", "--json", file]
    status, printed = evaluate("answers", *request)
    found = json.loads(file.read_text())
    assert found["all_documents"]["broken"] == found["all_documents"]["no_number"] == 0.0
    assert found["all_documents"]["citation_support"] > 0.8
    assert len(found["errors"]) == 2 * len(found["examples"])
    assert f"{metric_key('all_documents', 'broken')}: ZeroDivisionError: no figure" in printed
    assert "all_documents no_number: the score is nan" in printed
    assert status == 2


def test_a_run_that_broke_off_at_its_budget_goes_on(tmp_path, few, folder):
    request = ["--dataset", few, "--store", folder / "evals"]
    status, printed = evaluate("answers", *request, "--budget-tokens", 5000)
    assert status == 2
    assert "Go on with a larger --budget-tokens and --resume." in printed
    status, printed = evaluate("answers", *request, "--resume")
    assert status == 0, printed
    (results,) = (tmp_path / "data" / "evals").glob("*.jsonl")
    asked = [json.loads(line)["example_id"] for line in results.read_text().splitlines()[1:]]
    assert len(asked) == len(set(asked)) == len((few / "questions.jsonl").read_text().splitlines())
