"""Which of the figures that fit answers, where several do."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from knowledge.figures.item import Item, Reading
from knowledge.figures.matching import BY_COLUMN, Fit, fit_of
from knowledge.figures.periods import QUARTER, is_of_period, own_period
from knowledge.figures.words import stems_of_all
from knowledge.query.companies import name_of
from knowledge.query.periods import Period
from storage.figures.figure import Figure, FoundFigure, Version
from storage.filings import Filing

MAX_ALTERNATIVES = 4
_DIGIT = re.compile(r"\d")
HALF = Decimal("0.5")


@dataclass(frozen=True)
class Match:
    """What answers for one company and one period."""

    company: str
    """As on the cover, or the document's name."""
    period: Period | None
    """None where none was asked and one figure alone fits."""
    figures: tuple[FoundFigure, ...]
    """One; or several rows that fit equally well and tell different amounts."""
    earlier: FoundFigure | None = None
    """What an older document says of the same, if it says another amount."""


@dataclass(frozen=True)
class Placed:
    """A stored figure with its filing and how it fits."""

    fit: Fit
    found: FoundFigure
    filing: Filing


def matches(
    item: Item,
    periods: Sequence[Period],
    figures: Iterable[FoundFigure],
    filings: Sequence[Filing],
) -> list[Match]:
    """What answers an item, by company and period, in the order of the periods.

    Args:
        item: what is asked.
        periods: those asked for; empty for the latest that a company's documents report on.
        figures: candidates, of any documents.
        filings: the documents that are searched.
    """
    by_version = {filing.version_id: filing for filing in filings}
    pool = [each for each in figures if each.version_id in by_version]
    found: list[Match] = []
    for company, own in _by_company(filings):
        candidates = [each for each in pool if by_version[each.version_id] in own]
        for period in _asked(item, periods, own):
            match = _match(item, period, candidates, by_version)
            if match and match[0]:
                found.append(Match(company, period, *match))
        if not periods and not item.to_date and not any(each.company == company for each in found):
            only = _only(item, candidates, by_version)
            if only:
                found.append(Match(company, None, (only,)))
    return found


def _only(
    item: Item, candidates: Sequence[FoundFigure], filings: Mapping[UUID, Filing]
) -> FoundFigure | None:
    """The one figure that fits, whatever its period; None where several differ."""
    for reading in item.readings:
        placed = list(_placed(item, reading, None, candidates, filings))
        if versions := _of_version(item, placed):
            figures = [each.found for each in _equally_good(versions)]
            same = all(_says_the_same(each.figure, figures[0].figure) for each in figures)
            return figures[0] if same else None
    return None


def _by_company(filings: Sequence[Filing]) -> list[tuple[str, list[Filing]]]:
    groups: dict[tuple[str, ...], list[Filing]] = {}
    for filing in filings:
        groups.setdefault(name_of(filing.facts.company, filing.name), []).append(filing)
    return [(own[0].facts.company or own[0].name, own) for own in groups.values()]


def _asked(item: Item, periods: Sequence[Period], filings: Sequence[Filing]) -> tuple[Period, ...]:
    """The periods to look in; a year to date ends with the report's own quarter."""
    if not item.to_date:
        return tuple(periods) or _latest(filings)
    own = [each for filing in filings if (each := own_period(filing.facts)) and each.quarter]
    years = {period.year for period in periods}
    latest = max(own, key=lambda p: (p.year, p.quarter or 0), default=None)
    if latest is None or latest.quarter is None:
        return ()
    months = QUARTER * latest.quarter
    return tuple(Period(year, months=months) for year in sorted(years or {latest.year}))


def _latest(filings: Sequence[Filing]) -> tuple[Period, ...]:
    periods = [period for filing in filings if (period := own_period(filing.facts))]
    if not periods:
        return ()
    annual = [period for period in periods if period.is_annual]
    return (max(annual or periods, key=lambda p: (p.year, p.quarter or 0)),)


def _match(
    item: Item, period: Period, candidates: Sequence[FoundFigure], filings: Mapping[UUID, Filing]
) -> tuple[tuple[FoundFigure, ...], FoundFigure | None] | None:
    for reading in item.readings:
        placed = list(_placed(item, reading, period, candidates, filings))
        if placed:
            return _choose(item, period, placed)
    return None


