"""Ratios of annual filings, which have a whole year of flows."""

from decimal import Decimal

from evals.filings.questions import items
from evals.filings.questions.ratios import Ratio, share

YEAR_DAYS = Decimal(365)

YEARLY_RATIOS = (
    Ratio(
        "interest_coverage",
        (
            (
                "How many times did {name}'s operating income cover its interest expense in "
                "{when}{version}? Round to two decimals."
            ),
            (
                "What was {name}'s interest coverage (operating income over interest expense) in "
                "{when}{version}, to two decimals?"
            ),
        ),
        (items.OPERATING_INCOME, items.INTEREST),
        lambda income, interest: income / interest,
        "{0} / {1}",
        "operating income / interest expense",
        "times",
    ),
    Ratio(
        "days_sales_outstanding",
        (
            (
                "What was {name}'s days of sales outstanding for {when}{version}: year-end "
                "accounts receivable over net revenue, times 365? One decimal."
            ),
            (
                "How many days of {when} net revenue stood in {name}'s year-end accounts receivable"
                "{version}, on a 365-day year? Round to one decimal."
            ),
        ),
        (items.RECEIVABLES, items.REVENUE),
        lambda receivables, revenue: receivables / revenue * YEAR_DAYS,
        "{0} / {1} * 365",
        "accounts receivable / net revenue * 365",
        "days",
    ),
    Ratio(
        "days_inventory",
        (
            (
                "For {when}{version}, how many days of cost of revenue did {name} hold in year-end "
                "inventories, on a 365-day year? One decimal."
            ),
            (
                "What were {name}'s days of inventory at the end of {when}{version} (inventories "
                "over cost of revenue, times 365), to one decimal?"
            ),
        ),
        (items.INVENTORIES, items.COST),
        lambda inventories, cost: inventories / cost * YEAR_DAYS,
        "{0} / {1} * 365",
        "inventories / cost of revenue * 365",
        "days",
    ),
    Ratio(
        "effective_tax_rate",
        (
            (
                "From its provision for income taxes and its income before taxes, compute {name}'s "
                "effective tax rate for {when}{version}. One decimal."
            ),
            (
                "Dividing the provision for income taxes by income before income taxes, what was "
                "{name}'s tax rate in {when}{version}, in percent to one decimal?"
            ),
        ),
        (items.TAX, items.PRETAX),
        share,
        "percent({0}, {1})",
        "provision for income taxes / income before income taxes",
    ),
    Ratio(
        "dividend_payout",
        (
            (
                "What share of its {when} net income did {name} pay out as dividends{version}? "
                "Percent, one decimal."
            ),
            (
                "What was {name}'s dividend payout ratio in {when}{version} (dividends paid over "
                "net income), in percent to one decimal?"
            ),
        ),
        (items.DIVIDENDS, items.NET_INCOME),
        share,
        "percent({0}, {1})",
        "dividends paid / net income",
    ),
    Ratio(
        "net_debt",
        (
            (
                "Taking net debt as long-term debt including its current portion less cash and "
                "cash equivalents, what was {name}'s net debt at the end of {when}{version}, "
                "{unit}? A net cash position is negative."
            ),
        ),
        (items.CURRENT_DEBT, items.LONG_DEBT, items.CASH_HELD),
        lambda current, later, cash: current + later - cash,
        "{0} + {1} - {2}",
        "current portion + long-term debt - cash",
        "money",
    ),
)
