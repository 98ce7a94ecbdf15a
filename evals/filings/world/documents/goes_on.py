"""A table that goes on over a page without its headers."""

from evals.examples import Category
from evals.filings.world.content import (
    Ask,
    Column,
    Document,
    Heading,
    Page,
    Prose,
    Space,
    Table,
    heading,
    row,
    total,
)

CASH_FLOWS = Table(
    "Consolidated Statements of Cash Flows",
    "(in millions)",
    tuple(
        Column(("Year ended", f"December 31, {year}"), f"FY{year}", width=92)
        for year in (2023, 2022, 2021)
    ),
    (
        heading("Operating activities"),
        row("Net income", 214, 186, 151),
        row("Depreciation and amortization", 97, 93, 88),
        row("Change in merchandise inventories", -41, -78, 12),
        row("Change in accounts payable", 22, 35, -9),
        total("Net cash from operating activities", 292, 236, 242),
        heading("Investing activities"),
        row("Capital expenditures", -134, -121, -96),
        row("Proceeds from sale of buildings", 18, 0, 7),
        total("Net cash used in investing activities", -116, -121, -89),
        heading("Financing activities"),
        row("Repayment of notes", -60, -40, -75),
        row("Dividends paid", -52, -49, -46),
        row("Purchase of treasury stock", -38, -25, 0),
        total("Net cash used in financing activities", -150, -114, -121),
        total("Net change in cash", 26, 1, 32),
        row("Cash at the beginning of the year", 131, 130, 98),
        total("Cash at the end of the year", 157, 131, 130),
    ),
    "USD",
    "millions",
)
REVIEW = (
    "Vantry runs department stores in nine states. Stores opened in the last three years account"
    " for a fifth of sales, and online orders for another fifth, of which half is collected in a"
    " store."
)
FIRST, REST = CASH_FLOWS.split(10)

GOES_ON = Document(
    "Vantry_Stores_Annual_Report_2023",
    "Vantry Stores Inc.",
    2023,
    "annual report with a table over two pages",
    (
        Page(
            (
                Heading("Vantry Stores Inc.", 16),
                Heading("Annual report 2023"),
                Prose(REVIEW),
                Space(340),
                FIRST,
            )
        ),
        Page((REST,)),
    ),
    (
        Ask(
            "dividends_2022",
            "What dividends did Vantry pay in 2022?",
            "$49 million",
            ((CASH_FLOWS.title, "Dividends paid"),),
        ),
        Ask(
            "buyback",
            "vantry purchase of treasury stock 2023",
            "$38 million",
            ((CASH_FLOWS.title, "Purchase of treasury stock"),),
        ),
        Ask(
            "capex_2021",
            "Vantry Stores capital expenditures in 2021",
            "$96 million",
            ((CASH_FLOWS.title, "Capital expenditures"),),
        ),
        Ask(
            "free_cash_flow",
            "What was Vantry's free cash flow in 2023?",
            "$158 million",
            (
                (CASH_FLOWS.title, "Net cash from operating activities"),
                (CASH_FLOWS.title, "Capital expenditures"),
            ),
            expression="292 - 134",
            category=Category.COMPUTATION,
        ),
        Ask(
            "repayment_2019",
            "How much debt did Vantry repay in 2019?",
            "The statement begins with 2021.",
            category=Category.UNANSWERABLE,
        ),
    ),
    is_letter=True,
)
