"""Takes what a source holds in, one file after another."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial

from core.errors import CopilotError
from core.principal import Principal
from knowledge.errors import BusyError
from knowledge.ingestion import Ingestion
from knowledge.sources.item import Source
from storage.disk_space import disk_full_is_told
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
    with ingestion.temporary.new_folder() as folder:
        path = folder / "item"
        items = iter(source.items)
        for item in items:
            try:
                with disk_full_is_told():
                    await item.fetch(path)
                yield Accepted(*await accept(item.name, path))
            except BusyError as error:
                # The others would wait as long and in vain.
                for each in (item, *items):
                    yield Refused(each.name, error)
            except CopilotError as error:
                yield Refused(item.name, error)
            path.unlink(missing_ok=True)
