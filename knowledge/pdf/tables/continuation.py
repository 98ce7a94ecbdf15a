"""Tells a table that goes on from the page before, and what it takes over."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.pdf.tables.captions import Caption
from knowledge.pdf.tables.classify import Classified, Kind
from knowledge.pdf.tables.columns import FigureColumn
from knowledge.pdf.tables.headers import Header
from knowledge.pdf.tables.labels import Headings
from knowledge.pdf.tables.regions import Region
from knowledge.pdf.tables.units import UnitNote, unit_note

MAX_ABOVE = 6
"""Lines above the first row of a table that goes on, header and repeated title included."""
MAX_BELOW = 3
"""Lines below a table that goes on: footnotes, a page number."""
MAX_PAGES = 2000
MANY_COLUMNS = 4
_CONTINUED = re.compile(r"(?:(?<!\W)\W++)?\bcont(?:inued|['\u2019]d|\.)\W*+", re.IGNORECASE)


@dataclass(frozen=True)
class Continued:
    """What a table hands on to its next page."""

    columns: list[str]
    stub: str
    caption: str
    note: UnitNote
    headings: Headings
    extents: list[FigureColumn]
    notes: FigureColumn | None = None
    """Where references to notes stand."""


def is_at_foot(region: Region, lines: Sequence[Classified]) -> bool:
    """Whether nothing but a few short lines follows on the page."""
    rest = lines[region.body[-1].at + 1 :]
    if len(rest) > MAX_BELOW:
        return False
    return not any(line.kind is Kind.ROW and not _is_page_number(line) for line in rest)


def _is_page_number(line: Classified) -> bool:
    """Whether a line is a running one: "Annual report 2023   41"."""
    if len(line.figures) != 1 or line.figures[0].figure is None:
        return False
    figure = line.figures[0].figure
    return figure.is_plain and figure.value < MAX_PAGES


def is_repeated(line: Classified, before: Continued) -> bool:
    """Whether a line above the first row is of the title on the page before."""
    text = _CONTINUED.sub("", line.line.text).strip().lower()
    return not text or text in before.caption.lower()


def is_under_another_title(
    lines: Iterable[Classified], columns: Sequence[str], before: Continued
) -> bool:
    """Whether lines above the first row may as well be the title of another table.

    Those that lead to rows end in a colon. Tables of two or three columns look alike; those of
    more go on, if all of their columns do.
    """
    if len(columns) == len(before.columns) >= MANY_COLUMNS:
        return False
    return any(
        not line.line.text.rstrip().endswith(":") and not is_repeated(line, before)
        for line in lines
    )


def is_at_head(region: Region, lines: Sequence[Classified]) -> bool:
    """Whether it is the first thing on its page."""
    first = region.body[0].at
    return first <= MAX_ABOVE and all(line.kind is not Kind.PROSE for line in lines[:first])


def header_from(
    before: Continued, region: Region, header: Header, caption: Caption
) -> list[str] | None:
    """The headers that the page before hands on, or None if this is another table."""
    if header.is_empty and not unit_note(caption.text).is_said:
        # What stands above the first row is then a group's heading, if the columns go on.
        return _by_place(before, region.columns)
    if header.is_empty or (caption.has_title and not _is_same(caption.text, before.caption)):
        return None
    same = [column.lower() for column in header.columns] == [c.lower() for c in before.columns]
    return before.columns if same else None


def _is_same(title: str, before: str) -> bool:
    """Whether a title repeats the one before: "... (continued)"."""
    plain = _CONTINUED.sub("", title).strip().lower()
    return bool(plain) and _CONTINUED.sub("", before).strip().lower().startswith(plain)


def _by_place(before: Continued, columns: Sequence[FigureColumn]) -> list[str] | None:
    """Each column's header by where it stands, if it stands below one on the page before."""
    places = [_below(column, before.extents) for column in columns]
    if None in places or len(set(places)) < len(places):
        return None
    return [before.columns[at] for at in places if at is not None]


def _below(column: FigureColumn, extents: Sequence[FigureColumn]) -> int | None:
    for at, extent in enumerate(extents):
        if min(column.right, extent.right) > max(column.left, extent.left):
            return at
    return None
