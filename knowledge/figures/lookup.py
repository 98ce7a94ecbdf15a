"""Looks figures up: what is exactly asked for, or nothing and what comes nearest."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.principal import Permission, Principal
from knowledge.figures.choice import Match, document_stems, matches
from knowledge.figures.item import Item, read_item
from knowledge.figures.shown import ShownFigure
from knowledge.figures.spelling import without_typos
from knowledge.passages import Passage
from knowledge.query.asked_periods import asked_periods, without_asked_periods
from knowledge.query.companies import mention, without_name
from storage.chunk_search import ChunkSearch, Holding, PassageRow
from storage.database import Database
from storage.figures.figure import FoundFigure
from storage.figures.search import FigureSearch
from storage.filings import Filing

MAX_CANDIDATES = 3_000
MAX_NEAREST = 5
SURE = 0.5
"""From here on a company counts as named."""


@dataclass(frozen=True)
class FigureAnswer:
    """What answers for one company and period."""

    company: str
    period: str
    figures: tuple[ShownFigure, ...]
    """One; or several rows that fit equally well and tell different amounts."""
    earlier: ShownFigure | None
    """What an older document says of the same, if it says another amount."""


@dataclass(frozen=True)
class LookUp:
    """The outcome of a look-up."""

    answers: tuple[FigureAnswer, ...]
    nearest: tuple[str, ...]
    """Rows that share words with what was asked, where nothing fits exactly."""
    searched: tuple[str, ...]
    """The documents, each with company, form and period."""
    passages: tuple[Passage, ...]
    """Those that print the figures."""


class FigureLookup:
    """Looks figures up in the documents that a principal may see."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def look_up(  # noqa: PLR0913  # what is asked, and where to look
        self,
        principal: Principal,
        item: str,
        *,
        company: str | None = None,
        periods: Sequence[str] = (),
        row: str | None = None,
        document_ids: Sequence[UUID] | None = None,
        as_of: datetime | None = None,
    ) -> LookUp:
        """Find the figures that are exactly what is asked for.

        Args:
            principal: on whose behalf.
            item: the line item with what narrows it; may name company and periods too.
            company: whose; None for the one that `item` names, or any.
            periods: `FY2023`, `Q3 2023`, `2022-12-31`; empty for those that `item` names, or the
                latest.
            row: the row of a schedule by year, `2026` or `Thereafter`; None for any other row.
            document_ids: look only in these documents; None for all.
            as_of: look in the versions that were current then; None for now.

        Raises:
            PermissionDeniedError: without `query:document`.
            NotFoundError: a document doesn't exist.
        """
        principal.require(Permission.QUERY_DOCUMENT)
        wanted = asked_periods(" ; ".join(periods)) or asked_periods(item)
        async with self._database.psycopg_transaction(principal) as connection:
            chunks, search = ChunkSearch(connection), FigureSearch(connection)
            filings = await chunks.filings(document_ids, as_of)
            named = _named(f"{item} {company or ''}", filings)
            if company and not named:
                return LookUp((), (), tuple(map(_headline, filings)), ())
            asked = read_item(_without_names(without_asked_periods(item), named), row)
            scope = named or filings
            # Comparing thousands of figures takes a while: other requests go on meanwhile.
            candidates = await _candidates(search, asked, scope)
            found = await asyncio.to_thread(matches, asked, wanted, candidates, scope)
            spelled = asked.text if found else await asyncio.to_thread(without_typos, asked.text)
            if spelled != asked.text:
                asked = read_item(spelled, row)
                candidates = await _candidates(search, asked, scope)
                found = await asyncio.to_thread(matches, asked, wanted, candidates, scope)
            printed = await _passages(chunks, found, scope)
            nearest = () if found else await _nearest(search, asked, scope)
        passages = {passage.chunk_id: passage for passage in printed.values()}
        return LookUp(
            tuple(_answer(match, printed, scope) for match in found),
            nearest,
            tuple(map(_headline, scope)),
            tuple(passages.values()),
        )


