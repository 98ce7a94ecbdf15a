"""Which filings a question is about, of those that there are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from knowledge.query.analysis import Query
from knowledge.query.companies import mention, name_of
from knowledge.query.periods import Period
from storage.filings import Filing, FilingFacts

NEAR = timedelta(days=45)
"""By which an "as of" may miss a period's end."""
SURE = 0.5
"""From here on a company counts as named."""
LAST_QUARTER = 4
"""Its release tells of the whole year."""
EVENT_FORMS = frozenset({"8-K", "6-K"})
"""They tell of a day, not of a year."""
MISFIT = 0.2
"""A fit above it means that the filing prints figures of the period, if not as its own."""


@dataclass(frozen=True)
class Route:
    """A filing with how well it fits what the question names, 0 to 1."""

    filing: Filing
    fit: float
    is_named: bool
    """Whether the question names its company."""


def route(query: Query, filings: Sequence[Filing]) -> list[list[Route]]:
    """The filings of the companies that a question names, or all; each with its fit.

    A company narrows the search; period and form only rank, since a figure of one year is printed
    in the next year's filing too.

    Returns:
        Parts to search apart: a company each, and a filing each where no single filing prints all
        the periods of a comparison.
    """
    if not filings:
        return []
    mentions = {
        filing.version_id: mention(
            query.question, filing.facts.company, filing.facts.ticker, filing.name
        )
        for filing in filings
    }
    best = max(mentions.values(), default=0.0)
    named = [f for f in filings if mentions[f.version_id] >= max(SURE, 0.75 * best)]
    if not named:
        return [[Route(filing, _fit(query, filing.facts), is_named=False) for filing in filings]]
    companies: dict[tuple[str, ...], list[Route]] = {}
    for filing in named:
        company = name_of(filing.facts.company, filing.name)
        routed = Route(filing, _fit(query, filing.facts), is_named=True)
        companies.setdefault(company, []).append(routed)
    return [
        part
        for routes in companies.values()
        for part in _by_period(query, _without_misfits(routes))
    ]


def _without_misfits(routes: list[Route]) -> list[Route]:
    """Where a company's filing of the very period is there, its far older and newer ones go."""
    best = max(each.fit for each in routes)
    return [each for each in routes if each.fit > MISFIT or best < SURE]


def _by_period(query: Query, routes: list[Route]) -> Iterator[list[Route]]:
    """Filings of periods that the best one doesn't print, apart."""
    best = max(routes, key=lambda each: each.fit)
    apart: list[Route] = []
    for period in query.times.periods:
        if best.fit < 1 or _fit_of(period, best.filing.facts) > MISFIT:
            continue
        exact = [each for each in routes if _fit_of(period, each.filing.facts) == 1]
        apart += [each for each in exact if each not in apart]
    rest = [each for each in routes if each not in apart]
    yield rest
    for each in apart:
        yield [replace(each, fit=1.0)]


def _fit(query: Query, facts: FilingFacts) -> float:
    periods = query.times.periods
    if query.looks_ahead:
        periods += tuple(Period(period.year - 1, period.quarter) for period in periods)
    parts = [_day_fit(query.times.days, facts), _period_fit(periods, facts)]
    said = [part for part in parts if part is not None]
    fit = max(said) if said else _default_fit(facts)
    if query.forms:
        fit = 0.7 * fit + 0.3 * (facts.form in query.forms)
    return fit


def _default_fit(facts: FilingFacts) -> float:
    """Without a period, what holds for a company stands in its annual report."""
    return 0.6 if facts.fiscal_quarter is None and facts.form not in EVENT_FORMS else 0.4


def _day_fit(days: Sequence[date], facts: FilingFacts) -> float | None:
    if not days or facts.period_end is None:
        return None
    nearest = min(abs(facts.period_end - day) for day in days)
    if nearest <= timedelta(days=7):
        return 1.0
    return 0.7 if nearest <= NEAR else 0.3 if nearest <= timedelta(days=400) else 0.1


def _period_fit(periods: Sequence[Period], facts: FilingFacts) -> float | None:
    """1 for the filing of the latest period that is named, less for those that repeat it."""
    if not periods or facts.fiscal_year is None:
        return None
    latest = max(periods, key=lambda period: (period.year, period.quarter or 0))
    return max(_fit_of(period, facts) * (1.0 if period == latest else 0.6) for period in periods)


def _fit_of(period: Period, facts: FilingFacts) -> float:
    if period.quarter is None:
        return _year_fit(period.year, facts)
    if facts.fiscal_year == period.year and facts.fiscal_quarter in (period.quarter, None):
        is_own = facts.fiscal_quarter == period.quarter
        # The annual report covers a quarter without printing much of it.
        return 1.0 if is_own else 0.6 if period.quarter == LAST_QUARTER else 0.5
    return 0.3 if (facts.fiscal_year or 0) - period.year in (0, 1) else 0.1


def _year_fit(year: int, facts: FilingFacts) -> float:
    later = (facts.fiscal_year or 0) - year
    is_annual = facts.fiscal_quarter is None
    if facts.form in EVENT_FORMS:
        return 0.3 if later == 0 else 0.1
    if later == 0:
        return 1.0 if is_annual else 0.9 if facts.fiscal_quarter == LAST_QUARTER else 0.6
    if later in (1, 2):  # which print it beside their own
        return 0.45 if is_annual else 0.3
    return 0.1
