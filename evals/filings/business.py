"""The cover and the Items that describe the company rather than its figures."""

from collections.abc import Iterator

from evals.filings.blocks import Block, Contents, Heading, PageBreak, Prose
from evals.filings.note_tables import places
from evals.filings.report import Report, long_date


def cover(report: Report) -> Iterator[Block]:
    company = report.company
    form = "10-Q" if report.quarter else "10-K"
    kind = "quarterly period" if report.quarter else "fiscal year"
    lines = (
        "UNITED STATES SECURITIES AND EXCHANGE COMMISSION",
        "Washington, D.C. 20549",
        f"FORM {form}",
        f"For the {kind} ended {long_date(report.end)}",
        company.name,
        f"(a {company.state} corporation)",
        company.city,
    )
    for at, line in enumerate(lines):
        yield Prose(line, centred=True, bold=not at % 2)
        yield Prose(" ", centred=True)
    yield Prose("Indicate by check mark whether the registrant has filed all reports required to "
                "be filed during the preceding 12 months. Yes [X] No [ ]")  # fmt: skip
    shares = report.cash_spans[0].quarters[-1].shares
    count = shares * (1000 if company.scale == "thousands" else 1_000_000)
    yield Prose(f"The registrant had {count:,} shares of common stock outstanding.")
    yield Prose("This company is invented. The document is a sample for testing software and "
                "was never filed with any authority.", centred=True)  # fmt: skip
    yield PageBreak()
    yield Prose("TABLE OF CONTENTS", centred=True, bold=True)
    yield Contents()
    yield PageBreak()


def business(report: Report) -> Iterator[Block]:
    company, story, year = report.company, report.company.story, report.fiscal_year
    yield Heading("Item 1. Business", 0)
    yield Heading("Overview")
    yield Prose(
        f"{company.name} ({company.short}, the Company, we or us) {story.business}. We report "
        f"{len(company.segments)} segments: {', '.join(s.name for s in company.segments)}. Our "
        f"fiscal year {year} ended on {long_date(report.end)}."
    )
    for segment in company.segments:
        yield Heading(segment.name, 2)
        yield Prose(
            f"{segment.name} offers {', '.join(segment.products[:-1]).lower()} and "
            f"{segment.products[-1].lower()}. It serves {story.customers} through "
            f"{story.channel}. Prices are set by order or by list, and terms of payment are "
            f"usually thirty to sixty days. In {report.year_name} the segment renewed its range "
            f"and closed several older lines. Its competitors are {story.rivals}."
        )
        yield Prose(
            f"{segment.name} buys {story.inputs}. We approve suppliers by quality, price and "
            "delivery and keep a second source for most of what we buy. Backlog isn't a "
            "dependable guide to the revenue of a later period, since orders may be changed."
        )
    yield Heading("Customers")
    yield Prose(f"Our customers are {story.customers}. {story.customer_facts[year]}", "customers")
    yield Heading("Human Capital")
    yield Prose(
        f"At {long_date(report.end)} we employed {story.people[year]:,} people, of whom "
        f"{28 + year % 4}% worked outside the United States. We measure safety, turnover and "
        "engagement each quarter and report them to the board.",
        "people",
    )
    yield Heading("Regulation")
    yield Prose(
        f"We are subject to {story.rule}, among others. Compliance had no material effect on "
        f"our capital expenditures, earnings or competitive position in {report.year_name}."
    )


def properties_and_proceedings(report: Report) -> Iterator[Block]:
    yield Heading("Item 2. Properties", 0)
    yield Prose("We believe that our properties suit their use and are in good repair. The table "
                "shows where they are. We own some and lease the others.")  # fmt: skip
    yield places(report)
    yield Heading("Item 3. Legal Proceedings", 0)
    yield Prose(report.company.story.legal[report.fiscal_year], "legal")
    yield Prose("We are party to other claims that arise in the ordinary course of business and "
                "don't expect them to be material.")  # fmt: skip
    yield Heading("Item 4. Mine Safety Disclosures", 0)
    yield Prose("Not applicable.")
    yield Heading("Item 5. Market for Registrant's Common Equity", 0)
    yield Prose(
        f"Our common stock trades under the symbol {report.company.code[:4]}. The board reviews "
        "the dividend and the repurchase program each quarter."
    )


def controls(report: Report, number: str) -> Iterator[Block]:
    yield Heading(f"Item {number}. Controls and Procedures", 0)
    verdict = "were effective"
    if report.restates:
        verdict = "weren't effective because of the material weakness that led to the restatement"
    yield Prose(
        "Our chief executive officer and chief financial officer evaluated our disclosure "
        f"controls and procedures and concluded that at {long_date(report.end)} they {verdict}."
    )


def closing_items(report: Report) -> Iterator[Block]:
    yield from controls(report, "9A")
    for title in ("10. Directors and Corporate Governance", "11. Executive Compensation",
                  "12. Security Ownership", "14. Principal Accountant Fees"):  # fmt: skip
        yield Heading(f"Item {title}", 0)
        yield Prose("The information required by this Item is incorporated by reference to our "
                    "proxy statement.")  # fmt: skip
    yield PageBreak()
    yield Heading("Signatures", 0)
    yield Prose(f"The registrant has duly caused this report to be signed. {report.company.name}")
