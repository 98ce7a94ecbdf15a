"""Which filings a question is about."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from knowledge.query.analysis import analyse
from knowledge.query.routing import route
from storage.filings import Filing, FilingFacts


def filing(company, year, quarter=None, form="10-K", end=None):
    facts = FilingFacts(company, None, form, year, quarter, end)
    name = f"{company.upper()}_{year}{f'Q{quarter}' if quarter else ''}.pdf"
    return Filing(uuid4(), UUID(int=0), name, 1, 500, facts)


A22, A23, A24 = (filing("Halvorsen", year) for year in (2022, 2023, 2024))
A18 = filing("Halvorsen", 2018)
A24Q2 = filing("Halvorsen", 2024, 2, "10-Q", date(2024, 6, 30))
EVENT = filing("Halvorsen", 2024, None, "8-K", date(2024, 8, 30))
B23 = filing("Quillfeather", 2023)
ALL = [A18, A22, A23, A24, A24Q2, EVENT, B23]


def best(question, filings=ALL):
    parts = route(analyse(question), filings)
    return [max(part, key=lambda each: each.fit).filing for part in parts]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What was Halvorsen's revenue in FY2023?", A23),
        ("What was Halvorsen's revenue in Q2 of FY2024?", A24Q2),
        ("Halvorsen's cash as of August 30, 2024?", EVENT),
        ("How did Halvorsen's margin change from 2022 to 2023?", A23),
        ("What revenue does Halvorsen expect for FY2024?", A24),
        ("Quillfeather's revenue?", B23),
    ],
)
def test_the_filing_of_the_company_and_period_fits_best(question, expected):
    assert best(question)[0] is expected


def test_only_the_named_company_s_filings_are_searched():
    (part,) = route(analyse("Quillfeather's revenue in FY2022?"), ALL)
    assert [each.filing for each in part] == [B23]


def test_where_no_company_is_named_all_are_searched():
    (part,) = route(analyse("Which risks are reported?"), ALL)
    assert len(part) == len(ALL)


def test_two_companies_are_searched_apart():
    assert best("Was Halvorsen's or Quillfeather's revenue larger in FY2023?") == [A23, B23]


def test_a_period_that_the_newer_filing_does_not_print_is_searched_apart():
    assert best("Compare Halvorsen's revenue in FY2018 with FY2024") == [A24, A18]


def test_what_is_expected_of_a_year_may_stand_in_the_filing_before():
    (part,) = route(analyse("What revenue does Halvorsen expect for FY2025?"), [A22, A24])
    assert max(part, key=lambda each: each.fit).filing is A24


def test_without_a_period_the_annual_report_is_meant():
    (part,) = route(analyse("Who are Halvorsen's customers?"), [A24Q2, A23])
    assert max(part, key=lambda each: each.fit).filing is A23


def test_no_filings_no_parts():
    assert route(analyse("What?"), []) == []
