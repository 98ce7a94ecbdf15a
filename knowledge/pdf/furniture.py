"""Finds running headers and footers: what neighbouring pages repeat at the same place.

A statement's title and a table's first rows stand at the top of pages too. They aren't repeated
often enough, or they are known by what they say.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from knowledge.pdf.layout import PageLayout
from knowledge.pdf.words import TextLine

EDGE_LINES = 5
TOP, BOTTOM = 0.14, 0.86
"""Shares of a page's height: what stands between is text."""
NEIGHBOURS = 8
"""Pages on either side that are compared."""
TOLERANCE = 8.0
REPEATS = 2
"""Of other pages; a page number needs half as many."""
MAX_LENGTH = 160

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-\u2013\u2014|\s]*(?:page\s+)?(?:[A-Z]{1,2}\s?-\s?)?(?:\d{1,4}|[ivxl]{1,6})"
    r"(?:\s+of\s+\d{1,4})?[-\u2013\u2014|\s]*",
    re.IGNORECASE,
)
_KEPT = re.compile(
    r"\b(?:balance\s+sheets?|statements?\s+of\s+(?!changes in registrant)|"
    r"(?:note|item)\s+\d+[a-c]?\b|years?\s+ended|months\s+ended|weeks\s+ended)",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\b(?:19|20)\d\d\b.*\b(?:19|20)\d\d\b")


def furniture(page: PageLayout, neighbours: Sequence[PageLayout]) -> set[int]:
    """The places in `page.lines` of running headers and footers."""
    found: set[int] = set(_counted(page, neighbours))
    for edge in _edges(page):
        for at in edge:
            line = page.lines[at]
            if at in found:
                continue
            if not _is_repeated(line, page, neighbours):
                break  # below a header's last line comes text, even if it looks alike
            found.add(at)
    # A page of nothing else, such as a stamp or a duplicate, is text: nothing is to be lost.
    return found if len(found) < len(page.lines) else set()


def _counted(page: PageLayout, neighbours: Sequence[PageLayout]) -> Iterator[int]:
    """A last or first line that counts pages, wherever a converter let it fall on its page."""
    for at in (0, -1):
        mine = _printed_number(page, at)
        if mine is None:
            continue
        others = [
            (other.number - page.number, number - mine)
            for other in neighbours
            if other is not page and (number := _printed_number(other, at)) is not None
        ]
        # A page that ran over onto a second sheet shifts the count by one.
        if (
            sum(0 < abs(ahead) <= abs(away) and ahead * away > 0 for away, ahead in others)
            >= REPEATS
        ):
            yield at % len(page.lines)


def _printed_number(page: PageLayout, at: int) -> int | None:
    text = page.lines[at].text if page.lines else ""
    digits = _DIGITS.findall(text) if _PAGE_NUMBER.fullmatch(text) else []
    return int(digits[0]) if digits else None


def _edges(page: PageLayout) -> tuple[list[int], list[int]]:
    """Lines from the top edge inwards, and from the bottom edge."""
    upright = [at for at, line in enumerate(page.lines) if line.quarter == page.quarter]
    upright.sort(key=lambda at: page.lines[at].top)
    height = page.height
    top = [at for at in upright[:EDGE_LINES] if page.lines[at].bottom < TOP * height]
    bottom = [at for at in upright[: -EDGE_LINES - 1 : -1] if page.lines[at].top > BOTTOM * height]
    return top, bottom


def _is_repeated(line: TextLine, page: PageLayout, neighbours: Sequence[PageLayout]) -> bool:
    if len(line.text) > MAX_LENGTH:
        return False
    number = _PAGE_NUMBER.fullmatch(line.text) is not None
    if not number and _is_kept(line.text):
        return False
    key = _key(line.text)
    repeats = sum(_holds(other, key, line, page) for other in neighbours if other is not page)
    needed = 1 if number else min(REPEATS, max(1, len(neighbours) - 1))
    return repeats >= needed


def _is_kept(text: str) -> bool:
    return bool(_KEPT.search(text) or _YEARS.search(text))


def _holds(other: PageLayout, key: str, line: TextLine, page: PageLayout) -> bool:
    """Whether another page has the line at the same distance from the same edge."""
    from_top = line.top < page.height / 2
    place = line.top if from_top else page.height - line.bottom
    for candidate in (*other.lines[:EDGE_LINES], *other.lines[-EDGE_LINES:]):
        theirs = candidate.top if from_top else other.height - candidate.bottom
        if abs(theirs - place) < TOLERANCE and _key(candidate.text) == key:
            return True
    return False


@lru_cache(maxsize=1024)
def _key(text: str) -> str:
    """What a line says on every page; asked for again by each of its neighbours."""
    if _PAGE_NUMBER.fullmatch(text):
        return "#"
    return _DIGITS.sub("#", text.lower()).replace(" ", "")
