"""The text of several pages as one, so that what is found in it has a page and an offset."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from knowledge.pages import Page


class FactSource(NamedTuple):
    """Where a fact was read: `page.text[start:end]` of page `page`, or in the file's name."""

    page: int | None
    """From 1; None for the file's name."""
    start: int
    end: int


FILE_NAME = FactSource(None, 0, 0)


@dataclass(frozen=True)
class PagedText:
    """Pages' texts, a line break between two."""

    pages: Sequence[Page]

    @cached_property
    def text(self) -> str:
        return "\n".join(page.text for page in self.pages)

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for page in self.pages:
            starts.append(at)
            at += len(page.text) + 1
        return starts

    def source(self, start: int, end: int) -> FactSource:
        """The place of `text[start:end]`."""
        at = bisect_right(self._starts, start) - 1
        first = self._starts[at]
        return FactSource(self.pages[at].number, start - first, end - first)
