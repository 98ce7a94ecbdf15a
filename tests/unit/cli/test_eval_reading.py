"""`copilot eval reading` on a folder of PDFs."""

import json

from typer.testing import CliRunner

from cli.evaluating.app import app
from evals.filings.broken import text_pages


def test_command_reads_a_folder_and_writes_json(tmp_path):
    (tmp_path / "pdfs").mkdir()
    (tmp_path / "pdfs" / "one.pdf").write_bytes(text_pages(1))
    target = tmp_path / "found.json"
    run = CliRunner().invoke(
        app, ["reading", "--dataset", str(tmp_path), "--json", str(target), "--gate"]
    )
    assert run.exit_code == 0, run.output
    assert "one.pdf: recall 1.00000" in run.output
    assert json.loads(target.read_text())["recall"] == 1.0
