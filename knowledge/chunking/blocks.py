"""Parts a page by what belongs together: tables, and the prose between them, within sections."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.pages import Page, Section, Table
from knowledge.statements import Statement, statement_regions

PASSAGE_CHARACTERS = 6_000
"""A longer section is handed over in parts."""


@dataclass(frozen=True)
class Block:
    """A table, or a stretch of prose, with the section and the passage that it belongs to."""

    start: int
    end: int
    section: Section
    passage_start: int
    passage_end: int
    table: Table | None = None
    statement: Statement | None = None


def blocks_of(page: Page) -> Iterator[Block]:
    """From top to bottom; together they cover the page."""
    regions = statement_regions(page)
    sections = page.sections or (Section(0, len(page.text), ()),)
    for section in sections:
        for passage_start, passage_end, parts in _passages(page, section):
            for start, end, table in parts:
                middle = (start + end) // 2
                at = (r.statement for r in regions if table and r.start <= middle < r.end)
                yield Block(start, end, section, passage_start, passage_end, table, next(at, None))


Part = tuple[int, int, Table | None]


def _passages(page: Page, section: Section) -> Iterator[tuple[int, int, list[Part]]]:
    """Whole blocks together, up to the length of a passage."""
    held: list[Part] = []
    for part in _parts(page, section):
        if held and part[1] - held[0][0] > PASSAGE_CHARACTERS:
            yield held[0][0], held[-1][1], held
            held = []
        held.append(part)
    if held:
        yield held[0][0], held[-1][1], held


def _parts(page: Page, section: Section) -> Iterator[Part]:
    at = section.start
    for table in _inside(page.tables, section):
        if table.start > at:
            yield from _prose(page, at, table.start)
        yield max(table.start, at), min(table.end, section.end), table
        at = min(table.end, section.end)
    yield from _prose(page, at, section.end)


def _prose(page: Page, start: int, end: int) -> Iterator[Part]:
    """Cut at lines where it is longer than a passage."""
    while end - start > PASSAGE_CHARACTERS:
        cut = page.text.rfind("\n", start, start + PASSAGE_CHARACTERS) + 1
        cut = cut if cut > start else start + PASSAGE_CHARACTERS
        yield start, cut, None
        start = cut
    if page.text[start:end].strip():
        yield start, end, None


def _inside(tables: Sequence[Table], section: Section) -> Iterator[Table]:
    """A table belongs to the section in which it begins."""
    return (table for table in tables if section.start <= table.start < section.end)
