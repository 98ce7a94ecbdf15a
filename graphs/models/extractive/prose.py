"""The sentences of passages that share the most telling words with a question."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from graphs.models.extractive.passages import Passage
from graphs.models.extractive.question import Question
from graphs.models.extractive.sentences import Sentence, sentences_of
from graphs.models.extractive.topics import CAUSAL, asks_why, topics_in
from knowledge.query.asked_periods import asked_periods
from knowledge.query.periods import Period
from knowledge.query.stems import stems_of

MOST_SENTENCES = 4
_LONGEST_QUOTE = 420
_NEAR_THE_BEST, _AS_GOOD = 0.6, 0.8
_SYNONYM, _HEADING, _CAUSE, _YEAR = 0.9, 0.5, 0.35, 0.3
"""What a synonym, a heading's word, a stated cause and the asked year count beside a word."""
_DATES = (
    "january february march april may june july august september october november december quarter "
    "three six nine months ended year report filing form annual"
)


_FIGURE = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|half|third|"
    r"nothing|none|nil)\b",
    re.IGNORECASE,
)
"""Figures may be words: `over three years`, `nothing was drawn`."""


@dataclass(frozen=True)
class Quote:
    """`text` stands in the passage word for word, whitespace apart."""

    text: str
    passage: Passage
    score: float = 0.0
    """The share of the question's telling words that it covers, and a little more."""


@dataclass(frozen=True)
class _Scored:
    score: float
    rank: int
    sentence: Sentence
    passage: Passage


@dataclass(frozen=True)
class Term:
    """A key term: a stem of the question, or any of a topic's."""

    stems: frozenset[str]
    weight: float

    def share(self, stems: frozenset[str]) -> float:
        """0 to 1: two words of a topic say it whole."""
        return min(len(self.stems & stems) / min(len(self.stems), 2), 1.0)


def best_quotes(question: Question, passages: Sequence[Passage]) -> list[Quote]:
    """One to four sentences, best first; none where nothing shares the question's key terms."""
    candidates = [(s, p) for p in passages for s in sentences_of(p)]
    terms = _weigh(key_terms(question, passages), [sentence for sentence, _ in candidates])
    scored = []
    for rank, (sentence, passage) in enumerate(candidates):
        score = _score(question, sentence, terms)
        if score and (not question.asks_amount or _FIGURE.search(sentence.text)):
            score += _YEAR * _is_of_year(question, sentence, passage) - rank / 1000
            scored.append(_Scored(score, rank, sentence, passage))
    scored.sort(key=lambda each: (-each.score, each.rank))
    return _choose(_of_the_year(question, scored))


def key_terms(question: Question, passages: Sequence[Passage]) -> list[Term]:
    """Stems of the question and its topics; not the company's name nor dates."""
    owners = {_squashed(f"{passage.document} {passage.headline}") for passage in passages}
    names = stems_of(" ".join(question.names))
    topics = [stems_of(topic) for topic in topics_in(question.lower)]
    own = [
        Term(frozenset((stem,)), 1.0)
        for stem in sorted(stems_of(question.lower) - names - stems_of(_DATES))
        if not stem.removeprefix("fy").isdigit() and not _in_owner(stem, owners)
    ]
    return own + [Term(topic, _SYNONYM) for topic in topics]


def _in_owner(word: str, owners: set[str]) -> bool:
    return len(word) > len("of") and any(word in owner for owner in owners)


def _of_the_year(question: Question, scored: Sequence[_Scored]) -> Sequence[_Scored]:
    """What the report of the asked year says, where it says about as much as any other."""
    if len(question.periods) != 1 or not scored:
        return scored
    asked = question.periods[0]
    own = [each for each in scored if _is_dated_in(asked, each.sentence.text)] or [
        each for each in scored if _is_report_of(asked, each.passage)
    ]
    return own if own and own[0].score >= scored[0].score * _AS_GOOD else scored


def _is_dated_in(asked: Period, text: str) -> bool:
    """Whether a text names the asked date, whatever the day."""
    return any(
        (each.year, each.month) == (asked.year, asked.month)
        for each in asked_periods(text)
        if asked.month
    )


def _is_report_of(asked: Period, passage: Passage) -> bool:
    return any(
        (own.year, own.quarter) == (asked.year, asked.quarter) for own in _periods_of(passage)
    )


def _periods_of(passage: Passage) -> tuple[Period, ...]:
    """Of the report: from its cover, or else from the document's name."""
    return asked_periods(passage.headline or passage.document.replace("_", " "))


def _squashed(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _weigh(terms: Sequence[Term], sentences: Sequence[Sentence]) -> list[Term]:
    """Rare words tell most; a word that no sentence has tells nothing."""
    every = [_stems(sentence) for sentence in sentences]
    counts = [sum(bool(term.stems & stems) for stems in every) for term in terms]
    return [
        Term(term.stems, term.weight * math.log(1 + len(every) / count))
        for term, count in zip(terms, counts, strict=True)
        if count
    ]


def _score(question: Question, sentence: Sentence, terms: Sequence[Term]) -> float:
    """0 without a key term in the sentence itself or its heading."""
    total = sum(term.weight for term in terms)
    shared = sum(term.weight * term.share(stems_of(sentence.text)) for term in terms)
    headed = sum(term.weight * term.share(stems_of(sentence.heading)) for term in terms)
    if not shared and not headed:
        return 0.0
    why = _CAUSE if asks_why(question.lower) and CAUSAL.search(sentence.text) else 0.0
    return (shared + _HEADING * headed) / total + why * bool(shared)


def _is_of_year(question: Question, sentence: Sentence, passage: Passage) -> bool:
    years = set(question.years)
    own = {period.year for period in _periods_of(passage)}
    return bool(own & years) or any(str(year) in sentence.text for year in years)


def _choose(scored: Sequence[_Scored]) -> list[Quote]:
    """The best, its neighbours of the paragraph that fit too, then the others near it."""
    if not scored:
        return []
    best = scored[0]
    near = [
        each for each in scored if each.score >= best.score * _NEAR_THE_BEST or _beside(each, best)
    ]
    near.sort(key=lambda each: (not _beside(each, best), -each.score))
    chosen = {_shorten(each.sentence.text): each for each in reversed(near)}
    kept = sorted(chosen.values(), key=lambda each: (not _beside(each, best), -each.score))
    return [
        Quote(_shorten(each.sentence.text), each.passage, each.score) for each in _top(kept, best)
    ]


def _top(kept: Sequence[_Scored], best: _Scored) -> list[_Scored]:
    """The paragraph in its own order, the best one of all first."""
    beside = [each for each in kept if _beside(each, best)][:MOST_SENTENCES]
    beside.sort(key=lambda each: each.rank)
    rest = [each for each in kept if not _beside(each, best)]
    return [*beside, *rest][:MOST_SENTENCES]


def _beside(each: _Scored, best: _Scored) -> bool:
    same = each.passage == best.passage and each.sentence.paragraph == best.sentence.paragraph
    return same and abs(each.rank - best.rank) <= MOST_SENTENCES - 2


@lru_cache(maxsize=4096)
def _stems(sentence: Sentence) -> frozenset[str]:
    return stems_of(sentence.text) | stems_of(sentence.heading)


def _shorten(sentence: str) -> str:
    if len(sentence) <= _LONGEST_QUOTE:
        return sentence
    return re.sub(r"\s\S*$", "", sentence[: _LONGEST_QUOTE + 1])
