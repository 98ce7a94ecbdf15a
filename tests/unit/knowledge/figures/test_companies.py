"""Whose figure it is, and which document tells it."""

from datetime import date

import pytest
from unit.ledger import JO, Ledger, Report

from core.errors import PermissionDeniedError
from core.principal import Permission, Principal

PAGE = """
                      Consolidated Statements of Operations
                                 (in millions)
                                            Years ended December 31,
                                           {}
Net sales                                      ${}           ${}
Income tax expense                               3             2
Net income                                       5             4
"""


def report(name, company, years, now, before, year=2022):
    page = PAGE.format(years, now, before)
    return Report(name, (page,), company=company, year=year, period_end=date(year, 12, 31))


NOW, BEFORE = "   2022          2021", "   2021          2020"
ARDEN = report("ARDEN_2022_10K.pdf", "Arden Tools, Inc.", NOW, 50, 40)
BRILL = report("BRILL_2022_10K.pdf", "Brill Brushes, Inc.", NOW, 70, 60)
EARLIER = report("ARDEN_2021_10K.pdf", "Arden Tools, Inc.", BEFORE, 44, 30, year=2021)


def amounts(look_up):
    return {each.company: [str(f.value) for f in each.figures] for each in look_up.answers}


def test_each_company_has_an_answer_of_its_own():
    found = Ledger(ARDEN, BRILL).find("net sales", periods=["FY2022"])
    assert amounts(found) == {"Arden Tools, Inc.": ["50"], "Brill Brushes, Inc.": ["70"]}


@pytest.mark.parametrize(
    ("item", "company"),
    [("net sales", "Brill Brushes"), ("net sales of Brill", None), ("Brill's net sales", None)],
)
def test_company_that_is_named_answers_alone(item, company):
    found = Ledger(ARDEN, BRILL).find(item, periods=["FY2022"], company=company)
    assert amounts(found) == {"Brill Brushes, Inc.": ["70"]}
    assert all("Arden" not in each for each in found.searched)


def test_unknown_company_has_no_figures_of_others():
    found = Ledger(ARDEN, BRILL).find("net sales", periods=["FY2022"], company="Cobbler")
    assert (found.answers, found.nearest) == ((), ())
    assert len(found.searched) == 2


def test_newest_document_answers_and_the_older_one_s_amount_is_kept():
    (answer,) = Ledger(EARLIER, ARDEN).find("net sales", periods=["FY2021"]).answers
    assert [str(each.value) for each in answer.figures] == ["40"]
    assert str(answer.earlier.value) == "44"
    assert answer.earlier.document == "ARDEN_2021_10K.pdf"


def test_amount_that_both_documents_tell_is_that_of_its_own_report():
    same = report("ARDEN_2022_10K.pdf", "Arden Tools, Inc.", NOW, 50, 44)
    (answer,) = Ledger(same, EARLIER).find("net sales", periods=["FY2021"]).answers
    assert answer.earlier is None
    assert [each.document for each in answer.figures] == ["ARDEN_2021_10K.pdf"]


def test_figure_of_thousands_and_the_same_in_millions_are_one():
    text = PAGE.replace("in millions", "in thousands").format(NOW, "50,012", "40,000")
    exact = Report("ARDEN_2022_10KA.pdf", (text,), company="Arden Tools, Inc.")
    (answer,) = Ledger(ARDEN, exact).find("net sales", periods=["FY2022"]).answers
    assert len(answer.figures) == 1
    assert answer.earlier is None


def test_only_the_documents_of_the_thread_are_searched():
    ledger = Ledger(ARDEN, BRILL)
    only = [ledger.filings[1].document_id]
    found = ledger.find("net sales", periods=["FY2022"], document_ids=only)
    assert amounts(found) == {"Brill Brushes, Inc.": ["70"]}


def test_document_without_a_company_is_called_by_its_name():
    found = Ledger(report("upload.pdf", None, NOW, 50, 40)).find("net sales", periods=["FY2022"])
    assert amounts(found) == {"upload.pdf": ["50"]}


async def test_figures_need_the_permission_to_query():
    nobody = Principal("jo", JO.organization_id, frozenset({Permission.UPLOAD_DOCUMENT}))
    with pytest.raises(PermissionDeniedError):
        await Ledger(ARDEN).look_up(nobody, "net sales")
