"""Masks that are as long as what they hide, so that every place on a page stays where it is."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain

from knowledge.pages import Cell, Page, Row, Section, Table
from knowledge.redaction.contacts import find_emails, find_phones
from knowledge.redaction.kinds import Found, Kind
from knowledge.redaction.numbers import NUMBERS, find_cards, find_ibans
from knowledge.redaction.phrases import Phrases

FILL = "\u2022"
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Personal:
    """Personal data that was masked on a page."""

    page: int
    start: int
    end: int
    kind: Kind
    text: str


def detect(text: str) -> list[Found]:
    """Where personal data stands, in order; of two that overlap, the one that begins first."""
    found: Iterable[Found] = find_emails(text)
    if _DIGIT.search(text):
        numbers = (number.find(text) for number in NUMBERS)
        found = chain(found, find_phones(text), find_ibans(text), find_cards(text), *numbers)
    kept: list[Found] = []
    for each in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def masked(text: str) -> str:
    """A text without its personal data, as long as before."""
    return _hide(text, detect(text))


def mask(page: Page) -> tuple[Page, list[Personal]]:
    """A page without its personal data, and what that was.

    A table's figures stay, whatever they look like: they are what people ask about.
    """
    figures = _Figures(page)
    found = [each for each in detect(page.text) if not figures.overlap(each)]
    if not found:
        return page, []
    personal = [
        Personal(page.number, *each[:2], each.kind, page.text[each.start : each.end])
        for each in found
    ]
    copies = _Copies(personal)
    hidden = replace(
        page,
        text=_hide(page.text, found),
        sections=tuple(copies.section(each) for each in page.sections),
        tables=tuple(copies.table(each) for each in page.tables),
    )
    return hidden, personal


def _hide(text: str, found: Sequence[Found]) -> str:
    parts, at = [], 0
    for each in found:
        parts += [text[at : each.start], _mask(each)]
        at = each.end
    return "".join([*parts, text[at:]])


def _mask(found: Found) -> str:
    length = found.end - found.start
    label = f"[{found.kind}"[: length - 1]
    return f"{label}{FILL * (length - len(label) - 1)}]"


class _Figures:
    """Where a page's tables have figures."""

    def __init__(self, page: Page) -> None:
        cells = sorted(
            (cell.start, cell.end)
            for table in page.tables
            for row in table.rows
            for cell in row.cells
        )
        self._starts = [start for start, _ in cells]
        self._furthest = list(accumulate((end for _, end in cells), max))

    def overlap(self, found: Found) -> bool:
        before = bisect_left(self._starts, found.end)
        return before > 0 and self._furthest[before - 1] > found.start


class _Copies:
    """Where a page's text is written once more: headings, captions, labels."""

    def __init__(self, personal: Sequence[Personal]) -> None:
        self._phrases = Phrases(each.text for each in personal)
        self._seen: dict[str, str] = {}
        """A column's header stands at each of its cells, and is masked once."""

    def section(self, section: Section) -> Section:
        return replace(section, path=tuple(map(self.text, section.path)))

    def table(self, table: Table) -> Table:
        rows = tuple(map(self._row, table.rows))
        return replace(table, caption=self.text(table.caption), rows=rows)

    def _row(self, row: Row) -> Row:
        cells = tuple(map(self._cell, row.cells))
        group = tuple(map(self.text, row.group))
        return replace(row, label=self.text(row.label), group=group, cells=cells)

    def _cell(self, cell: Cell) -> Cell:
        return replace(
            cell,
            column=self.text(cell.column),
            unit=self.text(cell.unit) if cell.unit else cell.unit,
            doubts=tuple(map(self.text, cell.doubts)),
        )

    def text(self, text: str) -> str:
        if text not in self._seen:
            self._seen[text] = masked(self._without_phrases(text))
        return self._seen[text]

    def _without_phrases(self, text: str) -> str:
        parts, at = [], 0
        for start, end in self._phrases.find(text):
            parts += [text[at:start], FILL * (end - start)]
            at = end
        return "".join([*parts, text[at:]])
