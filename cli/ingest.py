"""The command that takes documents in."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from cli.documents import documents_table
from cli.recording import recorded
from core.errors import CopilotError
from core.principal import local_principal
from core.settings import load_settings
from graphs.runtime import Runtime, open_runtime
from storage.documents import DocumentVersion, VersionStatus
from storage.jobs import end

console = Console(highlight=False)
POLL_SECONDS = 0.3


def ingest(
    paths: Annotated[
        list[Path], typer.Argument(exists=True, help="PDF files, or folders of them.")
    ],
    private: Annotated[
        bool, typer.Option("--private", help="Nobody else of your organization sees them.")
    ] = False,
) -> None:
    """Take PDFs in and make them searchable. The same bytes again change nothing."""
    settings = load_settings()

    async def run() -> int:
        async with open_runtime(settings) as runtime, recorded(runtime.database, "ingest"):
            return await _ingest(runtime, _pdfs(paths), private=private)

    raise typer.Exit(asyncio.run(run()))


async def _ingest(runtime: Runtime, paths: list[Path], *, private: bool) -> int:
    """Returns: the exit code: 1 if a file was refused or failed."""
    principal = local_principal()
    accepted, refused = [], 0
    for path in paths:
        try:
            version, is_new = await runtime.ingestion.accept(
                principal, path.name, path, private=private
            )
        except CopilotError as error:
            refused += 1
            console.print(f"{path.name}: {error.detail}", markup=False)
            continue
        accepted.append(version)
        if not is_new:
            console.print(f"{path.name}: unchanged, still version {version.number}", markup=False)
    done = await _watch(runtime, accepted)
    if done:
        console.print(documents_table(done))
    failed = any(version.status is VersionStatus.FAILED for version in done)
    return 1 if refused or failed else 0


async def _watch(runtime: Runtime, versions: list[DocumentVersion]) -> list[DocumentVersion]:
    """Index what is pending, here or in a running service, and show how far it is."""
    principal = local_principal()
    helper = asyncio.create_task(runtime.queue.work())
    with Progress(console=console, transient=True) as progress:
        bar = progress.add_task("Indexing", total=len(versions))
        while not helper.done():
            versions = [await runtime.documents.version(principal, v.id) for v in versions]
            pending = [v.name for v in versions if v.status is VersionStatus.PENDING]
            progress.update(
                bar,
                completed=len(versions) - len(pending),
                description=f"Indexing {pending[0]}" if pending else "Indexed",
            )
            if not pending:
                break
            await asyncio.sleep(POLL_SECONDS)
    await end(helper)
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
