"""An annual report in two columns of prose: lines side by side belong to different sentences."""

from evals.examples import Category
from evals.filings.world.content import (
    Ask,
    Column,
    Document,
    Heading,
    Page,
    SideBySide,
    Table,
    row,
)

LEFT = (
    "Water supplied rose to 412 million litres a day, since the new main from Carrow was in use.",
    (
        "Tidewell invested \N{POUND SIGN}96.4 million in 2023, of which \N{POUND SIGN}58.1 million"
        " went into mains and \N{POUND SIGN}38.3 million into treatment works."
    ),
    (
        "Leakage fell by 4.2% to 71 million litres a day, the lowest since records began in 1994."
        " We aim for 64 million litres a day in 2026."
    ),
    "The board proposes a dividend of 18.4 pence per share, after 17.2 pence in 2022.",
)
RIGHT = (
    (
        "Net debt stood at \N{POUND SIGN}640.2 million at 31 December 2023, against"
        " \N{POUND SIGN}611.7 million a year before. Gearing was 62% of regulatory capital value."
    ),
    "We employed 1,326 people at the end of the year, 48 more than in 2022.",
    (
        "Interest cover was 3.1 times. The average cost of debt rose to 4.6% as two loans of"
        " \N{POUND SIGN}40 million each were renewed."
    ),
    "Customer complaints fell to 2,908, after 3,415 in the year before.",
)
SUMMARY = Table(
    "Five-year summary",
    "years ended 31 December, \N{POUND SIGN} million",
    tuple(Column((str(year),), f"FY{year}", width=58) for year in range(2023, 2018, -1)),
    (
        row("Revenue", 318.4, 302.9, 291.0, 286.2, 280.7),
        row("Operating profit", 88.6, 84.1, 83.7, 81.0, 79.4),
        row("Capital expenditure", 96.4, 91.8, 77.5, 70.3, 68.9),
    ),
    "GBP",
    "millions",
    places=1,
)

TWO_COLUMNS = Document(
    "Tidewell_Annual_Review_2023",
    "Tidewell Water plc",
    2023,
    "annual report in two columns",
    (
        Page(
            (
                Heading("Tidewell Water plc", 16),
                Heading("Annual review 2023"),
                SideBySide(LEFT, RIGHT),
                SUMMARY,
            )
        ),
    ),
    (
        Ask(
            "net_debt",
            "What was Tidewell's net debt at the end of 2023?",
            "\N{POUND SIGN}640.2 million",
            says=("Net debt stood at \N{POUND SIGN}640.2 million",),
        ),
        Ask(
            "mains",
            "How much did Tidewell invest in mains in 2023?",
            "\N{POUND SIGN}58.1 million",
            says=("58.1 million went into mains",),
            contradictions=("\N{POUND SIGN}96.4 million",),
        ),
        Ask(
            "leakage",
            "By what percentage did Tidewell's leakage fall?",
            "4.2%",
            says=("Leakage fell by 4.2%",),
        ),
        Ask(
            "employees",
            "How many people did Tidewell employ at the end of 2023?",
            "1,326",
            says=("We employed 1,326 people",),
        ),
        Ask(
            "profit_2021",
            "Tidewell operating profit 2021",
            "\N{POUND SIGN}83.7 million",
            ((SUMMARY.title, "Operating profit"),),
        ),
        Ask(
            "churn",
            "How many customers did Tidewell lose to other suppliers in 2023?",
            "The review doesn't say.",
            category=Category.UNANSWERABLE,
        ),
    ),
)
