"""The built filing as questions see it: every figure and keyed paragraph with its page."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from io import BytesIO

from pypdf import PdfReader

from evals.filings.blocks import Block, Prose
from evals.filings.document import Places, render
from evals.filings.filing import compose
from evals.filings.report import Report
from evals.filings.tables import Figure, Table, table_figures

Meaning = tuple[str, str, Decimal, str]  # label, period, value, unit


@dataclass(frozen=True)
class Evidence:
    text: str
    page: int


@dataclass(frozen=True)
class Saying:
    """Words of a filing."""

    match: re.Match[str]
    evidence: tuple[Evidence, ...]
    """The whole paragraph, once for each page that has the words."""


@dataclass
class Sheet:
    report: Report
    blocks: Sequence[Block]
    pdf: bytes
    places: Places
    _texts: dict[int, str] = field(default_factory=dict)

    @cached_property
    def figures(self) -> list[Figure]:
        found: list[Figure] = []
        for table in self._tables.values():
            rows = {at: self.places[table.name, at] for at in range(len(table.rows))}
            found += table_figures(self.report.doc_name, table, rows)
        return found

    @cached_property
    def _tables(self) -> dict[str, Table]:
        return {block.name: block for block in self.blocks if isinstance(block, Table)}

    @cached_property
    def _index(self) -> dict[tuple[str, str, str], Figure]:
        return {(f.statement, f.row_label, f.period): f for f in self.figures}

    @cached_property
    def _rows(self) -> dict[tuple[str, str], list[Figure]]:
        rows: dict[tuple[str, str], list[Figure]] = {}
        for figure in self.figures:
            rows.setdefault((figure.statement, figure.row_label), []).append(figure)
        return rows

    @cached_property
    def _meanings(self) -> dict[Meaning, list[Figure]]:
        meanings: dict[Meaning, list[Figure]] = {}
        for figure in self.figures:
            meanings.setdefault(_meaning(figure), []).append(figure)
        return meanings

    @cached_property
    def reader(self) -> PdfReader:
        return PdfReader(BytesIO(self.pdf))

    def table(self, start: str) -> str:
        """The full name of the first table whose name starts so; empty if none does."""
        return next((name for name in self._tables if name.startswith(start)), "")

    def figure(self, statement: str, label: str, period: str) -> Figure:
        return self._index[statement, label, period]

    def row(self, statement: str, label: str) -> Sequence[Figure]:
        """A line's figures, one a column; none if the filing has no such line."""
        return self._rows.get((statement, label), [])

    def same(self, figure: Figure) -> Sequence[Figure]:
        """Where this filing prints a figure of that label, period and value, in any table."""
        return self._meanings.get(_meaning(figure), [])

    def prose(self, key: str) -> Evidence:
        text = next(b.text for b in self.blocks if isinstance(b, Prose) and b.key == key)
        return Evidence(text, self.places["prose", key])

    def find(self, pattern: str) -> Saying | None:
        """The first paragraph or small print that matches, and the pages that say it."""
        for text in self._sayings:
            if match := re.search(pattern, text):
                pages = [
                    page
                    for page in range(len(self.reader.pages))
                    if _squeezed(match.group()) in _squeezed(self.page_text(page))
                ]
                return Saying(match, tuple(Evidence(text, page) for page in pages))
        return None

    @cached_property
    def _sayings(self) -> list[str]:
        """What is written beside the tables' cells."""
        return [
            text
            for block in self.blocks
            for text in (
                [block.text] if isinstance(block, Prose)
                else block.footnotes if isinstance(block, Table) else ()
            )
        ]  # fmt: skip

    def cite(self, figures: Iterable[Figure]) -> tuple[Evidence, ...]:
        """The rows of the figures, one piece of evidence for each table and page."""
        rows: dict[tuple[str, int], list[int]] = {}
        for figure in figures:
            numbers = rows.setdefault((figure.statement, figure.page), [])
            if figure.row not in numbers:
                numbers.append(figure.row)
        return tuple(
            Evidence(self._rows_text(self._tables[name], sorted(numbers)), page)
            for (name, page), numbers in rows.items()
        )

    def _rows_text(self, table: Table, numbers: list[int]) -> str:
        lines = [table.name, table.caption, " ".join(c.header for c in table.columns)]
        for number in numbers:
            cells = [
                f.printed for f in self.figures if (f.statement, f.row) == (table.name, number)
            ]
            lines.append(" ".join([table.rows[number].label, *cells]))
        return "\n".join(line for line in lines if line)

    def page_text(self, page: int) -> str:
        if page not in self._texts:
            self._texts[page] = self.reader.pages[page].extract_text()
        return self._texts[page]


def _meaning(figure: Figure) -> Meaning:
    return figure.row_label, figure.period, figure.value, figure.unit


def _squeezed(text: str) -> str:
    """Without blanks: a page's lines break anywhere."""
    return "".join(text.split())


def build_sheet(report: Report) -> Sheet:
    blocks = compose(report)
    return Sheet(report, blocks, *render(report, blocks))