def _placed(
    item: Item,
    reading: Reading,
    period: Period | None,
    candidates: Sequence[FoundFigure],
    filings: Mapping[UUID, Filing],
) -> Iterator[Placed]:
    if reading.concept is None and not reading.stems:
        return
    for each in candidates:
        filing = filings[each.version_id]
        if period is not None and not _is_of(period, each.figure, filing):
            continue
        fit = fit_of(item, reading, each.figure, document_stems(filing))
        if fit is not None:
            yield Placed(fit, each, filing)


def _is_of(period: Period, figure: Figure, filing: Filing) -> bool:
    if is_of_period(period, figure, filing.facts):
        return True
    # A table that names no period at all is of the period that its document reports on.
    undated = figure.period is None and figure.ends_on is None and not _DIGIT.search(figure.column)
    return undated and period == own_period(filing.facts) and not figure.doubts


def document_stems(filing: Filing) -> frozenset[str]:
    """Stems of the names of company and document: they stand on every page."""
    return stems_of_all(
        (filing.facts.company or "", filing.name.rsplit(".", 1)[0].replace("_", " "))
    )


def _choose(
    item: Item, period: Period, placed: Sequence[Placed]
) -> tuple[tuple[FoundFigure, ...], FoundFigure | None]:
    versions = _of_version(item, placed)
    if not versions:
        return (), None
    best = _equally_good(versions)
    if best[0].fit.by_context == BY_COLUMN:  # the last entry of a day
        best = [max(best, key=_place)]
    if item.asks_total:
        best = [each for each in best if each.found.figure.is_total] or best
    distinct = _distinct(best, period)
    filings = {each.filing.document_id for each in distinct}
    if len(distinct) > 1 and len(filings) == len(distinct):
        ordered = sorted(distinct, key=lambda each: _age(each.filing))
        return (ordered[-1].found,), ordered[0].found
    return tuple(each.found for each in distinct[:MAX_ALTERNATIVES]), None


def _place(placed: Placed) -> tuple[int, int, int]:
    figure = placed.found.figure
    return figure.page, figure.table, figure.row


def _equally_good(placed: Sequence[Placed]) -> list[Placed]:
    def rank(each: Placed) -> tuple[int, ...]:
        fit = each.fit
        doubted = 1 if each.found.figure.doubts else 0
        return (fit.dropped, fit.place, fit.by_context, doubted, fit.statement, fit.literal)

    best = min(map(rank, placed))
    return [each for each in placed if rank(each) == best]


def _of_version(item: Item, placed: Sequence[Placed]) -> Sequence[Placed]:
    """Of figures before and after a restatement, the ones after it unless the others are asked."""
    wanted = Version.AS_REPORTED if item.wants_first_reported else Version.RESTATED
    other = Version.RESTATED if item.wants_first_reported else Version.AS_REPORTED
    kept = [each for each in placed if each.found.figure.version is not other]
    chosen = [each for each in placed if each.found.figure.version is wanted]
    if item.wants_restated or item.wants_first_reported:
        return chosen or kept
    return kept or placed


def _distinct(placed: Sequence[Placed], period: Period) -> list[Placed]:
    """One for each amount, of the document of the period where several say the same."""
    ordered = sorted(placed, key=lambda each: _distance(each, period))
    kept: list[Placed] = []
    for each in ordered:
        if not any(_says_the_same(each.found.figure, other.found.figure) for other in kept):
            kept.append(each)
    return kept


def _distance(placed: Placed, period: Period) -> tuple[int, int, int]:
    own = own_period(placed.filing.facts)
    is_own = own is not None and (own.year, own.quarter) == (period.year, period.quarter)
    return (0 if is_own else 1, placed.found.figure.scale, placed.found.figure.page)


def _age(filing: Filing) -> tuple[int, int]:
    """Later reports are greater; an annual report follows its quarters."""
    return filing.facts.fiscal_year or 0, filing.facts.fiscal_quarter or 5


def _says_the_same(one: Figure, other: Figure) -> bool:
    """Whether two amounts are equal as far as the coarser one is printed."""
    if one.unit != other.unit and None not in (one.unit, other.unit):
        return False
    coarser = max(_step(one), _step(other))
    return (
        abs(abs(one.amount) - abs(other.amount)) <= HALF * coarser
        if one.amount != other.amount
        else True
    )


def _step(figure: Figure) -> Decimal:
    """What one more in the last printed digit is worth."""
    exponent = figure.value.as_tuple().exponent
    places = exponent if isinstance(exponent, int) else 0
    return Decimal(1).scaleb(min(places, 0)) * figure.scale
