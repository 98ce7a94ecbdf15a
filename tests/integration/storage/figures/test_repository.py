"""Figures come back as they were loaded, and pages that are loaded again replace theirs."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from storage.chunks import ChunkRepository, NewPage
from storage.figures.figure import Basis, Version

PAGE = NewPage(1, 612, 792, "x", "{}")


async def stored(look_up, principal, version, figures):
    found = await look_up(
        principal, "candidates", [version.id], concepts={each.concept for each in figures}, limit=99
    )
    return [each.figure for each in found]


async def test_a_figure_comes_back_as_it_was_loaded(admit, look_up, principal, figure):
    full = figure(
        basis=Basis.PART,
        version=Version.RESTATED,
        starts_on=date(2022, 1, 1),
        doubts=("no column header",),
        is_adjusted=True,
        is_total=True,
        value=Decimal("0.1000000000000000000000000001"),
        scale=10**9,
    )
    bare = figure(
        1, groups=(), statement=None, period=None, ends_on=None, unit=None, words=("inventori",)
    )
    version = await admit(principal, [full, bare])
    assert await stored(look_up, principal, version, [full, bare]) == [full, bare]


@pytest.mark.parametrize("value", ["1" * 10_000, "-0.00", "1E+20", "99.999"])
async def test_any_value_is_kept_exactly(admit, look_up, principal, figure, value):
    version = await admit(principal, [figure(value=Decimal(value))])
    (found,) = await stored(look_up, principal, version, [figure()])
    assert found.value == Decimal(value)


async def test_pages_loaded_again_replace_their_figures(
    database, documents, upload, look_up, principal, figure
):
    version, _ = await documents.accept(principal, upload())
    ids = (principal, version.document_id, version.id)
    chunks = ChunkRepository(database)
    pages = [PAGE, replace(PAGE, number=2)]
    other_page = figure(page=2)
    await chunks.load(*ids, [], pages, figures=[figure(0), figure(1), other_page])
    await chunks.load(*ids, [], [PAGE], figures=[figure(0, label="Stocks", words=("stock",))])
    found = await stored(look_up, principal, version, [figure()])
    assert sorted((each.page, each.label) for each in found) == [(1, "Stocks"), (2, "Inventories")]
    by_old_word = await look_up(principal, "candidates", [version.id], words=["inventori"], limit=9)
    assert [each.figure.page for each in by_old_word] == [2]


async def test_a_page_loaded_again_without_figures_has_none(
    database, documents, upload, look_up, principal, figure
):
    version, _ = await documents.accept(principal, upload())
    ids = (principal, version.document_id, version.id)
    await ChunkRepository(database).load(*ids, [], [PAGE], figures=[figure()])
    await ChunkRepository(database).load(*ids, [], [PAGE])
    assert await stored(look_up, principal, version, [figure()]) == []


async def test_an_id_stays_with_what_is_printed(
    database, documents, upload, look_up, principal, figure
):
    version, _ = await documents.accept(principal, upload())
    ids = (principal, version.document_id, version.id)
    chunks = ChunkRepository(database)

    async def loaded(figures):
        await chunks.load(*ids, [], [PAGE], figures=figures)
        found = await look_up(
            principal, "candidates", [version.id], concepts=["InventoryNet"], limit=9
        )
        return [each.id for each in found]

    first = await loaded([figure(), figure(1)])
    assert len(set(first)) == 2
    assert await loaded([figure(period="FY2022"), figure(1)]) == first
    assert (await loaded([figure(text="1,405"), figure(1)]))[0] not in first


async def test_a_failed_batch_leaves_neither_pages_nor_figures(
    database, documents, upload, look_up, principal, figure
):
    version, _ = await documents.accept(principal, upload())
    ids = (principal, version.document_id, version.id)
    with pytest.raises(Exception, match="duplicate key"):
        await ChunkRepository(database).load(*ids, [], [PAGE], figures=[figure(), figure()])
    assert await stored(look_up, principal, version, [figure()]) == []
    assert (await documents.version(principal, version.id)).pages_done == 0


async def test_a_word_as_long_as_a_page_stops_nothing(admit, look_up, principal, figure):
    version = await admit(principal, [figure(words=("x" * 10_000, "inventori"))])
    found = await look_up(principal, "candidates", [version.id], words=["inventori"], limit=9)
    assert len(found) == 1
