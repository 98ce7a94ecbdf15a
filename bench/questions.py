"""Questions as users ask them: half name a company and a year, half name neither."""

from itertools import cycle, islice, product

from bench.invented import facts

ASKED = (
    "total net revenue",
    "operating income",
    "net income",
    "capital expenditures",
    "gross margin",
    "inventory turnover",
    "long-term debt",
    "goodwill impairment",
    "the effective tax rate",
    "free cash flow",
    "research and development expense",
    "share repurchases",
    "accounts receivable",
    "interest expense",
    "deferred revenue",
    "the dividend per share",
    "cost of goods sold",
    "working capital",
    "lease liabilities",
    "depreciation",
)
FORMS = (
    ("What was {asked} of {company} in fiscal {year}?", "What was {asked}?"),
    ("Why did {asked} change for {company} in {year}?", "Why did {asked} change?"),
    ("How much did {asked} grow at {company} in FY{year}?", "Where did {asked} grow most?"),
    ("What drove {company}'s {asked} in fiscal {year}?", "Which segments drove {asked}?"),
    ("Was {company}'s {asked} higher in {year}?", "Was {asked} higher than before?"),
    ("List {asked} by segment for {company}, FY {year}.", "List {asked} by segment."),
    ("What does {company} expect of {asked} in {year}?", "What is expected of {asked}?"),
    ("Which risks to {asked} did {company} name in {year}?", "Which risks to {asked} are named?"),
)
STEP = 37
"""From one filing to the next: prime to their number."""


def named(count: int) -> list[str]:
    """Each names the company and the fiscal year of a filing; up to 160 differ.

    Companies are named as people do, by the first word.
    """
    filings = facts()
    chosen = [filings[at * STEP % len(filings)] for at in range(count)]
    pairs = cycle(product(FORMS, ASKED))
    return [
        form.format(asked=asked, company=str(each.company).split()[0], year=each.fiscal_year)
        for each, ((form, _), asked) in zip(chosen, pairs, strict=False)
    ]


def unnamed(count: int) -> list[str]:
    """No company and no year; up to 160 differ."""
    asked = [form.format(asked=asked) for (_, form), asked in product(FORMS, ASKED)]
    return list(islice(cycle(asked), count))
