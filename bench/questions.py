"""Questions as users ask them: half name a company and a year, half name neither."""

from itertools import product

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
)
FORMS = (
    ("What was {asked} of {company} in fiscal {year}?", "What was {asked}?"),
    ("Why did {asked} change for {company} in {year}?", "Why did {asked} change?"),
    ("How much did {asked} grow at {company} in FY{year}?", "Where did {asked} grow most?"),
    ("What drove {company}'s {asked} in fiscal {year}?", "Which segments drove {asked}?"),
)


def named(count: int) -> list[str]:
    """Each names the company and the fiscal year of another filing."""
    filings = facts()
    asked = [(form, what) for (form, _), what in product(FORMS, ASKED)]
    return [
        form.format(
            asked=what,
            company=str(filings[at * 37 % len(filings)].company).split()[0],
            year=filings[at * 37 % len(filings)].fiscal_year,
        )
        for at, (form, what) in enumerate(asked * (count // len(asked) + 1))
    ][:count]


def unnamed(count: int) -> list[str]:
    """No company and no year."""
    asked = [form.format(asked=what) for (_, form), what in product(FORMS, ASKED)]
    return (asked * (count // len(asked) + 1))[:count]
