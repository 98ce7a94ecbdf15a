"""Takes what a source holds in, one file after another."""

import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from core.errors import CopilotError
from core.principal import Principal
from knowledge.ingestion import Ingestion
from knowledge.sources.item import Item, Source
from storage.documents import DocumentVersion
from storage.jobs import Priority


@dataclass(frozen=True)
class Accepted:
    """A file that can't be lost any more."""

    version: DocumentVersion
    is_new: bool
    """False if the same bytes were there already."""


@dataclass(frozen=True)
class Refused:
    """A file of which nothing was stored."""

    name: str
    error: CopilotError


async def take_in(
    ingestion: Ingestion, principal: Principal, source: Source, *, private: bool
) -> AsyncIterator[Accepted | Refused]:
    """Accept each file, or say why not, and go on.

    Broken off anywhere, it is done again from the begin: known bytes change nothing.
    """
    priority = Priority.BULK if len(source.items) > 1 else Priority.NORMAL
    with tempfile.TemporaryDirectory(prefix="copilot-") as folder:
        path = Path(folder) / "item"
        for item in source.items:
            yield await _take_in(ingestion, principal, item, path, private, priority)
            path.unlink(missing_ok=True)


async def _take_in(  # noqa: PLR0913, PLR0917  # one file, and all that is said of its source
    ingestion: Ingestion,
    principal: Principal,
    item: Item,
    path: Path,
    private: bool,  # noqa: FBT001  # our own caller alone
    priority: Priority,
) -> Accepted | Refused:
    try:
        await item.fetch(path)
        taken = await ingestion.accept(
            principal, item.name, path, private=private, priority=priority
        )
    except CopilotError as error:
        return Refused(item.name, error)
    return Accepted(*taken)
