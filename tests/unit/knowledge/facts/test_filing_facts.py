"""Company, form and period come from a document's text; its name is the last resort."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.facts.paged_text import FILE_NAME
from knowledge.filing_facts import find_facts, read_facts
from knowledge.pages import Page


def pages(*texts):
    return [Page(number, 600.0, 800.0, text) for number, text in enumerate(texts, start=1)]


COVERS = {
    "registrant": (
        (
            "FORM 10-K\nFor the fiscal year ended September 28, 2024\nBrasswick Motors, Inc.\n"
            "(Exact name of registrant as specified in its charter)"
        ),
        ("Brasswick Motors, Inc.", "10-K", 2024, None, date(2024, 9, 28)),
    ),
    "first of two registrants": (
        (
            "FORM 10-K\nFor the fiscal year ended December 31, 2021\nORCHARDLINE REALTY, INC.\n"
            "ORCHARDLINE LIMITED PARTNERSHIP\n(Exact name of Registrants as specified)"
        ),
        ("ORCHARDLINE REALTY, INC.", "10-K", 2021, None, date(2021, 12, 31)),
    ),
    "year named by where it begins": (
        (
            "Pellam Stores, Inc.\nFORM 10-K\nFor the fiscal year ended February 3, 2024\n"
            "Our fiscal 2023 ended on February 3, 2024."
        ),
        ("Pellam Stores, Inc.", "10-K", 2023, None, date(2024, 2, 3)),
    ),
    "year that ends in the first days of the next": (
        "Form 10-K\nFor the fiscal year ended January 2, 2022\nCorliss Labs Corp.",
        ("Corliss Labs Corp.", "10-K", 2021, None, date(2022, 1, 2)),
    ),
    "next year's guidance": (
        (
            "Form 10-K\nFor the fiscal year ended May 30, 2021\nCorliss Labs Corp.\n"
            "As of May 30, 2021, we plan for fiscal 2022 what fiscal 2022 needs."
        ),
        ("Corliss Labs Corp.", "10-K", 2021, None, date(2021, 5, 30)),
    ),
    "quarter of a year that ends later": (
        (
            "FORM 10-Q\nFor the quarterly period ended October 31, 2023\nCorliss Labs Corp.\n"
            "Six Months Ended October 31, 2023"
        ),
        ("Corliss Labs Corp.", "10-Q", 2024, 2, date(2023, 10, 31)),
    ),
    "british": (
        (
            "Annual Report\n2022\nMaking rivers clean\nTarnbrook Water plc\n"
            "Annual Report and Accounts for the year ended 31 March 2022"
        ),
        ("Tarnbrook Water plc", "annual report", 2022, None, date(2022, 3, 31)),
    ),
    "german": (
        (
            "Weiter denken\nGesch\u00e4ftsbericht 2023\nDie Velmar Logistik SE w\u00e4chst. Die "
            "Velmar Logistik SE zahlt mehr. Jahresabschluss zum 31. Dezember 2023"
        ),
        ("Velmar Logistik SE", "annual report", 2023, None, date(2023, 12, 31)),
    ),
    "french": (
        (
            "Rapport annuel 2022\nGroupe Orvalle S.A.\n"
            "Comptes consolid\u00e9s de l'exercice clos le 31 d\u00e9cembre 2022"
        ),
        ("Groupe Orvalle S.A.", "annual report", 2022, None, date(2022, 12, 31)),
    ),
    "spanish": (
        (
            "Informe anual 2023\nIberluz Energ\u00eda, S.A. y sociedades dependientes\n"
            "ejercicio anual terminado el 31 de diciembre de 2023"
        ),
        ("Iberluz Energ\u00eda, S.A.", "annual report", 2023, None, date(2023, 12, 31)),
    ),
    "swedish, two years": (
        (
            "Norrvik AB (publ)\nAnnual and Sustainability Report 2022/23\n"
            "Financial year ended 31 August 2023"
        ),
        ("Norrvik AB (publ)", "annual report", 2023, None, date(2023, 8, 31)),
    ),
    "half-year": (
        "HARROWGATE HOLDINGS PLC\nInterim results for the six months ended 30 September 2023",
        ("HARROWGATE HOLDINGS PLC", "interim report", 2024, 2, date(2023, 9, 30)),
    ),
    "release that cites a form": (
        (
            "Pellam Stores, Inc. Announces Third Quarter Fiscal 2023 Results\nDallas, November 16, "
            "2023 -- Pellam Stores, Inc. (NYSE: PLM) today reported results for the third quarter "
            "ended October 28, 2023. See our Annual Report on Form 10-K."
        ),
        ("Pellam Stores, Inc.", "earnings release", 2023, 3, date(2023, 10, 28)),
    ),
}


@pytest.mark.parametrize(("text", "expected"), COVERS.values(), ids=COVERS)
def test_facts_are_read_from_the_text(text, expected):
    facts = read_facts("upload.pdf", pages(text))
    found = (facts.company, facts.form, facts.fiscal_year, facts.fiscal_quarter, facts.period_end)
    assert found == expected


def test_the_text_wins_over_the_files_name():
    text = (
        "Ardmore Rail Corp.\nForm 10-Q for the quarterly period ended June 30, 2022\n"
        "Six Months Ended June 30, 2022"
    )
    facts = read_facts("Otherline_Q1_2024_10K.pdf", pages(text))
    assert (facts.company, facts.form) == ("Ardmore Rail Corp.", "10-Q")
    assert (facts.fiscal_year, facts.fiscal_quarter) == (2022, 2)


def test_what_only_the_files_name_says_is_marked():
    found = find_facts("ARDMORE_2021_10K.pdf", pages("Welcome aboard"))
    assert (found.facts.form, found.facts.fiscal_year, found.facts.company) == ("10-K", 2021, None)
    assert found.read_from == {"form": FILE_NAME, "fiscal_year": FILE_NAME}


def test_each_fact_has_its_page_and_offsets():
    first, second = "Letter to shareholders", "Tarnbrook Water plc\nAnnual Report 2022"
    found = find_facts("upload.pdf", pages(first, second))
    for fact, printed in (
        ("company", "Tarnbrook Water plc"),
        ("form", "Annual Report"),
        ("fiscal_year", "2022"),
    ):
        page, start, end = found.read_from[fact]
        assert (page, second[start:end]) == (2, printed)


def test_a_company_without_a_title_is_the_one_mentioned_most():
    body = (
        "Fenmoor Gas Limited was founded in 1901. Fenmoor pays. Fenmoor builds. Fenmoor Gas "
        "Limited owns Larkhill Pipes Limited and Larkhill Pipes Limited owns nothing. Deloitte "
        "Limited and Deloitte Limited audit. Fenmoor grows."
    )
    assert read_facts("upload.pdf", pages("Powering homes", body)).company == "Fenmoor Gas Limited"


def test_a_release_of_a_later_day_does_not_end_a_year_before():
    text = "FOR IMMEDIATE RELEASE\nLeeds, January 24, 2023\nCorliss reports results"
    body = "compared with the year ended January 2, 2022"
    assert read_facts("upload.pdf", pages(text, "x" * 6_000, body)).period_end is None


@given(st.text(max_size=200), st.text(max_size=30))
def test_no_text_trips_the_reading(text, name):
    found = find_facts(name, pages(text, text))
    assert all(
        source == FILE_NAME or source.start <= source.end for source in found.read_from.values()
    )
