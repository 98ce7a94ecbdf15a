"""Invented reports, drawn and read as the product reads PDFs, with their figures looked up.

Only the database is replaced: what is found in it comes from lists in memory.
"""

import asyncio
import re
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest
from reportlab.lib.pagesizes import LETTER
from reportlab.pdfgen.canvas import Canvas

from core.principal import Permission, Principal
from knowledge.figures import lookup
from knowledge.figures.extraction import figures_of
from knowledge.figures.lookup import FigureLookup, LookUp
from knowledge.pages import Page
from knowledge.passages import Passage
from knowledge.pdf.reader import read_pages
from storage.chunk_search import Holding, PassageRow
from storage.figures.figure import Figure, FoundFigure
from storage.filings import Filing, FilingFacts

JO = Principal("jo", uuid4(), frozenset(Permission))
SIZE, LINE, MARGIN, WIDTH = 8, 12, 40, 4.8
"""Points; a letter of the text takes `WIDTH` of them."""
LABELS = 8
"""What begins left of this letter is a label."""
_PART = re.compile(r"\S+(?: \S+)*")


@dataclass(frozen=True)
class Report:
    """A document of invented pages, each as text in columns."""

    name: str
    pages: tuple[str, ...]
    company: str | None = "Quarztek, Inc."
    form: str = "10-K"
    year: int | None = 2022
    quarter: int | None = None
    period_end: date | None = date(2022, 12, 31)

    @property
    def facts(self) -> FilingFacts:
        return FilingFacts(self.company, None, self.form, self.year, self.quarter, self.period_end)

    @property
    def filing(self) -> Filing:
        version, document = uuid5(UUID(int=1), self.name), uuid5(UUID(int=2), self.name)
        return Filing(version, document, self.name, 1, len(self.pages), self.facts)


def drawn(pages: Sequence[str]) -> bytes:
    """A PDF that prints each line of text; what stands apart by two spaces is a column."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=LETTER, invariant=1)
    for text in pages:
        canvas.setFont("Helvetica", SIZE)
        for at, line in enumerate(text.splitlines()):
            down = LETTER[1] - MARGIN - LINE * (at + 1)
            for part in _PART.finditer(line):
                _draw(canvas, part, down)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _draw(canvas: Canvas, part: re.Match[str], down: float) -> None:
    """Labels begin and figures end where they do in the text; headings are centered there."""
    start, end = (MARGIN + WIDTH * place for place in part.span())
    if part.start() < LABELS:
        canvas.drawString(start, down, part[0])
    elif " " in part[0].strip("$ "):
        canvas.drawCentredString((start + end) / 2, down, part[0])
    else:
        canvas.drawRightString(end, down, part[0])


@cache
def read(pages: tuple[str, ...]) -> tuple[Page, ...]:
    """The pages as the product reads them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.pdf"
        path.write_bytes(drawn(pages))
        return tuple(read_pages(path))


@cache
def figures_in(pages: tuple[str, ...]) -> tuple[Figure, ...]:
    return tuple(figure for page in read(pages) for figure in figures_of(page))


class Ledger:
    """The figures of reports, and a look-up over them."""

    def __init__(self, *reports: Report) -> None:
        self.filings = [report.filing for report in reports]
        self.passages = [
            _passage(report.filing, page) for report in reports for page in read(report.pages)
        ]
        self.figures = [
            FoundFigure(
                uuid5(filing.version_id, f"{figure.page}:{figure.start}"),
                filing.document_id,
                filing.version_id,
                filing.name,
                figure,
            )
            for report in reports
            for filing in [report.filing]
            for figure in figures_in(report.pages)
        ]

    async def look_up(self, principal: Principal, item: str, **options: Any) -> LookUp:
        """As FigureLookup, whose queries it answers."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(lookup, "ChunkSearch", lambda _: _Chunks(self))
            patch.setattr(lookup, "FigureSearch", lambda _: _Figures(self))
            return await FigureLookup(_NoDatabase()).look_up(principal, item, **options)

    def find(self, item: str, **options: Any) -> LookUp:
        """`find("net sales", periods=["FY2022"])`."""
        return asyncio.run(self.look_up(JO, item, **options))


def _passage(filing: Filing, page: Page) -> Passage:
    return Passage(
        chunk_id=uuid5(filing.version_id, str(page.number)),
        document_id=filing.document_id,
        document_version_id=filing.version_id,
        document=filing.name,
        headline=filing.facts.headline,
        version=1,
        page=page.number,
        start=0,
        end=len(page.text),
        match_start=0,
        match_end=len(page.text),
        text=page.text,
        score=0.5,
    )


class _NoDatabase:
    @asynccontextmanager
    async def psycopg_transaction(self, _principal: Principal) -> AsyncIterator[None]:
        yield None


class _Chunks:
    """ChunkSearch, over a ledger: each page is one chunk."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def filings(self, document_ids: Sequence[UUID] | None, _as_of: object) -> list[Filing]:
        kept = self._ledger.filings
        return [each for each in kept if document_ids is None or each.document_id in document_ids]

    async def holding(self, places: Sequence[tuple[UUID, int, int]]) -> list[Holding | None]:
        return [Holding(version_id, page, page, "") for version_id, page, _ in places]

    async def passages(self, keys: Sequence[tuple[UUID, int]]) -> list[PassageRow]:
        held = {(each.document_version_id, each.page): each for each in self._ledger.passages}
        return [_row(held[key]) for key in keys]


def _row(passage: Passage) -> PassageRow:
    end = len(passage.text)
    version_id, page = passage.document_version_id, passage.page
    return PassageRow(version_id, page, passage.chunk_id, 0, end, 0, end, passage.text, None)


class _Figures:
    """FigureSearch, over a ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def candidates(
        self,
        version_ids: Sequence[UUID],
        *,
        concepts: Sequence[str] = (),
        words: Sequence[str] = (),
        limit: int,
    ) -> list[FoundFigure]:
        return [
            each
            for each in self._of(version_ids)
            if each.figure.concept in concepts or (words and set(words) <= set(each.figure.words))
        ][:limit]

    async def with_any_word(
        self, version_ids: Sequence[UUID], words: Sequence[str], *, limit: int
    ) -> list[FoundFigure]:
        found = [each for each in self._of(version_ids) if set(words) & set(each.figure.words)]
        found.sort(key=lambda each: -len(set(words) & set(each.figure.words)))
        return found[:limit]

    def _of(self, version_ids: Sequence[UUID]) -> list[FoundFigure]:
        return [each for each in self._ledger.figures if each.version_id in version_ids]
