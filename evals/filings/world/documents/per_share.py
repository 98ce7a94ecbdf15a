"""Rows per share, per unit and in percent below a caption of thousands; footnote marks."""

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
)

DATA = Table(
    "Selected financial data",
    "(in thousands, except per share amounts, percentages and stores)",
    tuple(Column((str(year),), f"FY{year}", width=72) for year in (2023, 2022, 2021)),
    (
        row("Net sales", 428916, 401558, 377240),
        row("Net income", 26418, 22970, 20112),
        row("Basic earnings per share", 1.76, 1.52, 1.33, unit="USD/share", places=2),
        row("Dividends declared per share", 0.48, 0.44, 0.40, unit="USD/share", places=2),
        row(
            "Weighted average shares, diluted",
            15204,
            15310,
            15388,
            unit="shares",
            scale="thousands",
        ),
        row("Comparable store sales growth (%)", 3.9, 2.6, 7.1, unit="percent", places=1),
        row("Stores at the end of the year", 214, 209, 201, unit="count"),
        row("Sales per square foot (in dollars)", 352, 341, 329, unit="USD"),
        row("Total assets", 287340, 274915, 266002),
    ),
    "USD",
    "thousands",
)

PER_SHARE = Document(
    "Elmstead_Outfitters_Annual_Report_2023",
    "Elmstead Outfitters Inc.",
    2023,
    "annual report with rows per share",
    (
        Page(
            (
                Heading("Elmstead Outfitters Inc.", 16),
                Heading("Annual report 2023"),
                DATA,
                Prose("Earnings per share are computed on the weighted average of shares."),
            ),
        ),
    ),
    (
        Ask(
            "eps",
            "What were Elmstead's basic earnings per share in 2023?",
            "$1.76",
            ((DATA.title, "Basic earnings per share"),),
        ),
        Ask(
            "dividend",
            "elmstead dividend per share 2021",
            "$0.40",
            ((DATA.title, "Dividends declared per share"),),
        ),
        Ask(
            "shares",
            "How many diluted shares did Elmstead have on average in 2023?",
            "15,204 thousand",
            ((DATA.title, "Weighted average shares, diluted"),),
            contradictions=("$1.76",),
        ),
        Ask(
            "per_foot",
            "Sales per square foot at Elmstead in 2022?",
            "$341",
            ((DATA.title, "Sales per square foot (in dollars)"),),
        ),
        Ask(
            "net_sales",
            "What were Elmstead's net sales in 2022, in millions?",
            "$401.6 million",
            ((DATA.title, "Net sales"),),
            category=Category.SCALED_TABLE,
        ),
        Ask(
            "growth",
            "elmstead net sales growth 2023",
            "6.8%",
            ((DATA.title, "Net sales"),),
            expression="growth(401558, 428916)",
            category=Category.COMPUTATION,
        ),
        Ask(
            "globex",
            "What were Harbridge Outfitters' net sales in 2023?",
            "No document is about Harbridge Outfitters.",
            category=Category.UNANSWERABLE,
        ),
    ),
    is_letter=True,
)
