"""`copilot eval report`: files in, a page and a summary out; exit status 2 where that can't be."""

import pytest
from typer.testing import CliRunner
from unit.evals.pages.runs import fix_thresholds, store, write_dataset

from cli.main import app
from evals import baseline


@pytest.fixture(autouse=True)
def nothing_accepted(monkeypatch, tmp_path):
    fix_thresholds(monkeypatch)
    monkeypatch.setattr(baseline, "FILE", tmp_path / "baseline.json")
    monkeypatch.setattr(baseline, "HISTORY", tmp_path / "history.jsonl")
    monkeypatch.setenv("COPILOT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def dataset(tmp_path):
    return write_dataset(tmp_path / "acme")


def report(dataset, *options):
    return CliRunner().invoke(
        app, ["eval", "report", "--dataset", str(dataset), *map(str, options)]
    )


def test_a_page_and_a_summary_are_written(tmp_path, dataset):
    store(tmp_path / "results")
    out, summary = tmp_path / "new" / "page.html", tmp_path / "summary.md"
    result = report(dataset, "--results", tmp_path / "results", "--out", out, "--markdown", summary)
    assert result.exit_code == 0, result.output
    assert "The gate lets it pass: 1 run." in result.output
    page = out.read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "What was revenue 3?" in page or "No example falls short" in page
    assert "Shown without questions" not in page
    assert summary.read_text(encoding="utf-8").startswith("✅ ")


def test_results_are_looked_for_in_the_data_folder(tmp_path, dataset):
    store(tmp_path / "data" / "evals")
    assert report(dataset).exit_code == 0
    assert (tmp_path / "report.html").is_file()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "holds no complete run"),
        (b"", "holds no results of an eval run"),
        (b"not JSON\n", "holds no results of an eval run"),
        (b"\xff\xfe\n", "holds no results of an eval run"),
    ],
)
def test_bad_input_is_told_and_exits_2(tmp_path, dataset, content, told):
    folder = tmp_path / "results"
    if content is not None:
        folder.mkdir()
        (folder / "a.jsonl").write_bytes(content)
    result = report(dataset, "--results", folder)
    assert result.exit_code == 2, result.output
    assert told in " ".join(result.output.split())
    assert not (tmp_path / "report.html").exists()


def test_a_row_that_is_broken_is_told(tmp_path, dataset):
    written = store(tmp_path / "results")
    with written.path.open("a") as file:
        file.write("{}\n")
    result = report(dataset, "--results", tmp_path / "results")
    assert result.exit_code == 2
    assert written.path.name in result.output.replace("\n", "")


def test_a_page_that_cannot_be_written_is_told(tmp_path, dataset):
    store(tmp_path / "results")
    (tmp_path / "file").write_text("")
    out = tmp_path / "file" / "page.html"
    result = report(dataset, "--results", tmp_path / "results", "--out", out)
    assert result.exit_code == 2
    assert "can't be written" in result.output


def test_a_run_under_way_is_read_and_left_alone(tmp_path, dataset):
    store(tmp_path / "results")
    cut = store(tmp_path / "results", [], days=1, model="other")
    with cut.path.open("a") as file:
        file.write('{"example_id": "q0')
    before = cut.path.read_bytes()
    assert report(dataset, "--results", tmp_path / "results").exit_code == 0
    assert cut.path.read_bytes() == before
