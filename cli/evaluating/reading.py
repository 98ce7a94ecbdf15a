"""`copilot eval reading`: are pages read word by word?"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from cli.evaluating.app import app, clear_errors, console
from cli.evaluating.options import Gate, JsonFile, PdfFolder
from evals.datasets import open_dataset
from evals.report import write_json
from evals.suites.reading import ABOUT, NAME, ReadingReport, pdfs_of, read_documents


@app.command(NAME, help=ABOUT)
def reading(dataset: PdfFolder = None, json_file: JsonFile = None, gate: Gate = False) -> None:
    with clear_errors(), _pdfs(dataset) as (name, pdfs):
        report = ReadingReport(name, [])
        for document in read_documents(pdfs):
            report.documents.append(document)
            _print(document.name, document.agreement.recall, document.agreement.precision)
    _print("all", report.agreement.recall, report.agreement.precision)
    if json_file:
        write_json(report.to_json(), json_file)
    if gate and report.failures:
        console.print("\n".join(report.failures), markup=False)
        raise typer.Exit(1)


@contextmanager
def _pdfs(folder: Path | None) -> Iterator[tuple[str, tuple[Path, ...]]]:
    """A dataset's name and PDFs; those of the samples where no folder is given."""
    if folder is not None:
        yield folder.resolve().name, pdfs_of(folder)
        return
    with open_dataset(None) as samples:
        yield samples.name, samples.pdfs


def _print(name: str, recall: float, precision: float) -> None:
    console.print(f"{name}: recall {recall:.5f}, precision {precision:.5f}", markup=False)
