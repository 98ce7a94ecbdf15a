"""A quarterly report: three and six months, segments as columns, countries as rows."""

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
    "Condensed Consolidated Statements of Income",
    "(in millions, except per share data, unaudited)",
    (
        Column(("2024",), "Q2 2024", width=82),
        Column(("2023",), "Q2 2023", width=82),
        Column(("2024",), "H1 2024", width=82),
        Column(("2023",), "H1 2023", width=82),
    ),
    (
        row("Sales of products", 1106, 1048, 2171, 2064),
        row("Sales of services", 298, 271, 583, 536),
        total("Total net sales", 1404, 1319, 2754, 2600),
        row("Cost of products and services sold", -887, -846, -1752, -1673),
        row("Selling and administrative expenses", -301, -289, -594, -572),
        total("Operating income", 216, 184, 408, 355),
        row("Interest expense, net", -18, -21, -37, -43),
        row("Income taxes", -45, -37, -84, -71),
        total("Net income", 153, 126, 287, 241),
        row("Diluted earnings per share", 1.22, 0.99, 2.28, 1.89, unit="USD/share", places=2),
    ),
    "USD",
    "millions",
    spans=(("Three months ended June 30,", 0, 1), ("Six months ended June 30,", 2, 3)),
)
SEGMENTS = Table(
    "Segment information, three months ended June 30, 2024",
    "(in millions)",
    (
        Column(("Valves",), "Q2 2024", "Valves", width=56),
        Column(("Sensors",), "Q2 2024", "Sensors", width=56),
        Column(("Software",), "Q2 2024", "Software", width=56),
        Column(("Corporate",), "Q2 2024", "Corporate", width=60),
        Column(("Total",), "Q2 2024", "Total", width=56),
    ),
    (
        row("Net sales", 702, 488, 214, None, 1404),
        row("Operating income", 121, 74, 52, -31, 216),
        row("Capital expenditures", 33, 19, 6, 2, 60),
    ),
    "USD",
    "millions",
)
COUNTRIES = Table(
    "Net sales by country",
    "(in millions)",
    (
        Column(("Three months", "2024"), "Q2 2024"),
        Column(("Three months", "2023"), "Q2 2023"),
        Column(("Six months", "2024"), "H1 2024"),
        Column(("Six months", "2023"), "H1 2023"),
    ),
    (
        row("United States", 611, 580, 1203, 1149),
        row("Canada", 143, 139, 281, 272),
        row("Japan", 226, 207, 438, 402),
        row("Other countries", 424, 393, 832, 777),
        total("Total net sales", 1404, 1319, 2754, 2600),
    ),
    "USD",
    "millions",
)

SEGMENTS_REPORT = Document(
    "Norbury_Controls_10Q_Q2_2024",
    "Norbury Controls Inc.",
    2024,
    "quarterly report with segments",
    (
        Page(
            (
                Heading("Norbury Controls Inc.", 16),
                Heading("Form 10-Q for the quarterly period ended June 30, 2024"),
                INCOME,
            )
        ),
        Page((Heading("Note 11. Segments and geography", 11), SEGMENTS, COUNTRIES)),
    ),
    (
        Ask(
            "sensors_sales",
            "What were Norbury's Sensors net sales in Q2 2024?",
            "$488 million",
            ((SEGMENTS.title, "Net sales"),),
            contradictions=("$1,404 million",),
        ),
        Ask(
            "corporate",
            "norbury corporate operating loss Q2 2024",
            "-$31 million",
            ((SEGMENTS.title, "Operating income"),),
            ways=("a loss of $31 million",),
        ),
        Ask(
            "japan_half",
            "Norbury sales in Japan, first half of 2024",
            "$438 million",
            ((COUNTRIES.title, "Japan"),),
            contradictions=("$2,754 million",),
        ),
        Ask(
            "services_growth",
            "By how much did Norbury's sales of services grow in Q2 2024?",
            "10.0%",
            ((INCOME.title, "Sales of services"),),
            expression="growth(271, 298)",
            category=Category.COMPUTATION,
        ),
        Ask(
            "ytd",
            "What was Norbury's net income year to date?",
            "$287 million",
            ((INCOME.title, "Net income"),),
            contradictions=("$153 million",),
            category=Category.MULTI_PERIOD,
        ),
        Ask(
            "software_margin",
            "Operating margin of Norbury's Software segment in Q2 2024?",
            "24.3%",
            ((SEGMENTS.title, "Operating income"), (SEGMENTS.title, "Net sales")),
            expression="margin(52, 214)",
            category=Category.COMPUTATION,
        ),
        Ask(
            "third_quarter",
            "What were Norbury's net sales in Q3 2024?",
            "The report ends with the second quarter.",
            category=Category.UNANSWERABLE,
        ),
        Ask(
            "adjusted_ebitda",
            "Norbury adjusted EBITDA Q2 2024",
            "The report discloses no adjusted EBITDA.",
            category=Category.UNANSWERABLE,
        ),
        Ask(
            "germany",
            "What were Norbury's net sales in Germany in Q2 2024?",
            "The report doesn't name Germany.",
            category=Category.UNANSWERABLE,
        ),
    ),
    is_letter=True,
)
