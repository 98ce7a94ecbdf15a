"""Ratios and other measures: how gold is computed from the books, and what a calculator is given.

The two are written apart, so that a test of one against the other says something.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from evals.filings.questions import items
from evals.filings.questions.amounts import dollars, percent, rounded
from evals.filings.questions.items import Item

Shown = Literal["percent", "times", "days", "money"]
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Ratio:
    slug: str
    wordings: tuple[str, ...]
    """With `{name}`, `{when}`, `{day}`, `{version}` and, for money, `{unit}`."""
    items: tuple[Item, ...]
    of: Callable[..., Decimal]
    """Of the items' amounts, in order; percents as 34.8."""
    expression: str
    """With the items' amounts as `{0}`, `{1}`."""
    how: str
    shown: Shown = "percent"

    def answer(self, amounts: Sequence[Decimal], scale: str) -> str:
        value = self.of(*amounts)
        match self.shown:
            case "percent":
                return percent(value)
            case "times":
                return f"{rounded(value, 2):,}"
            case "days":
                return f"{rounded(value, 1)} days"
            case "money":
                return dollars(value, scale)


def share(part: Decimal, whole: Decimal) -> Decimal:
    return part / whole * HUNDRED


RATIOS = (
    Ratio(
        "gross_margin",
        ("What gross margin did {name} earn in {when}{version}, in percent to one decimal?",),
        (items.GROSS_PROFIT, items.REVENUE),
        share,
        "margin({0}, {1})",
        "gross profit / net revenue",
    ),
    Ratio(
        "free_cash_flow",
        (
            (
                "Taking free cash flow as operating cash flow less capital expenditures, what was "
                "{name}'s free cash flow in {when}{version}, {unit}?"
            ),
        ),
        (items.OPERATING_CASH, items.CAPEX),
        lambda operating, capex: operating - capex,
        "{0} - {1}",
        "operating cash flow - capital expenditures",
        "money",
    ),
    Ratio(
        "working_capital_ratio",
        (
            (
                "What was {name}'s working capital ratio (current assets over current liabilities) "
                "at {day}{version}? Round to two decimals."
            ),
        ),
        (items.CURRENT_ASSETS, items.CURRENT_LIABILITIES),
        lambda assets, owed: assets / owed,
        "ratio({0}, {1})",
        "total current assets / total current liabilities",
        "times",
    ),
    Ratio(
        "operating_margin",
        (
            "What was {name}'s operating margin in {when}{version}, in percent to one decimal?",
            (
                "Operating income or loss as a percentage of net revenue: what was it for {name} "
                "in {when}{version}? One decimal."
            ),
        ),
        (items.OPERATING_INCOME, items.REVENUE),
        share,
        "margin({0}, {1})",
        "operating income / net revenue",
    ),
    Ratio(
        "debt_to_equity",
        (
            (
                "What was {name}'s debt to equity ratio at {day}{version}, taking debt as "
                "long-term debt including its current portion? Round to two decimals."
            ),
            (
                "Divide {name}'s long-term debt, current portion included, by its total "
                "stockholders' equity at {day}{version}. Give two decimals."
            ),
        ),
        (items.CURRENT_DEBT, items.LONG_DEBT, items.EQUITY),
        lambda current, later, equity: (current + later) / equity,
        "({0} + {1}) / {2}",
        "(current portion + long-term debt) / stockholders' equity",
        "times",
    ),
    Ratio(
        "working_capital",
        (
            (
                "How much working capital (current assets less current liabilities) did {name} "
                "have at {day}{version}, {unit}?"
            ),
            (
                "By what amount did {name}'s current assets exceed its current liabilities at "
                "{day}{version}, {unit}?"
            ),
        ),
        (items.CURRENT_ASSETS, items.CURRENT_LIABILITIES),
        lambda assets, owed: assets - owed,
        "{0} - {1}",
        "total current assets - total current liabilities",
        "money",
    ),
    Ratio(
        "ebitda",
        (
            (
                "Taking EBITDA as operating income or loss plus depreciation and amortization of "
                "intangible assets, what was {name}'s EBITDA in {when}{version}, {unit}?"
            ),
        ),
        (items.OPERATING_INCOME, items.DEPRECIATION, items.AMORTIZATION),
        lambda income, depreciation, amortization: income + depreciation + amortization,
        "{0} + {1} + {2}",
        "operating income + depreciation + amortization",
        "money",
    ),
)
"""Of every filing."""
