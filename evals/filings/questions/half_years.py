"""An annual report and the half-year report after it: what neither says alone."""

from collections.abc import Iterator

from evals.examples import Category, KeyFact
from evals.filings.questions import items
from evals.filings.questions.amounts import dollars
from evals.filings.questions.desk import Desk
from evals.filings.questions.drafting import Joint, joined
from evals.filings.questions.items import Item
from evals.filings.questions.question import Question
from evals.filings.report import long_date

ITEMS = (items.REVENUE, items.NET_INCOME, items.OPERATING_CASH, items.CAPEX)


def half_years(annual: Desk, half: Desk) -> Iterator[Question]:
    for item in ITEMS:
        yield _second_half(annual, half, item)
        yield _twelve_months(annual, half, item)


def _second_half(annual: Desk, half: Desk, item: Item) -> Question:
    """The year less its first half, which the later report compares with."""
    whole, first = annual.value(item), half.value(item, 1)
    scale = annual.company.scale
    answer = dollars(whole - first, scale)
    return joined(
        Joint(
            f"{annual.company.code.lower()}.{Category.MULTI_DOCUMENT}.{item.slug}_second_half",
            Category.MULTI_DOCUMENT,
            (
                f"What was {annual.name}'s {item.words} in the second half of FY{annual.year}, "
                f"{annual.unit}? Take the year less the six months that its next 10-Q compares "
                "with."
            ),
            [(annual, [annual.figure(item)]), (half, [half.figure(item, 1)])],
            [f"{annual.company.short} {annual.year}"],
            how="the year less its first half",
            wrong=[dollars(half.value(item), scale)],
        ),
        answer,
        [KeyFact(f"{item.words} of the second half of FY{annual.year}: {answer}", (answer,))],
        expressions=[f"{whole} - {first}"],
    )


def _twelve_months(annual: Desk, half: Desk, item: Item) -> Question:
    whole, first, latest = annual.value(item), half.value(item, 1), half.value(item)
    scale = annual.company.scale
    answer = dollars(whole + latest - first, scale)
    return joined(
        Joint(
            f"{annual.company.code.lower()}.{Category.MULTI_DOCUMENT}.{item.slug}_twelve_months",
            Category.MULTI_DOCUMENT,
            (
                f"Roll {annual.name}'s {item.words} forward to the twelve months ended "
                f"{long_date(half.report.end)}: FY{annual.year}, plus the latest six months, less "
                f"the same months a year earlier. Answer {annual.unit}."
            ),
            [(annual, [annual.figure(item)]), (half, [half.figure(item), half.figure(item, 1)])],
            [f"{annual.company.short} {year}" for year in (annual.year, half.report.end.year)],
            how="the year, plus the latest half, less the half a year before",
            wrong=[dollars(whole - latest + first, scale)],
        ),
        answer,
        [KeyFact(f"{item.words} of the latest twelve months: {answer}", (answer,))],
        expressions=[f"{whole} + {latest} - {first}"],
    )
