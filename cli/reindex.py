"""The command that indexes documents again."""

import asyncio
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console
from rich.progress import Progress

from cli.ingest import COLUMNS, POLL_SECONDS
from cli.naming import document_ids
from cli.recording import recorded
from core.principal import LOCAL_ORGANIZATION_ID, local_principal
from core.settings import load_settings
from graphs.runtime import Runtime, open_runtime
from storage.jobs import end
from storage.organizations import all_organizations
from storage.reindexing import Left

console = Console(highlight=False, soft_wrap=True)
Queued = dict[UUID, set[UUID]]
"""Versions by their organization."""


def reindex(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="DOCUMENT",
            help="As `copilot documents` lists them, or their ids. Without any: all that an "
            "earlier version of the copilot indexed.",
        ),
    ] = None,
    everybody: Annotated[
        bool,
        typer.Option("--all-organizations", help="Those of every organization, private ones too."),
    ] = False,
) -> None:
    """Index documents again that an earlier version of the copilot indexed.

    Each is read from its stored PDF, and answers from its earlier index until the new one is whole.
    If the command is stopped, a running service goes on, or the next `copilot reindex`.
    """
    if names and everybody:
        raise typer.BadParameter("Name documents, or pass --all-organizations, but not both.")
    settings = load_settings()

    async def run() -> int:
        async with open_runtime(settings) as runtime, recorded(runtime.database, "reindex"):
            organizations = [LOCAL_ORGANIZATION_ID]
            if everybody:
                organizations = await all_organizations(runtime.database)
            chosen = await document_ids(runtime.documents, names or [])
            queued = await _queue(runtime, organizations, chosen)
            if queued:
                await _work(runtime, list(queued))
            return await _report(runtime, queued)

    raise typer.Exit(asyncio.run(run()))


async def _queue(runtime: Runtime, organizations: list[UUID], chosen: tuple[UUID, ...]) -> Queued:
    """Args: chosen: documents to index again whatever indexed them; none for all outdated ones."""
    queued: Queued = {}
    for organization_id in organizations:
        if chosen:
            versions = await runtime.reindexing.mark(local_principal(), chosen)
        else:
            versions = await runtime.reindexing.outdated(organization_id)
        if versions:
            await runtime.reindexing.queue(organization_id, versions)
            queued[organization_id] = {version.id for version in versions}
    return queued


async def _work(runtime: Runtime, organizations: list[UUID]) -> None:
    """Show how much is left until it is done; the worker's failure ends it too."""
    worker = asyncio.create_task(runtime.queue.work())  # a running service helps, if there is one
    try:
        with Progress(*COLUMNS, console=console, transient=True) as progress:
            total = (await _left(runtime, organizations)).pages
            bar = progress.add_task("Indexing again", total=total, unit="pages")
            while not worker.done() and (left := await _left(runtime, organizations)).versions:
                progress.update(bar, completed=total - left.pages)
                await asyncio.sleep(POLL_SECONDS)
    finally:
        await end(worker)


async def _left(runtime: Runtime, organizations: list[UUID]) -> Left:
    each = [await runtime.reindexing.left(organization) for organization in organizations]
    return Left(sum(left.versions for left in each), sum(left.pages for left in each))


async def _report(runtime: Runtime, queued: Queued) -> int:
    """Returns: the exit code: 1 if a version is still as it was."""
    if not queued:
        console.print("Every document is indexed by this version already.")
        return 0
    failed = 0
    for organization_id, ids in queued.items():
        outdated = await runtime.reindexing.outdated(organization_id)
        failed += len(ids & {version.id for version in outdated})
    done = sum(map(len, queued.values())) - failed
    console.print(f"Document versions indexed again: {done}.")
    if failed:
        console.print(f"Not indexed again, and answering as before: {failed}.")
        console.print("`copilot documents` says why.")
    return 1 if failed else 0
