"""A report in Hong Kong dollars with a convenience translation into US dollars beside it."""

from evals.examples import Category
from evals.filings.world.content import (
    Ask,
    Column,
    Document,
    Heading,
    Page,
    Table,
    row,
    total,
)

INCOME = Table(
    "Consolidated income statement",
    "for the year ended 30 June 2023",
    (
        Column(("2023", "HK$ million"), "FY2023", unit="HKD", scale="millions", width=80),
        Column(("2022", "HK$ million"), "FY2022", unit="HKD", scale="millions", width=80),
        Column(("2023", "US$ million"), "FY2023", unit="USD", scale="millions", width=80),
    ),
    (
        row("Turnover", 9516, 8874, 1217),
        row("Cost of sales", -6430, -6102, -822),
        total("Gross profit", 3086, 2772, 395),
        row("Operating expenses", -1918, -1790, -246),
        total("Operating profit", 1168, 982, 149),
        row("Taxation", -191, -162, -24),
        total("Profit attributable to shareholders", 977, 820, 125),
    ),
    "HKD",
    "millions",
    notes=("US dollar amounts are translated at HK$7.82 to US$1 for convenience alone.",),
)

TWO_CURRENCIES = Document(
    "Quarrie_Holdings_Annual_Report_2023",
    "Quarrie Holdings Limited",
    2023,
    "annual report in two currencies",
    (Page((Heading("Quarrie Holdings Limited", 16), Heading("Annual report 2023"), INCOME)),),
    (
        Ask(
            "turnover_hkd",
            "What was Quarrie's turnover in the year to June 2023 in HK dollars?",
            "HK$9,516 million",
            ((INCOME.title, "Turnover"),),
            ways=("9,516 million",),
        ),
        Ask(
            "turnover_usd",
            "Quarrie turnover FY2023 in US dollars",
            "US$1,217 million",
            ((INCOME.title, "Turnover"),),
        ),
        Ask(
            "profit_2022",
            "Quarrie Holdings operating profit 2022",
            "HK$982 million",
            ((INCOME.title, "Operating profit"),),
            ways=("982 million",),
        ),
        Ask(
            "usd_2022",
            "What was Quarrie's 2022 turnover in US dollars?",
            "The report translates 2023 alone.",
            category=Category.UNANSWERABLE,
        ),
        Ask(
            "euro",
            "What was Quarrie's 2023 profit in euros?",
            "The report states no amount in euros.",
            category=Category.UNANSWERABLE,
        ),
    ),
    year_end=(6, 30),
)
