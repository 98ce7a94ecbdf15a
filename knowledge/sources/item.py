"""One file of a source."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

SEPARATOR = " - "


@dataclass(frozen=True)
class Item:
    """A file that is there once it is fetched: a source of ten thousand needs the room of one."""

    name: str
    """What its document is to be called."""
    fetch: Callable[[Path], Awaitable[None]]
    """Writes its bytes to a path.

    Raises: CopilotError: why they can't be had, and what to change.
    """


@dataclass(frozen=True)
class Source:
    """What is there to be taken in."""

    items: Sequence[Item]
    skipped: int = 0
    """Files that don't call themselves PDFs."""

    def __add__(self, other: Self) -> "Source":
        return Source((*self.items, *other.items), self.skipped + other.skipped)

    def split(self, count: int) -> tuple["Source", Sequence[Item]]:
        """The first `count` files as a source, and the others."""
        return Source(self.items[:count], self.skipped), self.items[count:]


def name_below(path: str) -> str:
    """A document's name by its place below a folder: equal file names must not meet."""
    return SEPARATOR.join(part for part in path.replace("\\", "/").split("/") if part)


def is_pdf(name: str) -> bool:
    return name.lower().endswith(".pdf")
