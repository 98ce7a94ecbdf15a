"""A figure of an uploaded PDF is found with the passage that prints it, by those who may see it."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from unit.ledger import drawn

from core.errors import NotFoundError, PermissionDeniedError
from core.principal import Permission, Principal
from knowledge.figures.lookup import FigureLookup

COVER = """
                                   FORM 10-K
                     ANNUAL REPORT PURSUANT TO SECTION 13 OR 15(d)
                  For the fiscal year ended December 31, {}

                            Tamsin Kettles, Inc.
             (Exact name of registrant as specified in its charter)
"""
INCOME = """
                      Consolidated Statements of Operations
                                 (in millions)
                                            Years ended December 31,
                                             {}          {}
Net sales                                      ${}           ${}
Cost of sales                                   30            28
Income tax expense                               3             2
Net income                                       5             4
"""
COPPER = """
                        Net Sales by Product
                            (in millions)
                                            Years ended December 31,
                                             {}          {}
Copper kettles                                 $21           $20
Iron kettles                                    29            20
"""


@pytest.fixture
def look_up(runtime):
    figures = FigureLookup(runtime.database)

    async def look_up(principal, item="net sales", periods=("FY2022",), **options):
        return await figures.look_up(principal, item, periods=periods, **options)

    return look_up


@pytest.fixture
def report(take_in, pdf):
    """Indexes an invented annual report."""

    async def report(principal, now=50, before=40, year=2022, name="TAMSIN_2022_10K.pdf"):
        pages = [
            COVER.format(year),
            INCOME.format(year, year - 1, now, before),
            COPPER.format(year, year - 1),
        ]
        return await take_in(principal, pdf(drawn(pages), f"{uuid4()}.pdf"), name)

    return report


def amounts(found):
    return [figure.amount for answer in found.answers for figure in answer.figures]


async def test_figure_is_found_with_the_passage_that_prints_it(report, look_up, principal):
    version = await report(principal)
    found = await look_up(principal)
    (answer,) = found.answers
    (figure,) = answer.figures
    (passage,) = found.passages
    assert (figure.label, figure.text, figure.amount) == ("Net sales", "$50", 50_000_000)
    assert (figure.unit, figure.period, answer.earlier) == ("USD", "FY2022", None)
    assert (figure.document_id, figure.document_version_id) == (version.document_id, version.id)
    assert (passage.document_version_id, passage.page, figure.page) == (version.id, 2, 2)
    at = figure.start - passage.start
    assert passage.text[at : at + len(figure.text)] == "$50"
    assert "Tamsin Kettles" in found.searched[0]


async def test_part_is_found_by_its_words_alone(report, look_up, principal):
    await report(principal)
    assert amounts(await look_up(principal, "net sales of copper kettles")) == [21_000_000]


async def test_nothing_exact_has_no_figure_and_names_the_nearest_rows(report, look_up, principal):
    await report(principal)
    found = await look_up(principal, "net sales of glass kettles")
    assert found.answers == found.passages == ()
    assert "Copper kettles" in found.nearest


async def test_another_organization_sees_no_figure(report, look_up, principal, stranger):
    version = await report(principal)
    found = await look_up(stranger)
    assert (found.answers, found.nearest, found.searched, found.passages) == ((), (), (), ())
    with pytest.raises(NotFoundError):
        await look_up(stranger, document_ids=[version.document_id])


async def test_private_document_is_looked_up_by_its_owner_alone(
    report, look_up, runtime, principal
):
    version = await report(principal)
    await runtime.documents.share(principal, version.document_id, private=True)
    colleague = replace(principal, subject="bob")
    assert amounts(await look_up(principal)) == [50_000_000]
    found = await look_up(colleague)
    assert (found.answers, found.nearest, found.searched) == ((), (), ())


async def test_only_the_given_documents_are_looked_up(report, look_up, principal):
    await report(principal)
    other = await report(principal, 70, 60, name="TAMSIN_2022_10KA.pdf")
    found = await look_up(principal, document_ids=[other.document_id])
    assert amounts(found) == [70_000_000]
    with pytest.raises(NotFoundError):
        await look_up(principal, document_ids=[uuid4()])


async def test_as_of_a_time_the_figures_of_then_are_found(report, look_up, principal):
    start = datetime.now(UTC)
    await report(principal, now=50)
    then = datetime.now(UTC)
    await report(principal, now=52)
    assert amounts(await look_up(principal)) == [52_000_000]
    assert amounts(await look_up(principal, as_of=then)) == [50_000_000]
    assert amounts(await look_up(principal, as_of=start)) == []


async def test_restated_figure_is_found_in_the_newest_report_with_the_first(
    report, look_up, principal
):
    await report(principal, now=44, before=40, year=2021, name="TAMSIN_2021_10K.pdf")
    await report(principal, now=50, before=41, year=2022)
    (answer,) = (await look_up(principal, periods=("FY2021",))).answers
    assert [figure.amount for figure in answer.figures] == [41_000_000]
    assert answer.earlier.amount == 44_000_000


async def test_deleted_document_has_no_figures(report, look_up, runtime, principal):
    version = await report(principal)
    await runtime.deletion.document(principal, version.document_id)
    assert amounts(await look_up(principal)) == []


async def test_principal_without_the_permission_may_not_look_up(report, look_up, principal):
    await report(principal)
    nobody = Principal("jo", principal.organization_id, frozenset({Permission.UPLOAD_DOCUMENT}))
    with pytest.raises(PermissionDeniedError, match="query:document"):
        await look_up(nobody)
