"""Item 7 (Item 2 of a quarterly report): prose that quotes the books in USD millions."""

from collections.abc import Iterator
from decimal import Decimal

from evals.filings.blocks import Block, Heading, Prose
from evals.filings.note_tables import results_of_operations
from evals.filings.report import Report, long_date, ratio


def _moved(report: Report, now: Decimal, before: Decimal) -> str:
    word = "increased" if now >= before else "decreased"
    change = abs(ratio(now - before, before))
    return f"{word} {change}% to {report.money(now)} from {report.money(before)}"


def discussion(report: Report) -> Iterator[Block]:
    now, before = report.cash_spans[0].flows, report.cash_spans[1].flows
    story, year = report.company.story, report.fiscal_year
    yield Heading(
        f"Item {2 if report.quarter else 7}. Management's Discussion and Analysis of Financial "
        "Condition and Results of Operations", 0
    )  # fmt: skip
    yield Prose("The following should be read with the consolidated financial statements. Amounts "
                "in this discussion are rounded to millions, and changes are computed from "
                "unrounded amounts.")  # fmt: skip
    yield Heading("Results of Operations")
    moved = _moved(report, now.revenue, before.revenue)
    yield Prose(f"Net revenue of {report.span_name} {moved}. {story.sales[year]}", "sales")
    margins = ratio(now.gross_profit, now.revenue), ratio(before.gross_profit, before.revenue)
    yield Prose(
        f"Gross profit was {report.money(now.gross_profit)}, or {margins[0]}% of revenue, "
        f"compared with {margins[1]}% in the period before. {story.margin[year]}",
        "margin",
    )
    yield results_of_operations(report)
    moved = _moved(report, now.selling, before.selling)
    yield Prose(f"Selling, general and administrative expenses {moved}, mainly because of wages, "
                "freight out and the cost of information systems.")  # fmt: skip
    if now.research:
        moved = _moved(report, now.research, before.research)
        yield Prose(f"Research and development expenses {moved}.")
    if now.restructuring or before.restructuring:
        yield Prose(
            f"Restructuring charges were {report.money(now.restructuring)} compared with "
            f"{report.money(before.restructuring)}, for severance and the closing of sites.",
            "restructuring",
        )
    yield from _segments(report)
    yield from _liquidity(report)


def _segments(report: Report) -> Iterator[Block]:
    yield Heading("Segments")
    for segment in report.company.segments:
        sold = [
            sum((v for q in span.quarters for k, v in q.sales.items() if k[0] == segment.name),
                Decimal(0))
            for span in report.cash_spans[:2]
        ]  # fmt: skip
        yield Prose(f"{segment.name}. Net revenue {_moved(report, sold[0], sold[1])}. Volume, "
                    "price and mix each contributed to the change.")  # fmt: skip


def _liquidity(report: Report) -> Iterator[Block]:
    now, balance = report.cash_spans[0].flows, report.instants[0].balance
    story, year = report.company.story, report.fiscal_year
    yield Heading("Liquidity and Capital Resources")
    verb = "provided" if now.operating_cash >= 0 else "used"
    yield Prose(
        f"At {long_date(report.end)} we held cash and cash equivalents of "
        f"{report.money(balance.cash)} and had debt of {report.money(balance.debt)}. Operating "
        f"activities {verb} {report.money(now.operating_cash)} of cash in {report.span_name}. "
        f"Capital expenditures were {report.money(now.capex)}. {story.outlook[year]}",
        "liquidity",
    )
    yield Prose(
        f"We paid dividends of {report.money(now.dividends)} and spent "
        f"{report.money(now.repurchases)} to repurchase our common stock."
    )
    yield Heading("Critical Accounting Estimates")
    for subject in ("the timing of revenue", "the value of inventories", "income taxes",
                    "goodwill and intangible assets", "loss contingencies"):  # fmt: skip
        yield Prose(
            f"Our estimates of {subject} rest on experience, on the terms of our contracts and on "
            "assumptions about the future that we review each quarter. Different assumptions, "
            "reasonable in themselves, would lead to different amounts. We discuss these "
            "estimates with the audit committee of the board."
        )
    item = 3 if report.quarter else "7A"
    yield Heading(f"Item {item}. Quantitative and Qualitative Disclosures about Market Risk", 0)
    yield Prose("We are exposed to changes of interest rates on our term loan and of exchange "
                "rates where we buy or sell outside the United States. We don't trade "
                "derivatives.")  # fmt: skip
