"""With a key an eval run is an experiment in LangSmith; without one nothing leaves the machine."""

from pathlib import Path

import pytest
from integration.evals.langsmith_server import LangSmithServer
from langsmith import utils
from typer.testing import CliRunner

from cli.main import app


@pytest.fixture
def langsmith(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    with LangSmithServer() as server:
        monkeypatch.setenv("LANGSMITH_ENDPOINT", server.url)
        monkeypatch.setenv("COPILOT_DATA_DIR", str(tmp_path / "data"))
        utils.get_env_var.cache_clear()
        yield server
    utils.get_env_var.cache_clear()


def evaluate(few: Path, folder: Path) -> str:
    arguments = ["--model", "extractive", "--dataset", str(few), "--store", str(folder)]
    result = CliRunner().invoke(app, ["eval", "answers", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_without_a_key_nothing_is_sent_even_where_tracing_is_switched_on(
    langsmith: LangSmithServer, few: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.delenv("LANGSMITH_API_KEY", raising=False)
    evaluate(few, folder / "evals")
    assert langsmith.is_untouched


def test_with_a_key_the_run_is_an_experiment_with_its_dataset(
    langsmith: LangSmithServer, few: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGSMITH_API_KEY", "lsv2_test")  # pragma: allowlist secret
    evaluate(few, folder / "evals")
    printed = evaluate(few, folder / "evals")
    assert "View the evaluation results for experiment: 'answers-extractive-" in printed
    assert langsmith.unknown == []
    ((name, dataset),) = langsmith.datasets.items()
    assert name.startswith("ai-financial-copilot/few-")
    assert len(langsmith.examples) == 1
    questions = (few / "questions.jsonl").read_text().splitlines()
    assert langsmith.examples[0].count('{"question"') == len(questions)
    assert len(langsmith.sessions) == 2
    for session in langsmith.sessions.values():
        assert session["reference_dataset_id"] == dataset["id"]
        assert session["name"].startswith("answers-extractive-")
        assert session["extra"]["metadata"]["model"] == "extractive"
    sent = "".join(langsmith.runs)
    assert sent.count("reference_example_id") >= 2 * len(questions)
    assert '"key":"all_documents figure_correct","score":' in sent
    assert "it quotes the filings and computes" not in sent  # answers stay here, as in any trace
