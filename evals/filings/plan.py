"""What is assumed about a company: its fiscal calendar, segments, yearly drivers and story.

Amounts are in the company's reporting scale (thousands or millions of USD); shares likewise.
Rates are shares of revenue unless they say otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

Scale = Literal["thousands", "millions"]
JANUARY, DECEMBER, SATURDAY = 1, 12, 5


@dataclass(frozen=True)
class Segment:
    name: str
    products: tuple[str, ...]


@dataclass(frozen=True)
class YearPlan:
    """Drivers of one fiscal year."""

    fiscal_year: int
    segment_revenue: tuple[Decimal, ...]
    cost_rate: Decimal
    selling_rate: Decimal
    research_rate: Decimal
    tax_rate: Decimal  # of income before taxes
    capex_rate: Decimal
    shares: Decimal
    restructuring: Decimal = Decimal(0)
    acquisition: Decimal = Decimal(0)
    debt_issued: Decimal = Decimal(0)
    debt_repaid: Decimal = Decimal(0)
    dividends: Decimal = Decimal(0)
    repurchases: Decimal = Decimal(0)
    translation: Decimal = Decimal(0)


@dataclass(frozen=True)
class Correction:
    """An error found in a year's fourth quarter after it was reported.

    Revenue taken too early becomes deferred revenue; cost left out comes off inventory.
    """

    fiscal_year: int
    revenue: Decimal
    cost: Decimal
    reason: str


@dataclass(frozen=True)
class Story:
    """Nouns and sentences that the prose is made of."""

    business: str
    offering: str
    customers: str
    inputs: str
    rivals: str
    channel: str
    rule: str
    customer_facts: Mapping[int, str]
    legal: Mapping[int, str]
    margin: Mapping[int, str]
    sales: Mapping[int, str]
    outlook: Mapping[int, str]
    people: Mapping[int, int]


@dataclass(frozen=True)
class Company:
    code: str
    name: str
    short: str
    state: str
    city: str
    sector: str
    scale: Scale
    year_end_month: int
    segments: tuple[Segment, ...]
    regions: tuple[str, ...]
    plans: tuple[YearPlan, ...]
    seasons: tuple[int, int, int, int]
    opening: Mapping[str, Decimal]
    days: Mapping[str, int]
    interest_rate: Decimal
    story: Story
    places: tuple[tuple[str, int], ...]
    place_noun: str
    filings: tuple[tuple[int, int | None], ...]  # (fiscal year, quarter or None for annual)
    correction: Correction | None = None

    def period_end(self, fiscal_year: int, quarter: int = 4) -> date:
        """The last day of a quarter; a January year ends on its last Saturday."""
        if self.year_end_month == JANUARY:
            last = date(fiscal_year + 1, JANUARY, 31)
            end = last - timedelta(days=(last.weekday() - SATURDAY) % 7)
            return end - timedelta(weeks=13 * (4 - quarter))
        month = self.year_end_month - 3 * (4 - quarter)
        year = fiscal_year if month > 0 else fiscal_year - 1
        month = month if month > 0 else month + 12
        after = date(year + 1, 1, 1) if month == DECEMBER else date(year, month + 1, 1)
        return after - timedelta(days=1)
