"""What changed from one version of a document to another, page by page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import unified_diff
from itertools import islice
from typing import Literal

from knowledge.page_alignment import align
from storage.pages import PageText

LINES_COMPARED = 2_000
"""Of each page; a hostile one has more."""
LINES_OF_A_PAGE = 200
LINES_IN_ALL = 20_000
"""Beyond, pages are named as changed, without their lines."""
CHARACTERS_OF_A_LINE = 500
CONTEXT_LINES = 2

Status = Literal["added", "removed", "changed", "unchanged"]


@dataclass(frozen=True)
class PageDiff:
    """What became of a page."""

    before: int | None
    """Its number in the version before; null if it was added."""
    after: int | None
    """Null if it was removed."""
    status: Status
    lines: tuple[str, ...] = ()
    """Of a changed page, as `diff -u` shows them: `-` was there, `+` is there now."""
    is_cut: bool = False
    """Whether more was changed than `lines` show."""


@dataclass(frozen=True)
class VersionDiff:
    """Two versions of a document, compared."""

    before: int
    after: int
    added: int
    """Pages; so are the others."""
    removed: int
    changed: int
    unchanged: int
    pages: tuple[PageDiff, ...]
    """In reading order."""


def compare(
    numbers: tuple[int, int], before: Sequence[PageText], after: Sequence[PageText]
) -> VersionDiff:
    """Compare all pages, which takes the processor for half a second if each of 1,500 has changed.

    Args:
        numbers: of the two versions.
        before: the pages of the first of them, in order.
        after: of the second.
    """
    pairs = align([page.text for page in before], [page.text for page in after])
    pages, room = [], LINES_IN_ALL
    for index, other in pairs:
        old = None if index is None else before[index]
        new = None if other is None else after[other]
        page = _page(old, new, min(room, LINES_OF_A_PAGE))
        room -= len(page.lines)
        pages.append(page)
    counts = Counter[str](page.status for page in pages)
    of = {status: counts[status] for status in ("added", "removed", "changed", "unchanged")}
    return VersionDiff(*numbers, **of, pages=tuple(pages))


def _page(old: PageText | None, new: PageText | None, room: int) -> PageDiff:
    if old is None or new is None:
        status: Status = "removed" if old else "added"
        return PageDiff(old.number if old else None, new.number if new else None, status)
    if old.text == new.text:
        return PageDiff(old.number, new.number, "unchanged")
    lines, is_cut = _changed_lines(old.text.splitlines(), new.text.splitlines(), room)
    return PageDiff(old.number, new.number, "changed", lines, is_cut)


def _changed_lines(old: list[str], new: list[str], room: int) -> tuple[tuple[str, ...], bool]:
    if not room:
        return (), True
    told = unified_diff(old[:LINES_COMPARED], new[:LINES_COMPARED], n=CONTEXT_LINES, lineterm="")
    lines = list(islice(told, 2, room + 3))  # without its two lines of file names
    is_cut = len(lines) > room or max(len(old), len(new)) > LINES_COMPARED
    shown = tuple(line[:CHARACTERS_OF_A_LINE] for line in lines[:room])
    return shown, is_cut or any(len(line) > CHARACTERS_OF_A_LINE for line in lines)
