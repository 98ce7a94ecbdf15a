"""What a filing says about itself: company, form and fiscal period."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.facts.company import find_company
from knowledge.facts.fiscal_year import find_fiscal_year
from knowledge.facts.form import EARNINGS_RELEASE, INTERIM_REPORT, find_form
from knowledge.facts.found import COVER_CHARACTERS
from knowledge.facts.paged_text import FILE_NAME, FactSource, PagedText
from knowledge.facts.period_end import find_period_end
from knowledge.facts.quarter import find_quarter
from knowledge.pages import Page
from storage.filings import FilingFacts

PAGES_READ = 30
"""Where a filing names its fiscal year; counting goes no further."""
EVENT_FORMS = frozenset({"8-K", "6-K"})
INTERIM_FORMS = frozenset({"10-Q", EARNINGS_RELEASE, INTERIM_REPORT})
_TICKER = re.compile(
    r"\((?:NYSE|NASDAQ|Nasdaq)(?:\s?GS|\s?GM)?\s?:\s?(?P<ticker>[A-Z]{1,5})\)|"
    r"\b(?P<listed>[A-Z]{1,5})\s+(?:The\s+)?(?:New\s+York\s+Stock\s+Exchange|NYSE|Nasdaq)",
)


@dataclass(frozen=True)
class FoundFacts:
    """Facts with the places where they were read."""

    facts: FilingFacts
    read_from: Mapping[str, FactSource]
    """By the fact's name: `company`, `form`, `fiscal_year`... `FILE_NAME` where only the file's
    name says it; without those that are unknown."""


def read_facts(name: str, pages: Sequence[Page]) -> FilingFacts:
    """Read the first pages, and the file's name where they are silent.

    Args:
        name: the document's name, such as `HALVORSEN_2022_10K.pdf`.
        pages: the filing's pages in order.
    """
    return find_facts(name, pages).facts


def find_facts(name: str, pages: Sequence[Page]) -> FoundFacts:
    """As `read_facts`, with the place of each fact."""
    paged = PagedText(pages[:PAGES_READ])
    text = paged.text
    form = find_form(name, text)
    kind = form.form if form else None
    is_interim = kind in INTERIM_FORMS
    end = find_period_end(text, is_event=kind in EVENT_FORMS)
    quarter = find_quarter(name, text, is_form=kind == "10-Q") if is_interim else None
    year = find_fiscal_year(name, text, end, quarter.value if quarter else None)
    company = find_company(text)
    ticker = _TICKER.search(text[:COVER_CHARACTERS])
    places = {
        "company": (company.start, company.end) if company else None,
        "ticker": ticker.span() if ticker else None,
        "form": form.place if form else None,
        "fiscal_year": year.place if year else None,
        "fiscal_quarter": quarter.place if quarter else None,
        "period_end": end.place if end else None,
    }
    facts = FilingFacts(
        company=company.name if company else None,
        ticker=(ticker["ticker"] or ticker["listed"]) if ticker else None,
        form=kind,
        fiscal_year=year.value if year else None,
        fiscal_quarter=quarter.value if quarter else None,
        period_end=end.value if end else None,
    )
    read_from = {
        fact: paged.source(*place) if place else FILE_NAME
        for fact, place in places.items()
        if getattr(facts, fact) is not None
    }
    return FoundFacts(facts, read_from)
