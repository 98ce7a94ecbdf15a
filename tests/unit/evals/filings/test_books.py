from decimal import Decimal

import pytest

from evals.filings.books import split, total_flows
from evals.filings.companies import COMPANIES, HALVORSEN, MARROWBY
from evals.filings.plan import Company
from evals.filings.report import Report
from evals.filings.rolling import roll_books

REPORTS = [Report(company, *filing) for company in COMPANIES for filing in company.filings]
by_company = pytest.mark.parametrize("company", COMPANIES, ids=lambda company: company.code)
by_report = pytest.mark.parametrize("report_", REPORTS, ids=lambda report: report.doc_name)


def test_split_keeps_the_total():
    assert split(Decimal(100), (1, 1, 1)) == (33, 33, 34)


@by_company
@pytest.mark.parametrize("restated", [False, True])
def test_every_quarter_reconciles(company: Company, restated: bool):
    for quarter in roll_books(company, restated=restated):
        flows, opening, closing = quarter.flows, quarter.opening, quarter.closing
        assert closing.assets == closing.liabilities + closing.equity
        assert closing.cash == opening.cash + flows.change_in_cash
        assert sum(quarter.sales.values()) == flows.revenue
        assert closing.cash > 0


@by_report
def test_the_year_is_the_sum_of_its_quarters(report_: Report):
    whole = report_.span(report_.fiscal_year - 1)
    assert total_flows(whole.quarters).net_income == sum(
        report_.span(report_.fiscal_year - 1, n, n).flows.net_income for n in range(1, 5)
    )


@pytest.mark.parametrize("company", [HALVORSEN, MARROWBY], ids=lambda company: company.code)
def test_the_later_report_differs_from_the_earlier_one_for_the_same_year(company: Company):
    own, restated = Report(company, 2022, None).span(2022), Report(company, 2023, None).span(2022)
    assert own.flows.net_income > restated.flows.net_income
    assert own.closing.cash == restated.closing.cash
    assert restated.column.header == "2022 (as restated)"


@by_report
def test_prose_agrees_with_the_books_on_the_margin(report_: Report):
    now, before = (span.flows for span in report_.cash_spans[:2])
    rose = now.gross_profit / now.revenue > before.gross_profit / before.revenue
    told = report_.company.story.margin[report_.fiscal_year]
    assert told.startswith("Gross margin rose" if rose else "Gross margin fell")


def test_a_january_year_ends_on_its_last_saturday():
    assert [MARROWBY.period_end(year).isoformat() for year in (2021, 2022, 2023)] == [
        "2022-01-29",
        "2023-01-28",
        "2024-01-27",
    ]
