"""A report typeset without spaces, in an italic whose f hangs over the gap, and with ligatures."""

from evals.examples import Category
from evals.filings.world.content import (
    Ask,
    Column,
    Document,
    Heading,
    Page,
    Prose,
    Table,
    row,
    total,
)

INCOME = Table(
    "Consolidated Statements of Income",
    "(in thousands, except per share data)",
    tuple(
        Column(("Year ended", f"December 31, {year}"), f"FY{year}", width=96)
        for year in (2023, 2022)
    ),
    (
        row("Net sales of flour and flakes", 612480, 588317),
        row("Cost of goods sold", -441903, -431262),
        total("Gross profit", 170577, 157055),
        row("Selling and office expenses of all offices", -96214, -91338),
        row("Loss of fixed assets if sold before full life", -1872, -964),
        row("Effect of the staff benefit fund", 3406, 2951),
        total("Profit from operations before tax", 75897, 67704),
        row("Provision for tax", -18215, -15572),
        total("Net profit", 57682, 52132),
        row("Profit per share of stock", 2.41, 2.19, unit="USD/share", places=2),
    ),
    "USD",
    "thousands",
)
REVIEW = (
    "If demand for fine flour stays firm, we expect the profit of the first half to be sufficient"
    " for the offer of a fifth of our stock. Most of the effect of freight fell on the last half"
    " of the year. Half of the staff of our five offices left before the shift to Duffield."
)

GLUED_WORDS = Document(
    "Gilcrest_Mills_Annual_Report_2023",
    "Gilcrest Mills Inc.",
    2023,
    "annual report without painted spaces",
    (Page((Heading("Gilcrest Mills Inc.", 16), Prose(REVIEW), INCOME)),),
    (
        Ask(
            "office_expenses",
            "What were Gilcrest Mills' selling and office expenses in 2023?",
            "$96,214 thousand",
            ((INCOME.title, "Selling and office expenses of all offices"),),
        ),
        Ask(
            "profit_before_tax",
            "Gilcrest profit from operations before tax, 2022",
            "$67,704 thousand",
            ((INCOME.title, "Profit from operations before tax"),),
        ),
        Ask(
            "benefit_fund",
            "What was the effect of the staff benefit fund at Gilcrest in 2023?",
            "$3,406 thousand",
            ((INCOME.title, "Effect of the staff benefit fund"),),
        ),
        Ask(
            "gross_margin",
            "Gilcrest Mills gross margin 2023, one decimal",
            "27.9%",
            ((INCOME.title, "Gross profit"), (INCOME.title, "Net sales of flour and flakes")),
            expression="margin(170577, 612480)",
            category=Category.COMPUTATION,
        ),
    ),
    font="Times",
    is_letter=True,
    paints_spaces=False,
)
