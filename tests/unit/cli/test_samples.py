from typer.testing import CliRunner

from cli.main import app


def test_world_has_documents_of_other_kinds(tmp_path):
    done = CliRunner().invoke(app, ["samples", str(tmp_path), "--world"])
    assert done.exit_code == 0, done.output
    names = {pdf.stem for pdf in (tmp_path / "pdfs").iterdir()}
    assert {"Kesselring_Geschaeftsbericht_2023", "Castlegate_Statement_May_2024"} <= names
    assert f"{len(names)} documents, " in " ".join(done.output.split())
    assert (tmp_path / "questions.jsonl").stat().st_size
    assert (tmp_path / "figures.jsonl").stat().st_size
