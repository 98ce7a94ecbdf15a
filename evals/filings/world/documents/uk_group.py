"""A British group: pounds in thousands, a Note column, group beside company, earnings in pence."""

from evals.examples import Category
from evals.filings.world.content import (
    NOTE,
    Ask,
    Column,
    Document,
    Heading,
    Page,
    Prose,
    Table,
    heading,
    row,
    total,
)

INCOME = Table(
    "Consolidated income statement",
    "for the year ended 31 December 2023",
    (NOTE, Column(("2023", "£'000"), "FY2023"), Column(("2022", "£'000"), "FY2022")),
    (
        row("Revenue", "3", 148210, 139645),
        row("Cost of sales", None, -96377, -92014),
        total("Gross profit", None, 51833, 47631),
        row("Distribution costs", None, -12904, -12210),
        row("Administrative expenses", "4", -21768, -20395),
        row("Other operating income", "5", 612, 0),
        total("Operating profit", "6", 17773, 15026),
        row("Finance income", "8", 241, 118),
        row("Finance costs", "8", -3186, -2247),
        total("Profit before tax", None, 14828, 12897),
        row("Taxation", "9", -3512, -2601),
        total("Profit for the year", None, 11316, 10296),
        row("Basic earnings per share", "10", 28.3, 25.7, unit="pence/share", places=1),
        row("Diluted earnings per share", "10", 27.9, 25.4, unit="pence/share", places=1),
    ),
    "GBP",
    "thousands",
    notes=("All results arise from continuing operations. Earnings per share are in pence.",),
)
POSITION = Table(
    "Statements of financial position",
    "as at 31 December 2023",
    (
        NOTE,
        Column(("2023", "£'000"), "2023-12-31", "Group"),
        Column(("2022", "£'000"), "2022-12-31", "Group"),
        Column(("2023", "£'000"), "2023-12-31", "Company"),
        Column(("2022", "£'000"), "2022-12-31", "Company"),
    ),
    (
        heading("Non-current assets"),
        row("Property, plant and equipment", "12", 58914, 56230, 1204, 1310),
        row("Investments in subsidiaries", "14", 0, 0, 42500, 42500),
        total("Total non-current assets", None, 58914, 56230, 43704, 43810),
        heading("Current assets"),
        row("Inventories", "16", 23471, 25108, 0, 0),
        row("Trade and other receivables", "17", 27336, 24902, 9815, 8240),
        row("Cash and cash equivalents", "18", 14062, 9377, 3120, 2866),
        total("Total current assets", None, 64869, 59387, 12935, 11106),
        total("Total assets", None, 123783, 115617, 56639, 54916),
        heading("Liabilities"),
        row("Borrowings", "20", -41250, -44000, 0, 0),
        row("Trade and other payables", "21", -26817, -24215, -4409, -4982),
        total("Total liabilities", None, -68067, -68215, -4409, -4982),
        total("Net assets", None, 55716, 47402, 52230, 49934),
    ),
    "GBP",
    "thousands",
    spans=(("Group", 1, 2), ("Company", 3, 4)),
)
REVIEW = (
    "Penhallow makes bathroom fittings at two sites in Cornwall and sells them to merchants in the"
    " United Kingdom and Ireland. Revenue rose because merchants restocked after a slow 2022, and"
    " because the Trevose range was launched in March. We employed 864 people on average."
)

UK_GROUP = Document(
    "Penhallow_Annual_Report_2023",
    "Penhallow Group plc",
    2023,
    "annual report, United Kingdom",
    (
        Page(
            (
                Heading("Penhallow Group plc", 16),
                Heading("Annual report and accounts 2023"),
                Heading("Business review", 10.5),
                Prose(REVIEW),
                INCOME,
            )
        ),
        Page((Heading("Penhallow Group plc", 10), POSITION)),
    ),
    (
        Ask("revenue", "penhallow revenue 2023?", "£148.21 million", ((INCOME.title, "Revenue"),)),
        Ask(
            "administrative_expenses_2022",
            "What were Penhallow's administrative expenses in 2022?",
            "£20,395 thousand",
            ((INCOME.title, "Administrative expenses"),),
        ),
        Ask(
            "diluted_eps",
            "Diluted EPS of Penhallow for 2023 in pence?",
            "27.9 pence",
            ((INCOME.title, "Diluted earnings per share"),),
            ways=("27.9p", "27.9"),
        ),
        Ask(
            "group_cash",
            "How much cash did the Penhallow group hold at 31 December 2023?",
            "£14,062 thousand",
            ((POSITION.title, "Cash and cash equivalents"),),
            contradictions=("£3,120 thousand",),
        ),
        Ask(
            "company_receivables",
            "What trade and other receivables did the parent company Penhallow show for 2022?",
            "£8,240 thousand",
            ((POSITION.title, "Trade and other receivables"),),
        ),
        Ask(
            "operating_margin",
            "Penhallow operating margin 2023 vs 2022, one decimal",
            "12.0% in 2023 against 10.8% in 2022",
            ((INCOME.title, "Operating profit"), (INCOME.title, "Revenue")),
            expression="margin(17773, 148210)",
            category=Category.COMPUTATION,
        ),
        Ask(
            "revenue_growth",
            "By how much did Penhallow's revenue grow in 2023?",
            "6.1%",
            ((INCOME.title, "Revenue"),),
            expression="growth(139645, 148210)",
            category=Category.COMPUTATION,
        ),
        Ask(
            "typo",
            "Penhalow operatng profit 2022",
            "£15,026 thousand",
            ((INCOME.title, "Operating profit"),),
        ),
        Ask(
            "dollars",
            "What was Penhallow's revenue in 2023 in US dollars?",
            "The report states no amount in US dollars.",
            category=Category.UNANSWERABLE,
        ),
        Ask(
            "adjusted",
            "What was Penhallow's adjusted operating profit in 2023?",
            "The report discloses no adjusted operating profit.",
            category=Category.UNANSWERABLE,
        ),
        Ask(
            "period",
            "What was Penhallow's profit for the year 2020?",
            "The report covers 2023 and 2022 alone.",
            category=Category.UNANSWERABLE,
        ),
    ),
)
