"""A report whose wide table stands sideways on its page."""

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

SITES = Table(
    "Production by site",
    "years ended December 31, thousands of tonnes",
    tuple(Column((str(year),), f"FY{year}", width=74) for year in range(2023, 2017, -1)),
    (
        row("Ferrow Ridge", 1284.6, 1197.2, 1150.8, 1098.3, 1066.0, 1021.5),
        row("Blackthorn Pit", 842.1, 868.9, 874.4, 861.7, 850.2, 838.8),
        row("Sundry Creek", 316.5, 240.3, 188.0, 121.6, 64.9, 0),
        total("Total production", 2443.2, 2306.4, 2213.2, 2081.6, 1981.1, 1860.3),
    ),
    "tonnes",
    "thousands",
    places=1,
)
COSTS = Table(
    "Cash cost by site",
    "years ended December 31, in millions of US dollars",
    tuple(Column((str(year),), f"FY{year}", width=74) for year in range(2023, 2017, -1)),
    (
        row("Ferrow Ridge", 61.7, 58.2, 52.9, 49.4, 48.8, 47.1),
        row("Blackthorn Pit", 47.3, 46.6, 43.0, 41.5, 40.7, 39.9),
        row("Sundry Creek", 22.8, 19.4, 16.1, 11.7, 8.2, 0),
        total("Total cash cost", 131.8, 124.2, 112.0, 102.6, 97.7, 87.0),
    ),
    "USD",
    "millions",
    places=1,
)

SIDEWAYS = Document(
    "Ferrow_Mining_Sites_2023",
    "Ferrow Mining Inc.",
    2023,
    "report with a sideways table",
    (
        Page(
            (
                Heading("Ferrow Mining Inc.", 16),
                Heading("Sites and production 2023"),
                Prose(
                    "Ferrow Mining produces potash at three sites. The tables of the next page"
                    " show each site over six years."
                ),
            )
        ),
        Page((SITES, COSTS), is_sideways=True),
    ),
    (
        Ask(
            "creek_2021",
            "How much did Ferrow's Sundry Creek produce in 2021?",
            "188.0 thousand tonnes",
            ((SITES.title, "Sundry Creek"),),
            ways=("188.0", "188,000"),
        ),
        Ask(
            "pit_cost",
            "Ferrow Mining: cash cost of Blackthorn Pit in 2022",
            "$46.6 million",
            ((COSTS.title, "Blackthorn Pit"),),
        ),
        Ask(
            "total_growth",
            "How much did Ferrow's total production grow in 2023?",
            "5.9%",
            ((SITES.title, "Total production"),),
            expression="growth(2306.4, 2443.2)",
            category=Category.COMPUTATION,
        ),
        Ask(
            "site_2016",
            "What did Ferrow Ridge produce in 2016?",
            "The tables begin with 2018.",
            category=Category.UNANSWERABLE,
        ),
    ),
    is_letter=True,
)
