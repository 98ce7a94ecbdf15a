"""Puts a filing together: its Items in order, the statements and the numbered notes."""

from collections.abc import Iterable, Iterator

from evals.filings import note_tables as tables
from evals.filings.blocks import Block, Heading, PageBreak, Prose
from evals.filings.business import business, closing_items, controls, cover
from evals.filings.business import properties_and_proceedings as properties
from evals.filings.discussion import discussion
from evals.filings.report import Report, long_date
from evals.filings.risks import risk_factors
from evals.filings.statements import primary_statements
from evals.filings.tables import Table

Note = tuple[str, str, str | None, tuple[Table, ...]]  # title, text, key of the text, tables


def compose(report: Report) -> list[Block]:
    return list(_quarterly(report) if report.quarter else _annual(report))


def _annual(report: Report) -> Iterator[Block]:
    yield from cover(report)
    yield from business(report)
    yield Heading("Item 1A. Risk Factors", 0)
    yield from risk_factors(report)
    yield from properties(report)
    yield PageBreak()
    yield from discussion(report)
    yield PageBreak()
    yield Heading("Item 8. Financial Statements and Supplementary Data", 0)
    yield Prose("Report of independent registered public accounting firm: in our opinion the "
                "statements present fairly, in all material respects, the financial position of "
                "the Company. Ashgrove & Penhallow LLP")  # fmt: skip
    yield from _financials(report)
    yield from closing_items(report)


def _quarterly(report: Report) -> Iterator[Block]:
    yield from cover(report)
    yield Heading("Part I. Item 1. Financial Statements (Unaudited)", 0)
    yield from _financials(report)
    yield PageBreak()
    yield from discussion(report)
    yield from controls(report, "4")
    yield Heading("Part II. Item 1. Legal Proceedings", 0)
    yield Prose(report.company.story.legal[report.fiscal_year], "legal")
    yield Heading("Item 1A. Risk Factors", 0)
    yield from risk_factors(report)
    yield Heading("Signatures", 0)
    yield Prose(f"The registrant has duly caused this report to be signed. {report.company.name}")


def _financials(report: Report) -> Iterator[Block]:
    for statement in primary_statements(report):
        yield statement
        yield Prose("See accompanying notes to consolidated financial statements.", centred=True)
        yield PageBreak()
    yield Heading("Notes to Consolidated Financial Statements")
    for number, (title, text, key, shown) in enumerate(_notes(report), 1):
        yield Heading(f"Note {number}. {title}")
        yield Prose(text, key)
        yield from shown


def _notes(report: Report) -> Iterable[Note]:
    yield (
        "Basis of Presentation",
        (
            f"The statements include {report.company.name} and its subsidiaries. The year ends "
            f"on {_year_end(report)}. Amounts are in {report.company.scale} of U.S. dollars unless "
            "stated otherwise. Management makes estimates that affect the amounts reported."
        ),
        None,
        (),
    )
    if report.restates:
        yield _restatement(report)
    yield from _trade_notes(report)
    yield from _financing_notes(report)


def _year_end(report: Report) -> str:
    if report.company.year_end_month == 1:
        return "the last Saturday of January"
    end = report.company.period_end(report.fiscal_year)
    return f"{end:%B} {end.day}"


def _restatement(report: Report) -> Note:
    fix = report.company.correction
    if fix is None:
        raise ValueError(f"{report.doc_name} restates nothing")
    day = long_date(report.company.period_end(fix.fiscal_year))
    text = (
        f"While preparing this report we found {fix.reason}. We have restated the statements of "
        f"the year ended {day} and marked them as restated. The error had no effect on cash."
    )
    title = "Restatement of Previously Issued Financial Statements"
    return title, text, "restatement", (tables.restatement(report),)


def _trade_notes(report: Report) -> Iterator[Note]:
    story = report.company.story
    yield (
        "Revenue",
        (
            f"We recognize revenue from {story.offering} when control passes. Services "
            "are recognized over time. Deferred revenue holds what customers paid in advance."
        ),
        None,
        (tables.revenue_by_product(report), tables.revenue_by_geography(report)),
    )
    yield (
        "Segments",
        (
            "The chief executive officer decides on resources by segment operating income, which "
            "leaves out corporate expense."
        ),
        None,
        (tables.segment_results(report),),
    )
    if report.instants[0].balance.inventory:
        text = "Inventories are stated at the lower of cost and net realizable value."
        yield "Inventories", text, None, (tables.inventories(report),)
    yield (
        "Property, Plant and Equipment",
        (
            "Property is depreciated on a straight line over three to forty years. Depreciation of "
            f"{report.span_name} was {report.money(report.cash_spans[0].flows.depreciation)}."
        ),
        None,
        (tables.property_and_equipment(report),),
    )
    yield (
        "Goodwill and Intangible Assets",
        "We test goodwill for impairment each year in the fourth quarter and found none.",
        None,
        (tables.goodwill_changes(report),),
    )
    yield (
        "Accrued Liabilities",
        "Accrued liabilities consist of the following.",
        None,
        (tables.accrued_liabilities(report),),
    )


def _financing_notes(report: Report) -> Iterator[Note]:
    yield (
        "Debt",
        (
            f"The senior notes bear {report.company.interest_rate * 100:.2f}% interest. We were in "
            "compliance with all covenants."
        ),
        "debt",
        (tables.debt(report), tables.debt_maturities(report)),
    )
    yield (
        "Leases",
        "We lease sites, vehicles and equipment under operating leases of one to fifteen years.",
        None,
        (tables.lease_maturities(report),),
    )
    yield (
        "Income Taxes",
        "The effective rate differs from the statutory rate as shown below.",
        None,
        (tables.income_taxes(report), tables.tax_rates(report)),
    )
    yield (
        "Stock-Based Compensation",
        "We grant restricted stock units that vest over three or four years.",
        None,
        (tables.stock_compensation(report),),
    )
    legal = report.company.story.legal[report.fiscal_year]
    yield "Commitments and Contingencies", legal, "contingencies", ()
    if not report.quarter:
        text = "The table shows the quarters of the year, which sum to the year."
        shown = (tables.quarterly_results(report),)
        yield "Quarterly Results (Unaudited)", text, None, shown
