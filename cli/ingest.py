"""The command that takes documents in."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from cli.documents import documents_table
from cli.recording import recorded
from core.principal import local_principal
from core.settings import load_settings
from graphs.runtime import Runtime, open_runtime
from knowledge.sources.buckets import bucket_source
from knowledge.sources.files import path_source
from knowledge.sources.item import Source
from knowledge.sources.taking_in import Accepted, take_in
from storage.buckets import SCHEMES
from storage.documents import DocumentVersion, VersionStatus
from storage.jobs import end

console = Console(highlight=False)
POLL_SECONDS = 0.3


class SpeedColumn(ProgressColumn):
    """Pages or files a second."""

    def render(self, task: Task) -> Text:
        unit = task.fields["unit"]
        return Text(f"{unit} {task.speed:.1f}/s" if task.speed else unit)


COLUMNS: Sequence[ProgressColumn] = (
    TextColumn("{task.description}", markup=False),
    BarColumn(),
    MofNCompleteColumn(),
    SpeedColumn(),
    TimeRemainingColumn(),
)


def ingest(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="PDF files, ZIP archives or folders of them; s3://bucket/prefix, gs://…."
        ),
    ],
    private: Annotated[
        bool, typer.Option("--private", help="Nobody else of your organization sees them.")
    ] = False,
) -> None:
    """Take PDFs in and make them searchable. The same bytes again change nothing."""
    for path in paths:
        if not (path.startswith(SCHEMES) or Path(path).exists()):
            raise typer.BadParameter(f"{path} does not exist.", param_hint="PATHS")
    settings = load_settings()

    async def run() -> int:
        async with open_runtime(settings) as runtime, recorded(runtime.database, "ingest"):
            source = Source([])
            for path in paths:
                source += await _source(path, runtime.ingestion.limits.max_bytes)
            return await _ingest(runtime, source, private=private)

    raise typer.Exit(asyncio.run(run()))


async def _source(path: str, max_bytes: int) -> Source:
    if path.startswith(SCHEMES):
        return await bucket_source(path)
    return await path_source(Path(path), max_bytes)


async def _ingest(runtime: Runtime, source: Source, *, private: bool) -> int:
    """Returns: the exit code: 1 if a file was refused or failed, or none was there."""
    if source.skipped:
        console.print(f"{source.skipped} files that aren't called .pdf are left out")
    if not source.items:
        console.print("No PDF is there")
        return 1
    worker = asyncio.create_task(runtime.queue.work())  # a running service helps, if there is one
    try:
        with Progress(*COLUMNS, console=console, transient=True) as progress:
            versions, refused = await _take_in(runtime, source, progress, private=private)
            versions = await _watch(runtime, versions, worker, progress)
    finally:
        await end(worker)
    if versions:
        console.print(documents_table(versions))
    failed = any(version.status is VersionStatus.FAILED for version in versions)
    return 1 if refused or failed else 0


async def _take_in(
    runtime: Runtime, source: Source, progress: Progress, *, private: bool
) -> tuple[list[DocumentVersion], int]:
    """Returns: the versions, and how many files were refused."""
    versions, refused = [], 0
    bar = progress.add_task("Taking in", total=len(source.items), unit="files")
    async for outcome in take_in(runtime.ingestion, local_principal(), source, private=private):
        progress.advance(bar)
        if isinstance(outcome, Accepted):
            versions.append(outcome.version)
            if not outcome.is_new:
                said = f"unchanged, still version {outcome.version.number}"
                console.print(f"{outcome.version.name}: {said}", markup=False)
        else:
            refused += 1
            console.print(f"{outcome.name}: {outcome.error.detail}", markup=False)
    progress.remove_task(bar)
    return versions, refused


async def _watch(
    runtime: Runtime,
    versions: list[DocumentVersion],
    worker: asyncio.Task[None],
    progress: Progress,
) -> list[DocumentVersion]:
    """Show how far all of them are, until they are done; the worker's failure ends it too."""
    total = sum(version.page_count for version in versions)
    bar = progress.add_task("Indexing", total=total, unit="pages")
    while not worker.done():
        versions = await runtime.documents.reread(local_principal(), versions)
        pending = [each for each in versions if each.status is VersionStatus.PENDING]
        left = sum(each.page_count - each.pages_done for each in pending)
        if not pending:
            break
        progress.update(bar, completed=total - left, description=f"Indexing {pending[0].name}")
        await asyncio.sleep(POLL_SECONDS)
    return versions
