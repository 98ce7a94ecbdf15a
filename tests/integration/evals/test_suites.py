"""The suites on the two small sample filings, with real Postgres, embeddings and graph."""

import json
import tempfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from core.errors import InvalidInputError
from evals import baseline
from evals.datasets import load_dataset
from graphs import runtime
from tools_registry.registry import Ports, Registry


@pytest.fixture(scope="module")
def store(folder: Path) -> Path:
    """Kept from test to test: the documents are indexed once."""
    return folder / "evals"


@pytest.fixture
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A shell that names a database, which evals must leave alone, and no key."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    monkeypatch.setenv("COPILOT_MODELS", "extractive")
    monkeypatch.chdir(tmp_path)


def evaluate(suite: str, filings: Path, store: Path, *options: str) -> tuple[dict, str]:
    file = store.parent / f"{suite}.json"
    arguments = ["--dataset", str(filings), "--store", str(store), "--json", str(file), *options]
    result = CliRunner().invoke(app, ["eval", suite, *arguments])
    assert result.exit_code == 0, result.output
    return json.loads(file.read_text(encoding="utf-8")), result.output


@pytest.mark.usefixtures("no_settings")
def test_retrieval(filings: Path, store: Path) -> None:
    found, printed = evaluate("retrieval", filings, store)
    n = len((filings / "questions.jsonl").read_text().splitlines())
    assert found["suite"] == "retrieval"
    assert found["failed_documents"] == []
    for section in ("own_document", "all_documents"):
        metrics = found[section]
        assert metrics["n"] == n == len(found["examples"])
        hits = [metrics[f"page_hit@{k}"] for k in (1, 3, 5, 10)]
        assert 0 < hits[0] <= metrics["mrr@10"] <= hits[-1] <= 1
        assert hits == sorted(hits)
    # These filings have some 13 pages each, so that ten of them hold most of the evidence.
    assert found["own_document"]["page_hit@10"] >= 0.7
    assert found["own_document"].keys() | {"document_hit@1"} == found["all_documents"].keys()
    assert all(example["ranks"]["own_document"] for example in found["examples"])
    assert "page_hit@10" in printed


@pytest.mark.usefixtures("no_settings")
def test_answers(filings: Path, store: Path) -> None:
    found, _ = evaluate("answers", filings, store)
    assert found["models"] == ["extractive"]
    metrics = found["all_documents"]
    assert metrics["n_with_figure"] > metrics["n"] / 2
    assert metrics["answered"] > 0.3
    assert metrics["citation_support"] > 0.8
    for example in found["examples"]:
        assert example["status"] == "answered"
        assert example["answer"]
        assert bool(example["missing_figures"]) == (example["scores"]["figure_correct"] == 0)


@pytest.mark.usefixtures("no_settings")
def test_trajectory(filings: Path, store: Path) -> None:
    found, _ = evaluate("trajectory", filings, store)
    metrics = found["all_documents"]
    assert metrics["within_limits"] == 1.0
    assert metrics["searched_first"] == 1.0
    assert metrics["mean_model_steps"] > 1
    assert 0 < metrics["n_computed"] < metrics["n"]


@pytest.mark.usefixtures("no_settings")
def test_a_tool_that_is_gone_is_stopped_by_the_gate_and_no_change_is_not(
    tmp_path: Path, filings: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(baseline, "BASELINE", tmp_path / "baseline.json")
    monkeypatch.setattr("cli.evaluating.below_floor", lambda _report: [])  # of the samples alone
    evaluate("answers", filings, store, "--accept")
    evaluate("answers", filings, store, "--gate")
    build = runtime.build_registry

    def without_calculator(ports: Ports) -> Registry:
        specs = build(ports).values()
        return Registry(tuple(spec for spec in specs if spec.name != "calculate"))

    monkeypatch.setattr(runtime, "build_registry", without_calculator)
    arguments = ["--dataset", str(filings), "--store", str(store), "--gate"]
    result = CliRunner().invoke(app, ["eval", "answers", *arguments])
    assert result.exit_code == 1, result.output
    assert "answers figure_correct fell from " in " ".join(result.output.split())


@pytest.mark.usefixtures("no_settings")
def test_a_document_that_cannot_be_read_is_named_and_counts_as_a_miss(
    tmp_path: Path, filings: Path, store: Path
) -> None:
    """In a store that holds its older version: a dataset is searched without what it lacks."""
    (tmp_path / "pdfs").mkdir()
    kept, broken = sorted((filings / "pdfs").glob("*.pdf"))
    (tmp_path / "pdfs" / kept.name).write_bytes(kept.read_bytes())
    (tmp_path / "pdfs" / broken.name).write_bytes(b"%PDF-1.4 broken")
    (tmp_path / "questions.jsonl").write_bytes((filings / "questions.jsonl").read_bytes())
    file = tmp_path / "out.json"
    arguments = ["--dataset", str(tmp_path), "--store", str(store), "--json", str(file), "--gate"]
    result = CliRunner().invoke(app, ["eval", "retrieval", *arguments])
    assert result.exit_code == 1, result.output
    assert broken.name in result.output
    assert "below its floor" in result.output
    found = json.loads(file.read_text())
    assert found["failed_documents"] == [broken.name]
    ids = {e.id for e in load_dataset(filings).examples if e.document == broken.name}
    missed = {e["id"] for e in found["examples"] if e["ranks"]["own_document"] == []}
    assert missed == ids
    assert all(e["ranks"]["all_documents"] == [] for e in found["examples"] if e["id"] in ids)


@pytest.mark.usefixtures("no_settings")
def test_a_temporary_store_goes_away(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stores = folder / "stores"
    stores.mkdir(mode=0o755)
    monkeypatch.setattr(tempfile, "tempdir", str(stores))
    (tmp_path / "pdfs").mkdir()
    (tmp_path / "pdfs" / "ACME.pdf").write_bytes(b"%PDF-1.4 broken")
    line = {"financebench_id": "q1", "question": "?", "answer": "1", "doc_name": "ACME"}
    (tmp_path / "questions.jsonl").write_text(
        json.dumps(line | {"evidence": [{"evidence_page_num": 0}]})
    )
    result = CliRunner().invoke(app, ["eval", "answers", "--dataset", str(tmp_path)])
    assert isinstance(result.exception, InvalidInputError)
    assert "No document of the dataset could be read" in str(result.exception)
    assert list(stores.iterdir()) == []
