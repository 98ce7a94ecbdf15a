"""Takes what a source holds in, one file after another."""

import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from core.errors import CopilotError
from core.principal import Principal
from knowledge.ingestion import Ingestion
from knowledge.sources.item import Source
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
    accept = partial(ingestion.accept, principal, private=private, priority=priority)
    with tempfile.TemporaryDirectory(prefix="copilot-") as folder:
        path = Path(folder) / "item"
        for item in source.items:
            try:
                await item.fetch(path)
                outcome: Accepted | Refused = Accepted(*await accept(item.name, path))
            except CopilotError as error:
                outcome = Refused(item.name, error)
            yield outcome
            path.unlink(missing_ok=True)
