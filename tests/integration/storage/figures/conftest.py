from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from storage.chunks import ChunkRepository, NewPage
from storage.documents import DocumentRepository, NewVersion
from storage.figures.figure import Basis, Figure, FigureBox
from storage.figures.search import FigureSearch

FIGURE = Figure(
    page=1,
    table=0,
    row=0,
    cell=0,
    label="Inventories",
    groups=("Current assets",),
    column="December 31, 2022",
    caption="Consolidated Balance Sheets (in millions)",
    section="Item 8. Financial Statements",
    statement="balance_sheet",
    concept="InventoryNet",
    basis=Basis.GROUP,
    is_adjusted=False,
    version=None,
    is_total=False,
    period="2022-12-31",
    starts_on=None,
    ends_on=date(2022, 12, 31),
    value=Decimal("-1404.50"),
    text="(1,404.50)",
    unit="USD",
    scale=10**6,
    start=100,
    end=110,
    box=FigureBox(72.5, 100.25, 120.0, 112.5),
    doubts=(),
    words=("inventori", "current", "asset"),
)


@pytest.fixture
def figure():
    """A figure at a row of page 1, with whatever is different."""

    def make(row=0, **different):
        return replace(FIGURE, row=row, **different)

    return make


@pytest.fixture
def admit(database):
    """A current version that holds these figures, with their pages."""
    documents = DocumentRepository(database)

    async def admit(principal, figures, *, private=False):
        new = NewVersion(f"{uuid4()}.pdf", uuid4().hex * 2, 1, 1, (), private)
        version, _ = await documents.accept(principal, new)
        pages = [NewPage(n, 612, 792, "x", "{}") for n in {each.page for each in figures}]
        ids = (principal, version.document_id, version.id)
        await ChunkRepository(database).load(*ids, [], pages, figures=figures)
        await documents.publish(principal, version.id, [])
        return version

    return admit


@pytest.fixture
def look_up(database):
    """Calls a method of FigureSearch as a principal."""

    async def look_up(principal, method, *arguments, **named):
        async with database.psycopg_transaction(principal) as connection:
            return await getattr(FigureSearch(connection), method)(*arguments, **named)

    return look_up
