"""The suites on the two small sample filings, with real Postgres, embeddings and graph."""

import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from rich.console import Console
from typer.testing import CliRunner

from cli.main import app
from core.settings import Settings
from evals import baseline, gate
from evals.baseline import Baseline
from evals.candidates import open_candidate
from evals.datasets import load_dataset
from evals.evaluation import Asked, Request, run_on
from evals.gate import losses
from evals.obedient import obedient_groq
from evals.store import open_store
from evals.suites.answers import ANSWERS
from graphs import runtime
from graphs.copilot.prompt import load_prompt
from knowledge.chunking.chunker import Chunker
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
    monkeypatch.setenv("COPILOT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def own_baseline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing is accepted yet, and no threshold: those are of all samples."""
    monkeypatch.setattr(baseline, "FILE", tmp_path / "baseline.json")
    monkeypatch.setattr(baseline, "HISTORY", tmp_path / "history.jsonl")
    monkeypatch.setattr(gate, "missed", lambda _report: [])


def command(suite: str, filings: Path, store: Path, *options: str) -> Result:
    arguments = ["--dataset", str(filings), "--store", str(store), *options]
    return CliRunner().invoke(app, ["eval", suite, *arguments])


def evaluate(suite: str, filings: Path, store: Path, *options: str) -> tuple[dict, str]:
    file = store.parent / f"{suite}.json"
    result = command(suite, filings, store, "--json", str(file), *options)
    assert result.exit_code == 0, result.output
    return json.loads(file.read_text(encoding="utf-8")), result.output


@pytest.mark.usefixtures("no_settings")
def test_retrieval(few: Path, store: Path) -> None:
    found, printed = evaluate("retrieval", few, store)
    examples = load_dataset(few).examples
    assert found["suite"] == "retrieval"
    assert found["failed_documents"] == []
    assert found["run"]["model"] == "none"
    for section in ("own_document", "all_documents"):
        metrics = found[section]
        assert metrics["n"] == sum(example.is_gated for example in examples)
        hits = [metrics[f"page_hit@{k}"] for k in (1, 3, 5, 10)]
        assert 0 < hits[0] <= metrics["mrr@10"] <= hits[-1] <= 1
        assert hits == sorted(hits)
        assert metrics["mrr@10"] <= 1 >= metrics["ndcg@10"] > 0
    # These filings have some 13 pages each, so that ten of them hold most of the evidence.
    assert found["own_document"]["page_hit@10"] >= 0.7
    assert found["own_document"].keys() | {"document_hit@1"} == found["all_documents"].keys()
    assert len(found["examples"]) == len(examples)
    assert "page_hit@10" in printed


@pytest.mark.usefixtures("no_settings")
def test_answers_and_what_else_is_read_from_them(few: Path, store: Path) -> None:
    found, _ = evaluate("answers", few, store)
    assert found["run"]["model"] == "extractive"
    metrics = found["all_documents"]
    assert metrics["answered"] > 0.3
    assert metrics["citation_support"] > 0.8
    assert metrics["streamed_whole"] == 1.0
    for example in found["examples"]:
        assert example["status"] == "answered"
        assert example["answer"]
        correct = example["scores"].get("all_documents figure_correct")
        missing = example["comments"].get("all_documents figure_correct", "")
        assert missing.startswith("missing: ") == (correct == 0)

    path, _ = evaluate("trajectory", few, store, "--rescore")
    assert path["all_documents"]["within_limits"] == 1.0
    assert path["all_documents"]["searched_first"] == 1.0
    assert path["all_documents"]["model_steps"] > 1
    cost, _ = evaluate("cost", few, store, "--rescore")
    assert cost["all_documents"]["tokens"] > 100
    assert [e["answer"] for e in cost["examples"]] == [e["answer"] for e in found["examples"]]


@pytest.mark.usefixtures("no_settings")
def test_a_model_on_groqs_protocol_answers_as_the_extractive_one_does(
    few: Path, store: Path
) -> None:
    """Its first models fail now and then, and listeners hear each answer once all the same."""
    found, _ = evaluate("answers", few, store, "--model", "scripted")
    plain, _ = evaluate("answers", few, store)
    assert found["run"]["model"] == "scripted"
    assert [e["answer"] for e in found["examples"]] == [e["answer"] for e in plain["examples"]]
    assert found["all_documents"]["streamed_whole"] == 1.0
    asked = {example["model"] for example in found["examples"]}
    assert "groq:scripted-large" in asked
    assert len(asked) > 1
    assert any(example["restarts"] for example in found["examples"])


@pytest.mark.usefixtures("no_settings")
def test_any_server_that_speaks_openais_protocol_can_be_asked(few: Path, store: Path) -> None:
    with obedient_groq() as server:
        chain = f"openai:scripted-small@{server.openai_url}"
        found, _ = evaluate("answers", few, store, "--model", chain, "--one-in", "6")
    assert found["run"]["model"] == "openai:scripted-small"
    assert {example["model"] for example in found["examples"]} == {"openai:scripted-small"}
    assert found["all_documents"]["citation_support"] == 1.0


@pytest.mark.usefixtures("no_settings", "own_baseline")
async def test_a_neutral_change_passes_the_gate_ten_times_out_of_ten(
    few: Path, store: Path, tmp_path: Path
) -> None:
    """The same rules in another prompt, for a model that reads it, fails and is asked again."""
    whole = load_dataset(few)
    fewer = replace(whole, examples=whole.examples[::3])
    reworded = tmp_path / "reworded.md"
    reworded.write_text(f"Dear model, please note.\n\n{load_prompt().message.text}")
    known, console = Baseline(tmp_path / "baseline.json"), Console(quiet=True)
    with open_candidate("scripted", Settings(data_dir=tmp_path)) as candidate:
        asked = Asked(candidate)
        async with open_store(fewer, candidate.settings, console, store) as opened:
            known.accept(await run_on(opened, Request(ANSWERS), fewer, console, asked))
        changed = candidate.settings.model_copy(update={"system_prompt": str(reworded)})
        async with open_store(fewer, changed, console, store) as opened:
            for _ in range(10):
                report = await run_on(opened, Request(ANSWERS), fewer, console, asked)
                assert report.header.prompt.startswith("reworded-")
                assert losses(report, known) == []


@pytest.mark.usefixtures("no_settings", "own_baseline")
def test_a_tool_that_is_gone_is_stopped_by_the_gate(
    few: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluate("answers", few, store, "--accept")
    build = runtime.build_registry

    def without_calculator(ports: Ports) -> Registry:
        specs = build(ports).values()
        return Registry(tuple(spec for spec in specs if spec.name != "calculate"))

    monkeypatch.setattr(runtime, "build_registry", without_calculator)
    assert_stopped(command("answers", few, store, "--gate"), "figure_correct fell from ")


@pytest.mark.usefixtures("no_settings", "own_baseline")
def test_worse_chunking_is_stopped_by_the_gate(
    folder: Path, filings: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluate("retrieval", filings, store, "--accept")
    chunk = Chunker.chunk

    def halved(self: Chunker, *given: Any, **named: Any) -> list[Any]:
        """Every other chunk is lost, as by a page that is skipped."""
        return list(chunk(self, *given, **named))[::2]

    monkeypatch.setattr(Chunker, "chunk", halved)
    result = command("retrieval", filings, folder / "halved", "--gate")
    assert_stopped(result, "own_document mrr@10 fell from ")


@pytest.mark.usefixtures("no_settings", "own_baseline")
@pytest.mark.parametrize(
    ("rule", "instead", "lost"),
    [
        ("End each such statement with the passage's number in brackets", "Be brief", "cited_page"),
        ("Call `calculate`", "Think", "figure_correct"),
    ],
)
def test_a_broken_prompt_is_stopped_by_the_gate(
    few: Path, store: Path, tmp_path: Path, rule: str, instead: str, lost: str
) -> None:
    evaluate("answers", few, store, "--model", "scripted", "--accept")
    broken = tmp_path / "broken.md"
    broken.write_text(load_prompt().message.text.replace(rule, instead))
    options = ["--model", "scripted", "--prompt", str(broken), "--gate"]
    assert_stopped(command("answers", few, store, *options), lost)


def assert_stopped(result: Result, told: str) -> None:
    assert result.exit_code == 1, result.output
    assert told in " ".join(result.output.split())


@pytest.mark.usefixtures("no_settings")
def test_a_document_that_cannot_be_read_is_named_and_counts_as_a_miss(
    tmp_path: Path, few: Path, store: Path
) -> None:
    """In a store that holds its older version: a dataset is searched without what it lacks."""
    (tmp_path / "pdfs").mkdir()
    kept, broken = sorted((few / "pdfs").glob("*.pdf"))
    (tmp_path / "pdfs" / kept.name).write_bytes(kept.read_bytes())
    (tmp_path / "pdfs" / broken.name).write_bytes(b"%PDF-1.4 broken")
    (tmp_path / "questions.jsonl").write_bytes((few / "questions.jsonl").read_bytes())
    file = tmp_path / "out.json"
    arguments = ["--dataset", str(tmp_path), "--store", str(store), "--json", str(file), "--gate"]
    result = CliRunner().invoke(app, ["eval", "retrieval", *arguments])
    assert result.exit_code == 1, result.output
    assert broken.name in result.output
    assert "below its floor" in result.output
    found = json.loads(file.read_text())
    assert found["failed_documents"] == [broken.name]
    ids = {e.id for e in load_dataset(few).examples if e.document == broken.name}
    missed = {e["id"] for e in found["examples"] if e["own_document"]["pages"] == []}
    assert missed >= ids
    for example in found["examples"]:
        if example["id"] in ids:
            assert example["scores"]["all_documents page_hit@10"] == 0
            assert example["scores"]["own_document mrr@10"] == 0


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
    assert result.exit_code == 2
    assert "No document of the dataset could be read" in result.output
    assert list(stores.iterdir()) == []
