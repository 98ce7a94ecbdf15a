"""Orders candidates: weighted reciprocal ranks of several searches, and what the question names.

Reciprocal rank fusion after Cormack, Clarke and Buettcher, "Reciprocal rank fusion outperforms
Condorcet and individual rank learning methods" (SIGIR 2009): a list gives `weight / (K + rank)`.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from knowledge.finance.topics import Topic
from knowledge.query.analysis import Query
from storage.chunk_search import Candidate, Key

K = 20
"""Small: the lists are short, and their first places are worth most."""
CONTENT = ("dense", "words", "phrases")
"""The parts of a score that are about what a passage says."""

_DISCUSSION = re.compile(r"\bdiscussion and analysis\b|\bselected financial\b", re.IGNORECASE)


@dataclass(frozen=True)
class Weights:
    """What each part of the ranking is worth; 0 turns it off, as the ablation does."""

    dense: float = 1.0
    words: float = 0.5
    phrases: float = 0.8
    statement: float = 0.1
    section: float = 0.02
    route: float = 0.12
    heading: float = 0.5
    table: float = 0.025
    page: float = 0.15


@dataclass(slots=True)
class Scored:
    """A candidate with what its score is made of."""

    candidate: Candidate
    why: dict[str, float]
    score: float = field(init=False)

    def __post_init__(self) -> None:
        self.score = sum(self.why.values())

    def add(self, part: str, worth: float) -> None:
        """Raise the score, and say by what."""
        self.why[part] = worth
        self.score += worth


def rank(
    query: Query,
    candidates: Sequence[Candidate],
    wordiest: Sequence[Key],
    fits: Mapping[UUID, float],
    weights: Weights,
) -> list[Scored]:
    """Best first.

    Args:
        query: what is asked.
        candidates: what the searches found together, in any order.
        wordiest: the search by words, best first.
        fits: of each version to the company, form and period asked for, 0 to 1.
        weights: of the parts.
    """
    rarity = _rarity(candidates)
    primary = _primary_pages(candidates)
    dense = _ranks([candidate.similarity for candidate in candidates])
    said = [_phrase_score(query, candidate.phrases, rarity) for candidate in candidates]
    phrases = _ranks(said)
    words = {key: at for at, key in enumerate(wordiest)}
    # Reasons stand in prose, below the heading of what changed; figures don't.
    headed = [
        _phrase_score(query, _in_heading(query, candidate), rarity) if query.asks_why else 0.0
        for candidate in candidates
    ]
    likes_tables = bool(query.metrics) and not query.asks_why
    headings = _ranks(headed)
    scored = []
    for at, candidate in enumerate(candidates):
        place = words.get(candidate.key)
        why = {
            "dense": weights.dense / (K + dense[at]),
            "words": weights.words / (K + place) if place is not None else 0.0,
            "phrases": weights.phrases / (K + phrases[at]) if said[at] else 0.0,
            "statement": weights.statement * _statement_fit(query, candidate, primary),
            "section": weights.section * _section_fit(query.topics, candidate.section),
            "route": weights.route * fits.get(candidate.version_id, 0.0),
            "heading": weights.heading / (K + headings[at]) if headed[at] else 0.0,
            "table": weights.table * (candidate.is_table and likes_tables),
        }
        scored.append(Scored(candidate, why))
    return _with_pages(scored, weights.page)


def _with_pages(scored: list[Scored], weight: float) -> list[Scored]:
    """A page on which other passages answer too is worth more than its best passage alone."""
    scored.sort(key=lambda each: (-each.score, each.candidate.key))
    by_page: dict[tuple[UUID, int], list[Scored]] = {}
    for each in scored:
        by_page.setdefault((each.candidate.version_id, each.candidate.page), []).append(each)
    for best, *others in by_page.values():
        second = sum(others[0].why[part] for part in CONTENT) if others else 0.0
        best.add("page", weight * second)
    scored.sort(key=lambda each: (-each.score, each.candidate.key))
    return scored


def _ranks(values: Sequence[float]) -> list[int]:
    """The place of each value from 0, the highest first; equal ones share the first of theirs."""
    ranks = [0] * len(values)
    order = sorted(range(len(values)), key=values.__getitem__, reverse=True)
    for place, at in enumerate(order):
        before = order[place - 1] if place else at
        ranks[at] = ranks[before] if place and values[before] == values[at] else place
    return ranks


def _rarity(candidates: Sequence[Candidate]) -> dict[int, float]:
    """Of each phrase, by how few of the candidates hold it."""
    counts = Counter(at for candidate in candidates for at in candidate.phrases)
    return {at: math.log(1 + len(candidates) / count) for at, count in counts.items()}


def _phrase_score(query: Query, held: Sequence[int], rarity: Mapping[int, float]) -> float:
    """Each concept once, by the best of its phrases that are held."""
    best: dict[str, float] = {}
    for at in held:
        phrase = query.phrases[at - 1]
        best[phrase.concept] = max(best.get(phrase.concept, 0.0), phrase.weight * rarity[at])
    return sum(best.values())


def _in_heading(query: Query, candidate: Candidate) -> list[int]:
    """Those of its phrases that stand in the nearest heading."""
    heading = candidate.section.rsplit(" > ", 1)[-1].lower()
    return [at for at in candidate.phrases if query.phrases[at - 1].text.lower() in heading]


def _primary_pages(candidates: Sequence[Candidate]) -> dict[tuple[UUID, str], int]:
    """The first page of each statement: later ones repeat it, adjusted or for a part of it."""
    pages: dict[tuple[UUID, str], int] = {}
    for candidate in candidates:
        if candidate.statement and not _DISCUSSION.search(candidate.section):
            key = (candidate.version_id, candidate.statement)
            pages[key] = min(pages.get(key, candidate.page), candidate.page)
    return pages


def _statement_fit(
    query: Query, candidate: Candidate, primary: Mapping[tuple[UUID, str], int]
) -> float:
    """How surely the statement is asked for; less for a table that only looks like it."""
    for statement, sure in query.statements.items():
        if candidate.statement == statement.value:
            first = primary.get((candidate.version_id, statement.value), candidate.page)
            is_primary = first <= candidate.page <= first + 1
            return sure if is_primary and not _DISCUSSION.search(candidate.section) else 0.5 * sure
    return 0.0


def _section_fit(topics: Sequence[Topic], section: str) -> float:
    """How many of the topics are treated below such a heading, two at most."""
    lower = section.lower()
    return min(2, sum(any(word in lower for word in topic.sections) for topic in topics))
