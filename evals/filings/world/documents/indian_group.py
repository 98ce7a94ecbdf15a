"""An Indian company: rupees in crore with lakh grouping, a year that ends in March."""

from evals.examples import Category
from evals.filings.world.content import (
    NOTE,
    Ask,
    Column,
    Document,
    Heading,
    Page,
    Table,
    heading,
    row,
    total,
)
from evals.filings.world.numbers import INDIAN

RESULTS = Table(
    "Statement of Profit and Loss",
    "for the year ended 31st March, 2023 (Rs. in crore)",
    (
        NOTE,
        Column(("Year ended", "31st March, 2023"), "FY2023", width=92),
        Column(("Year ended", "31st March, 2022"), "FY2022", width=92),
    ),
    (
        row("Revenue from operations", "21", 213846.35, 187920.44),
        row("Other income", "22", 1482.07, 1315.9),
        total("Total income", None, 215328.42, 189236.34),
        heading("Expenses"),
        row("Cost of materials consumed", "23", 124570.18, 109633.27),
        row("Employee benefits expense", "24", 18945.6, 17208.15),
        row("Finance costs", "25", 4127.33, 4390.02),
        row("Other expenses", "26", 39815.49, 36144.78),
        total("Total expenses", None, 187458.6, 167376.22),
        total("Profit before tax", None, 27869.82, 21860.12),
        row("Tax expense", "27", 6903.11, 5588.64),
        total("Profit for the year", None, 20966.71, 16271.48),
        row("Earnings per share (basic), Rs.", "28", 41.27, 32.03, unit="INR/share"),
    ),
    "INR",
    "crores",
    INDIAN,
    places=2,
)
BALANCE = Table(
    "Balance Sheet",
    "as at 31st March, 2023 (Rs. in crore)",
    (
        NOTE,
        Column(("As at", "31st March, 2023"), "2023-03-31", width=92),
        Column(("As at", "31st March, 2022"), "2022-03-31", width=92),
    ),
    (
        row("Property, plant and equipment", "3", 112408.9, 108755.61),
        row("Inventories", "8", 31077.24, 28940.05),
        row("Trade receivables", "9", 24615.8, 21386.47),
        row("Cash and cash equivalents", "10", 9214.73, 6038.29),
        total("Total assets", None, 177316.67, 165120.42),
        row("Equity share capital", "11", 5080.0, 5080.0),
        row("Other equity", "12", 101935.4, 85218.69),
        row("Borrowings", "13", 48210.55, 54904.12),
        row("Trade payables", "14", 22090.72, 19917.61),
        total("Total equity and liabilities", None, 177316.67, 165120.42),
    ),
    "INR",
    "crores",
    INDIAN,
    places=2,
)

INDIAN_GROUP = Document(
    "Sarvana_Annual_Report_2022_23",
    "Sarvana Fibres Limited",
    2023,
    "annual report, India",
    (
        Page((Heading("Sarvana Fibres Limited", 16), Heading("Annual Report 2022-23"), RESULTS)),
        Page((Heading("Sarvana Fibres Limited", 10), BALANCE)),
    ),
    (
        Ask(
            "revenue",
            "What was Sarvana's revenue from operations in FY 2022-23?",
            "Rs. 2,13,846.35 crore",
            ((RESULTS.title, "Revenue from operations"),),
        ),
        Ask(
            "total_expenses_2022",
            "sarvana total expenses year ended march 2022",
            "Rs. 1,67,376.22 crore",
            ((RESULTS.title, "Total expenses"),),
        ),
        Ask(
            "inventories",
            "Inventories of Sarvana as at 31 March 2023 in crore?",
            "Rs. 31,077.24 crore",
            ((BALANCE.title, "Inventories"),),
        ),
        Ask(
            "profit_growth",
            "How fast did Sarvana's profit for the year grow in FY 2022-23?",
            "28.9%",
            ((RESULTS.title, "Profit for the year"),),
            expression="growth(16271.48, 20966.71)",
            category=Category.COMPUTATION,
        ),
        Ask(
            "eps",
            "Basic EPS of Sarvana for 2022-23",
            "Rs. 41.27",
            ((RESULTS.title, "Earnings per share (basic), Rs."),),
            ways=("41.27",),
        ),
        Ask(
            "capacity",
            "What is Sarvana's order book at 31 March 2023?",
            "The report doesn't state an order book.",
            category=Category.UNANSWERABLE,
        ),
    ),
    year_end=(3, 31),
)