def _named(text: str, filings: Sequence[Filing]) -> list[Filing]:
    """The filings of the companies that a text names; empty if it names none of theirs."""
    sure = {
        filing.version_id: mention(text, filing.facts.company, filing.facts.ticker, filing.name)
        for filing in filings
    }
    best = max(sure.values(), default=0.0)
    return [each for each in filings if sure[each.version_id] >= max(SURE, 0.75 * best)]


def _without_names(text: str, named: Sequence[Filing]) -> str:
    for filing in named:
        text = without_name(text, filing.facts.company, filing.facts.ticker, filing.name)
    return " ".join(text.split())


def _headline(filing: Filing) -> str:
    headline = filing.facts.headline
    return f"{headline} ({filing.name})" if headline else filing.name


async def _candidates(
    search: FigureSearch, item: Item, filings: Sequence[Filing]
) -> list[FoundFigure]:
    versions = [filing.version_id for filing in filings]
    readings = item.readings
    concepts = {each.concept.name for each in readings if each.concept is not None}
    found = await search.candidates(versions, concepts=sorted(concepts), limit=MAX_CANDIDATES)
    seen = {each.id for each in found}
    named = frozenset[str]().union(*map(document_stems, filings))
    for stems in dict.fromkeys(each.stems - named or each.stems for each in readings):
        if not stems:
            continue
        more = await search.candidates(versions, words=sorted(stems), limit=MAX_CANDIDATES)
        found += [each for each in more if each.id not in seen]
        seen |= {each.id for each in more}
    return found


async def _nearest(search: FigureSearch, item: Item, filings: Sequence[Filing]) -> tuple[str, ...]:
    stems = frozenset[str]().union(*(each.stems for each in item.readings))
    versions = [filing.version_id for filing in filings]
    found = await search.with_any_word(versions, sorted(stems), limit=10 * MAX_NEAREST)
    labels = (" > ".join((*each.figure.groups, each.figure.label)) for each in found)
    return tuple(dict.fromkeys(filter(None, labels)))[:MAX_NEAREST]


Printed = dict[UUID, Passage]
"""The passage that prints each figure, by the figure's id."""


async def _passages(
    chunks: ChunkSearch, found: Sequence[Match], filings: Sequence[Filing]
) -> Printed:
    by_version = {filing.version_id: filing for filing in filings}
    figures = [each for match in found for each in (*match.figures, match.earlier) if each]
    places = [(each.version_id, each.figure.page, each.figure.start) for each in figures]
    held = await chunks.holding(places)
    holding = list(dict.fromkeys(each for each in held if each))
    rows = await chunks.passages([each.key for each in holding])
    passages = {
        each.key: _passage(by_version[each.version_id], each, row)
        for each, row in zip(holding, rows, strict=True)
    }
    return {
        figure.id: passages[each.key]
        for figure, each in zip(figures, held, strict=True)
        if each is not None
    }


def _passage(filing: Filing, held: Holding, row: PassageRow) -> Passage:
    return Passage(
        chunk_id=row.chunk_id,
        document_id=filing.document_id,
        document_version_id=filing.version_id,
        document=filing.name,
        headline=filing.facts.headline,
        version=filing.number,
        page=held.page,
        start=row.start,
        end=row.end,
        match_start=row.match_start,
        match_end=row.match_end,
        text=row.text,
        section=held.section,
        table=row.table_rows,
        score=1.0,
    )


def _answer(match: Match, printed: Printed, filings: Sequence[Filing]) -> FigureAnswer:
    period_asked = match.period.name if match.period else ""
    companies = {filing.version_id: filing.facts.company for filing in filings}

    def shown(found: FoundFigure) -> ShownFigure:
        period = found.figure.period or period_asked
        return ShownFigure.of(found, companies[found.version_id], period, printed[found.id])

    return FigureAnswer(
        match.company,
        period_asked,
        tuple(shown(each) for each in match.figures if each.id in printed),
        shown(match.earlier) if match.earlier and match.earlier.id in printed else None,
    )
