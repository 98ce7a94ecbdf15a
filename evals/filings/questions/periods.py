"""The periods of figures, in words."""

from datetime import date

from evals.filings.plan import Company
from evals.filings.report import long_date

SPANS = {"Q": "three", "H": "six"}
HALF_YEAR_QUARTER = 2


def period_words(company: Company, period: str) -> str:
    """Of `FY2023`, `Q2 2024`, `H1 2024` or an ISO date: `in FY2023`, `at June 30, 2024`."""
    if period.startswith("FY"):
        return f"in {period}"
    if period[0] in SPANS:
        quarter = HALF_YEAR_QUARTER if period[0] == "H" else int(period[1])
        end = company.period_end(int(period[-4:]), quarter)
        return f"in the {SPANS[period[0]]} months ended {long_date(end)}"
    return f"at {long_date(date.fromisoformat(period))}"
