"""A store of its own for a dataset, so that an eval run touches no one's documents."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from rich.console import Console
from rich.progress import Progress

from core.errors import CopilotError, InvalidInputError
from core.principal import Principal, local_principal
from core.settings import Settings
from evals.datasets import Dataset
from graphs.runtime import Runtime, open_runtime
from graphs.scratch import scratch_folder, settings_within
from storage.documents import DocumentVersion, VersionStatus

POLL_SECONDS = 0.3


@dataclass(frozen=True)
class Store:
    """The product on a dataset's documents."""

    runtime: Runtime
    settings: Settings
    principal: Principal
    document_ids: Mapping[str, UUID]
    """By file name; those that couldn't be read are missing."""
    failures: Mapping[str, str]
    """Why, by file name."""
    holds_others: bool
    """Whether the kept store has documents of another dataset too."""

    @property
    def scope(self) -> tuple[UUID, ...] | None:
        """What "all documents" means to a search."""
        return tuple(self.document_ids.values()) if self.holds_others else None


@asynccontextmanager
async def open_store(
    dataset: Dataset, settings: Settings, console: Console, folder: Path | None = None
) -> AsyncIterator[Store]:
    """Index a dataset's PDFs in an embedded Postgres, whatever database the settings name.

    Args:
        dataset: whose PDFs.
        settings: for the models and limits.
        console: shows how far indexing is, and which documents failed.
        folder: keeps the store; documents that it holds already are not read again. None: a
            temporary one.

    Raises:
        InvalidInputError: no document could be read.
    """
    with _kept_or_temporary(folder) as data_dir:
        own = settings_within(settings, data_dir)
        async with open_runtime(own) as runtime:
            yield await _fill(runtime, own, dataset, console)


@contextmanager
def _kept_or_temporary(folder: Path | None) -> Iterator[Path]:
    if folder is not None:
        if " " in str(folder.resolve()):
            raise InvalidInputError(f"{folder} holds a space, which Postgres can't work with.")
        yield folder.resolve()
        return
    with scratch_folder() as temporary:
        yield temporary


async def _fill(runtime: Runtime, settings: Settings, dataset: Dataset, console: Console) -> Store:
    principal = local_principal()
    failures: dict[str, str] = {}
    accepted: list[DocumentVersion] = []
    for pdf in dataset.pdfs:
        try:
            version, _ = await runtime.ingestion.accept(principal, pdf.name, pdf)
            accepted.append(version)
        except CopilotError as error:
            failures[pdf.name] = error.detail
    indexed = await _index(runtime, principal, accepted, console)
    ids = {v.name: v.document_id for v in indexed if v.status is VersionStatus.CURRENT}
    failures |= {v.name: v.failure or "not indexed" for v in indexed if v.name not in ids}
    for name, reason in failures.items():
        console.print(f"{name}: {reason}", markup=False)
    if not ids:
        raise InvalidInputError("No document of the dataset could be read.")
    held = await runtime.documents.current_versions(principal)
    others = bool({version.document_id for version in held} - set(ids.values()))
    return Store(runtime, settings, principal, ids, failures, others)


async def _index(
    runtime: Runtime, principal: Principal, versions: list[DocumentVersion], console: Console
) -> list[DocumentVersion]:
    """Run the queue until it is empty, and show how far it is."""
    worker = asyncio.create_task(runtime.queue.work(until_empty=True))
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("Indexing", total=len(versions))
        while not worker.done():
            await asyncio.wait([worker], timeout=POLL_SECONDS)
            versions = [
                await runtime.documents.version(principal, version.id) for version in versions
            ]
            pending = [v.name for v in versions if v.status is VersionStatus.PENDING]
            progress.update(
                bar,
                completed=len(versions) - len(pending),
                description=f"Indexing {pending[0]}" if pending else "Indexed",
            )
    await worker  # raises what ended it
    return versions
