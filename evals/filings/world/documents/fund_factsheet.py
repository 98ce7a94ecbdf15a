"""A fund factsheet: key facts, performance in percent over periods, fees and holdings."""

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

FACTS = Table(
    "Key facts",
    "at 30 June 2024",
    (Column(("",), "2024-06-30", width=120),),
    (
        row("Fund size (EUR million)", 418.6, unit="EUR", scale="millions", places=1),
        row("Net asset value per share (EUR)", 112.47, unit="EUR/share"),
        row("Number of holdings", 137, unit="count", places=0),
        row("Ongoing charge (%)", 0.62, unit="percent"),
        row("Average duration (years)", 5.84, unit="count"),
    ),
    "EUR",
    "ones",
    places=2,
)
PERFORMANCE = Table(
    "Performance (%)",
    "net of charges, in EUR",
    (
        Column(("1 month",), name="1 month", width=60),
        Column(("Year", "to date"), name="Year to date", width=60),
        Column(("1 year",), name="1 year", width=60),
        Column(("3 years", "p.a."), name="3 years p.a.", width=60),
        Column(("Since", "launch p.a."), name="Since launch p.a.", width=66),
    ),
    (
        row("Fund, class A", 0.41, 1.86, 6.12, -0.94, 1.37),
        row("Benchmark", 0.38, 1.52, 5.48, -1.21, 1.15),
    ),
    "percent",
    "ones",
    places=2,
)
HOLDINGS = Table(
    "Largest holdings",
    "share of the fund at 30 June 2024",
    (Column(("Weight",), "2024-06-30", suffix=" %"),),
    (
        row("Republic of Almara 2.75 % 2031", 3.9),
        row("Norrland Kommun 1.50 % 2029", 3.4),
        row("Estuary Rail Finance 4.00 % 2034", 2.8),
    ),
    "percent",
    "ones",
    places=1,
)
AIM = (
    "The fund aims for income from investment-grade bonds in euros with a lower carbon intensity"
    " than its benchmark. It was launched on 14 March 2016. Past performance is no guide to future"
    " returns."
)

FUND_FACTSHEET = Document(
    "Orrin_Euro_Bond_Fund_Factsheet_June_2024",
    "Orrin Euro Bond Fund",
    2024,
    "fund factsheet",
    (
        Page(
            (
                Heading("Orrin Euro Bond Fund", 16),
                Heading("Factsheet, 30 June 2024"),
                Prose(AIM),
                FACTS,
                PERFORMANCE,
                HOLDINGS,
            )
        ),
    ),
    (
        Ask(
            "size",
            "How big is the Orrin Euro Bond Fund?",
            "EUR 418.6 million",
            ((FACTS.title, "Fund size (EUR million)"),),
        ),
        Ask(
            "charge",
            "ongoing charge of the orrin bond fund",
            "0.62%",
            ((FACTS.title, "Ongoing charge (%)"),),
        ),
        Ask(
            "one_year",
            "How did class A of the Orrin Euro Bond Fund perform over one year?",
            "6.12%",
            ((PERFORMANCE.title, "Fund, class A"),),
            contradictions=("5.48%",),
        ),
        Ask(
            "benchmark_ytd",
            "Orrin Euro Bond Fund: benchmark return year to date?",
            "1.52%",
            ((PERFORMANCE.title, "Benchmark"),),
        ),
        Ask(
            "ten_years",
            "What was the Orrin Euro Bond Fund's return over ten years?",
            "The factsheet states no ten-year return.",
            category=Category.UNANSWERABLE,
        ),
    ),
)
