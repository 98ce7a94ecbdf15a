"""Commands about documents."""

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Column, Table

from core.errors import CopilotError
from core.principal import local_principal
from core.settings import load_settings
from evals.filings.dataset import write_dataset
from graphs.runtime import Runtime, open_runtime
from storage.documents import DocumentVersion, VersionStatus

console = Console(highlight=False)
POLL_SECONDS = 0.3


def ingest(
    paths: Annotated[
        list[Path], typer.Argument(exists=True, help="PDF files, or folders of them.")
    ],
) -> None:
    """Take PDFs in and make them searchable. The same bytes again change nothing."""
    settings = load_settings()

    async def run() -> int:
        async with open_runtime(settings) as runtime:
            return await _ingest(runtime, _pdfs(paths))

    raise typer.Exit(asyncio.run(run()))


def documents(
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """List your documents."""
    settings = load_settings()

    async def run() -> list[DocumentVersion]:
        async with open_runtime(settings) as runtime:
            return await runtime.documents.versions(local_principal().organization_id)

    versions = asyncio.run(run())
    if as_json:
        keys = ("document_id", "name", "number", "status", "page_count", "sha256", "failure")
        print(json.dumps([{k: getattr(v, k) for k in keys} for v in versions], default=str))  # noqa: T201  # for a program
    else:
        console.print(_table(versions))


def samples(folder: Annotated[Path, typer.Argument(help="Where to write them.")]) -> None:
    """Write the sample filings of invented companies, with questions and their ground truth."""
    dataset = write_dataset(folder)
    console.print(
        f"{len(dataset.pages)} filings, {dataset.n_questions} questions and "
        f"{dataset.n_figures} figures in {folder}"
    )


async def _ingest(runtime: Runtime, paths: list[Path]) -> int:
    """Returns: the exit code: 1 if a file was refused or failed."""
    principal = local_principal()
    accepted, refused = [], 0
    for path in paths:
        try:
            version, is_new = await runtime.ingestion.accept(principal, path.name, path)
        except CopilotError as error:
            refused += 1
            console.print(f"{path.name}: {error.detail}", markup=False)
            continue
        accepted.append(version)
        if not is_new:
            console.print(f"{path.name}: unchanged, still version {version.number}", markup=False)
    done = await _watch(runtime, accepted)
    if done:
        console.print(_table(done))
    failed = any(version.status is VersionStatus.FAILED for version in done)
    return 1 if refused or failed else 0


async def _watch(runtime: Runtime, versions: list[DocumentVersion]) -> list[DocumentVersion]:
    """Index what is pending, here or in a running service, and show how far it is."""
    organization_id = local_principal().organization_id
    helper = asyncio.create_task(runtime.queue.work())
    with Progress(console=console, transient=True) as progress:
        bar = progress.add_task("Indexing", total=len(versions))
        while not helper.done():
            versions = [await runtime.documents.version(organization_id, v.id) for v in versions]
            pending = [v.name for v in versions if v.status is VersionStatus.PENDING]
            progress.update(
                bar,
                completed=len(versions) - len(pending),
                description=f"Indexing {pending[0]}" if pending else "Indexed",
            )
            if not pending:
                break
            await asyncio.sleep(POLL_SECONDS)
    helper.cancel()
    await asyncio.gather(helper, return_exceptions=True)
    return versions


def _pdfs(paths: list[Path]) -> list[Path]:
    found = [
        file
        for path in paths
        for file in (sorted(path.rglob("*.pdf")) if path.is_dir() else [path])
    ]
    if not found:
        raise typer.BadParameter("no PDF is there")
    return found


def _table(versions: list[DocumentVersion]) -> Table:
    """Ids are left to --json: names matter more in 80 columns."""
    table = Table(Column("document", overflow="fold"), "version", "pages", "status", "note")
    for version in versions:
        without_text = ", ".join(map(str, version.image_only_pages))
        note = version.failure or (f"pages without text: {without_text}" if without_text else "")
        table.add_row(
            version.name, str(version.number), str(version.page_count), version.status, note
        )
    return table
