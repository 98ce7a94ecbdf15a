"""What a question asks for: in which filings, on which statements, in which words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from knowledge.finance.metrics import DISCLOSED, METRICS, Metric
from knowledge.finance.named_formulas import DERIVED, NAMED_FORMULAS
from knowledge.finance.topics import Topic, topics_of
from knowledge.query.cleaning import clean
from knowledge.query.companies import without_name
from knowledge.query.periods import Times, times_of, without_periods
from knowledge.query.words import STOP_WORDS
from knowledge.statements import Statement

MAX_PHRASES = 48
ASKED, LABEL, SAID = 1.0, 0.7, 0.35
"""Weights of the question's own words, of a row's labels, and of a topic's usual phrases."""

_FORM = re.compile(r"\b(10-?k|10-?q|8-?k|20-?f|40-?f|6-?k)\b", re.IGNORECASE)
_FORM_WORDS = (
    (re.compile(r"\bannual report|\bannual filing", re.IGNORECASE), "10-K"),
    (re.compile(r"\bquarterly (?:report|filing)", re.IGNORECASE), "10-Q"),
    (re.compile(r"\bearnings (?:release|report|announcement)", re.IGNORECASE), "earnings release"),
)
# "10K", "1st" and the s of "3M's" are none.
_WORD = re.compile(r"(?<!\w)(?<!\w['\u2019])[A-Za-z][\w&-]*(?:['\u2019]s\b)?")
_POSSESSIVE = re.compile(r"['\u2019]s$")
_WHY = re.compile(
    r"\bwhy\b|\bdrove\b|\bdriv(?:en|ers?)\b|\bcaus|\breasons?\b|\bexplain(?:s|ed)?\b|\bled to\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:guidance|outlook|forecast|expect(?:s|ed|ing|ation)?|project(?:s|ed|ion)|anticipat|"
    r"plans? to)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"\bif\b[^.?]*[.?]?", re.IGNORECASE)
_NOT = re.compile(r"\bnot\b|n['\u2019]t\b", re.IGNORECASE)
_SENSE = re.compile(r"\b(?:metric|meaningful|relevant|useful|state|explain)\b", re.IGNORECASE)


Company = tuple[str | None, str | None, str]
"""As on the cover, its symbol, and the file's name."""


@dataclass(frozen=True)
class Phrase:
    """Words to look for side by side, and what finding them is worth."""

    text: str
    weight: float
    concept: str
    """Phrases of one concept count once: they are other words for the same."""


@dataclass(frozen=True)
class Query:
    """A question, analysed."""

    question: str
    text: str
    """Without instructions: what the embedding model reads."""
    times: Times
    forms: tuple[str, ...]
    statements: dict[Statement, float]
    """The primary statements that would answer it, and how surely, 0 to 1."""
    topics: tuple[Topic, ...]
    metrics: tuple[Metric, ...]
    phrases: tuple[Phrase, ...]
    asks_why: bool
    """Whether it asks for reasons."""
    looks_ahead: bool
    """Whether it asks what is expected of a period: the filing before it tells."""


@lru_cache(maxsize=512)
def analyse(question: str, companies: tuple[Company, ...] = ()) -> Query:
    """Read a question; the same question gives the same answer.

    Args:
        question: as asked.
        companies: the names (company, ticker, document) of the filings that will be searched.
    """
    text = without_periods(clean(question))
    for company in companies:
        text = without_name(text, *company)
    text = " ".join(text.split()) or clean(question)
    asked = _without_asides(question.replace("\x00", " "))[:4000]
    metrics = tuple(_metrics(asked))
    topics = tuple(topics_of(text))
    return Query(
        question=question,
        text=text,
        times=times_of(question),
        forms=tuple(_forms(question)),
        statements=_statements(asked, metrics, topics),
        topics=topics,
        metrics=metrics,
        phrases=tuple(_phrases(text, metrics, topics))[:MAX_PHRASES],
        asks_why=_WHY.search(asked) is not None,
        looks_ahead=_AHEAD.search(question) is not None,
    )


def _without_asides(text: str) -> str:
    """Without what to answer if the question makes no sense: "if it isn't useful, explain why"."""
    return _CLAUSE.sub(lambda clause: " " if _is_aside(clause[0]) else clause[0], text)


def _is_aside(clause: str) -> bool:
    found = _NOT.search(clause)
    return found is not None and _SENSE.search(clause, found.end()) is not None


def _forms(question: str) -> Iterator[str]:
    for found in _FORM.findall(question):
        yield re.sub(r"^(\d+)-?", r"\1-", found.upper())
    for pattern, form in _FORM_WORDS:
        if pattern.search(question):
            yield form


def _metrics(text: str) -> Iterator[Metric]:
    """Each metric that is named, by the longest of its names, also inside a formula's name."""
    lower = text.lower()
    for _, asked, formula in NAMED_FORMULAS:
        if any(_is_named(phrase, lower) for phrase in asked.split("|")):
            lower += f" . {formula}"
    taken = lower
    named: list[tuple[int, Metric]] = []
    for phrase, metric in _ASKED:
        pattern = _pattern(phrase)
        if found := pattern.search(taken):
            named.append((found.start(), metric))
            taken = pattern.sub(lambda hit: " " * len(hit[0]), taken)
    in_order = sorted(named, key=lambda each: each[0])
    yield from {metric.name: metric for _, metric in in_order}.values()


def _is_named(phrase: str, lower: str) -> bool:
    return _pattern(phrase).search(lower) is not None


@lru_cache(maxsize=1024)
def _pattern(phrase: str) -> re.Pattern[str]:
    words = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", phrase))
    return re.compile(rf"(?<![\w&]){words}(?![\w&])")


_ASKED: list[tuple[str, Metric]] = sorted(
    ((phrase, metric) for metric in (*METRICS, *DISCLOSED.values()) for phrase in metric.asked),
    key=lambda each: -len(each[0]),
)

_EXPLICIT: tuple[tuple[re.Pattern[str], Statement], ...] = (
    (
        re.compile(r"cash flows? statements?|statements? of (?:\w+ )?cash flows?", re.IGNORECASE),
        Statement.CASH,
    ),
    (
        re.compile(
            r"balance sheets?|statements? of (?:\w+ )?financial (?:position|condition)",
            re.IGNORECASE,
        ),
        Statement.BALANCE,
    ),
    (
        re.compile(
            r"income statements?|\bp ?& ?l\b|profit and loss statements?|"
            r"statements? of (?:\w+ )?(?:income|operations|earnings)",
            re.IGNORECASE,
        ),
        Statement.INCOME,
    ),
    (
        re.compile(
            r"statements? of (?:changes in )?(?:(?:share|stock)holders[\u2019']? )?equity",
            re.IGNORECASE,
        ),
        Statement.EQUITY,
    ),
)


def _statements(
    text: str, metrics: tuple[Metric, ...], topics: tuple[Topic, ...]
) -> dict[Statement, float]:
    """Named ones surely; else those that print the metrics, and less surely those of the topics.

    Statements print no figures by segment or adjusted, fewer reasons, and nothing of the future.
    """
    named = [statement for pattern, statement in _EXPLICIT if pattern.search(text)]
    if named:
        return dict.fromkeys(named, 1.0)
    found: dict[Statement, float] = {}
    for topic in topics:
        for statement in topic.statements:
            found[statement] = max(found.get(statement, 0.0), 0.4)
    for metric in metrics:
        if metric.statement is not None:
            found[metric.statement] = max(found.get(metric.statement, 0.0), 0.8)
    doubt = 1.0
    if any(topic.is_elsewhere for topic in topics):
        doubt = 0.4
    if _WHY.search(text):
        doubt = 0.3
    if _AHEAD.search(text):
        doubt = 0.1
    return {statement: doubt * sure for statement, sure in found.items()}


def _phrases(text: str, metrics: tuple[Metric, ...], topics: tuple[Topic, ...]) -> Iterator[Phrase]:
    words = [_POSSESSIVE.sub("", word) for word in _WORD.findall(_without_asides(text))]
    kept = [word for word in words if word.lower() not in STOP_WORDS]
    for left, right in pairwise(words):
        if left in kept and right in kept:
            yield Phrase(f"{left} {right}", 1.5 * ASKED, f"{left} {right}".lower())
    for word in dict.fromkeys(kept):
        yield Phrase(word, ASKED, word.lower())
    for metric in metrics:
        for label in (*metric.rows[:6], *metric.asked[:2]):
            yield Phrase(label, LABEL * 2, metric.name)
        for part in _metrics(DERIVED.get(metric.name, "")):
            yield from (Phrase(label, LABEL, part.name) for label in part.rows[:4])
    for topic in topics:
        for said in topic.said:
            yield Phrase(said, SAID, topic.said[0])
