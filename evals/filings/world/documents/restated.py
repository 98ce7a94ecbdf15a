"""A report whose prior year was restated: as reported, adjustment and as restated side by side."""

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
    "Consolidated Statements of Operations",
    "(in thousands)",
    (
        Column(("2023",), "FY2023"),
        Column(("2022", "(as restated)"), "FY2022", width=84),
    ),
    (
        row("Net revenue", 91430, 84216),
        row("Cost of revenue", -55872, -52961),
        total("Gross profit", 35558, 31255),
        row("Research and development", -14206, -12950),
        row("Selling, general and administrative", -16984, -15733),
        total("Operating income", 4368, 2572),
    ),
    "USD",
    "thousands",
)
EFFECT = Table(
    "Effect of the restatement on fiscal 2022",
    "(in thousands)",
    (
        Column(("As previously", "reported"), "FY2022", "As previously reported", width=84),
        Column(("Adjustment",), "FY2022", "Adjustment", width=76),
        Column(("As restated",), "FY2022", "As restated", width=76),
    ),
    (
        row("Net revenue", 86904, -2688, 84216),
        row("Cost of revenue", -54117, 1156, -52961),
        row("Operating income", 4104, -1532, 2572),
    ),
    "USD",
    "thousands",
)

RESTATED = Document(
    "Larkfield_Instruments_10K_2023",
    "Larkfield Instruments Corp.",
    2023,
    "annual report with a restatement",
    (
        Page(
            (
                Heading("Larkfield Instruments Corp.", 16),
                Heading("Annual Report on Form 10-K for the fiscal year ended December 31, 2023"),
                INCOME,
            )
        ),
        Page(
            (
                Heading("Note 2. Restatement of fiscal 2022", 11),
                Prose(
                    "Sales to two distributors in December 2022 were recorded before the goods"
                    " were delivered. The table shows what changed."
                ),
                EFFECT,
            )
        ),
    ),
    (
        Ask(
            "as_restated",
            "What was Larkfield's 2022 net revenue as restated?",
            "$84,216 thousand",
            ((INCOME.title, "Net revenue"), (EFFECT.title, "Net revenue")),
            category=Category.OUT_OF_DATE,
        ),
        Ask(
            "as_reported",
            "Larkfield's 2022 operating income as reported before the restatement?",
            "$4,104 thousand",
            ((EFFECT.title, "Operating income"),),
            category=Category.OUT_OF_DATE,
        ),
        Ask(
            "adjustment",
            "By how much did the restatement change Larkfield's 2022 net revenue?",
            "-$2,688 thousand",
            ((EFFECT.title, "Net revenue"),),
            category=Category.OUT_OF_DATE,
            ways=("a decrease of $2,688 thousand",),
        ),
        Ask(
            "revenue",
            "Larkfield net revenue 2023",
            "$91,430 thousand",
            ((INCOME.title, "Net revenue"),),
        ),
        Ask(
            "rd_ratio",
            "What share of 2023 revenue did Larkfield spend on R&D?",
            "15.5%",
            ((INCOME.title, "Research and development"), (INCOME.title, "Net revenue")),
            expression="percent(14206, 91430)",
            category=Category.COMPUTATION,
        ),
    ),
    is_letter=True,
)
