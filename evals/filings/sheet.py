"""The built filing as questions see it: every figure and keyed paragraph with its page."""

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


@dataclass(frozen=True)
class Evidence:
    text: str
    page: int


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
    def reader(self) -> PdfReader:
        return PdfReader(BytesIO(self.pdf))

    def table(self, start: str) -> str:
        """The full name of the first table whose name starts so."""
        return next(name for name in self._tables if name.startswith(start))

    def figure(self, statement: str, label: str, period: str) -> Figure:
        return self._index[statement, label, period]

    def prose(self, key: str) -> Evidence:
        text = next(b.text for b in self.blocks if isinstance(b, Prose) and b.key == key)
        return Evidence(text, self.places["prose", key])

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


def build_sheet(report: Report) -> Sheet:
    blocks = compose(report)
    return Sheet(report, blocks, *render(report, blocks))


def in_millions(figure: Figure) -> Decimal:
    """USD millions."""
    return figure.value / 1000 if figure.scale == "thousands" else figure.value
