"""A bank statement: dated entries, money out and in, a running balance that may be overdrawn."""

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
from evals.filings.world.numbers import Numbers

ENTRIES = Table(
    "Transactions",
    "",
    (
        Column(("Money out",), name="Money out"),
        Column(("Money in",), name="Money in"),
        Column(("Balance",), name="Balance", width=82),
    ),
    (
        row("Balance brought forward", None, None, 1842.16, period="2024-05-01", lead="1 May"),
        row("Rent, Harrow Lettings", 1150.0, None, 692.16, period="2024-05-02", lead="2 May"),
        row("Card, Fenmoor Grocers", 86.45, None, 605.71, period="2024-05-03", lead="3 May"),
        row("Direct debit, Brightwater", 41.8, None, 563.91, period="2024-05-09", lead="9 May"),
        row("Card, Lindqvist Cycles", 729.0, None, -165.09, period="2024-05-14", lead="14 May"),
        row("Overdraft interest", 2.14, None, -167.23, period="2024-05-15", lead="15 May"),
        row("Salary, Corvane Labs", None, 2914.37, 2747.14, period="2024-05-24", lead="24 May"),
        row("Transfer to savings", 500.0, None, 2247.14, period="2024-05-28", lead="28 May"),
        total("Balance carried forward", None, None, 2247.14, period="2024-05-31", lead="31 May"),
    ),
    "GBP",
    "ones",
    Numbers(negative="{} OD"),
    places=2,
    lead_width=48,
)
SUMMARY = Table(
    "Account summary",
    "1 May 2024 to 31 May 2024, all amounts in \N{POUND SIGN}",
    (Column(("Amount",), width=90),),
    (
        row("Opening balance", 1842.16, period="2024-05-01"),
        row("Total money out", 2509.39),
        row("Total money in", 2914.37),
        row("Closing balance", 2247.14, period="2024-05-31"),
    ),
    "GBP",
    "ones",
    places=2,
)

BANK_STATEMENT = Document(
    "Castlegate_Statement_May_2024",
    "Castlegate Bank",
    2024,
    "bank statement",
    (
        Page(
            (
                Heading("Castlegate Bank", 16),
                Heading("Current account statement"),
                Prose("Ms T. Okoye, sort code 20-00-00, account ending 4471"),
                SUMMARY,
                ENTRIES,
            )
        ),
    ),
    (
        Ask(
            "closing",
            "What was the closing balance of the Castlegate account in May 2024?",
            "\N{POUND SIGN}2,247.14",
            ((SUMMARY.title, "Closing balance"),),
        ),
        Ask(
            "salary",
            "How much salary came in on the Castlegate statement, and when?",
            "\N{POUND SIGN}2,914.37",
            ((ENTRIES.title, "Salary, Corvane Labs"),),
        ),
        Ask(
            "cycles",
            "what did i pay lindqvist cycles",
            "\N{POUND SIGN}729.00",
            ((ENTRIES.title, "Card, Lindqvist Cycles"),),
        ),
        Ask(
            "overdrawn",
            "What was the balance on 15 May 2024?",
            "(\N{POUND SIGN}167.23) overdrawn",
            ((ENTRIES.title, "Overdraft interest"),),
        ),
        Ask(
            "april",
            "How much money came in during April 2024 on this account?",
            "The statement covers May 2024 alone.",
            category=Category.UNANSWERABLE,
        ),
    ),
)
