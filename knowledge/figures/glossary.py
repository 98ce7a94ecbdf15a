"""Which concept a label or a phrase of a question names.

A concept is a metric of `knowledge.finance.metrics`: its names in questions and on statements, in
English and in the words that `knowledge.finance.translations` adds.
"""

from dataclasses import dataclass
from functools import lru_cache

from knowledge.figures.words import is_date_word, words_of
from knowledge.finance.metrics import DISCLOSED, METRICS, Metric
from knowledge.finance.translations import MORE_METRICS, MORE_NAMES

CONCEPTS: dict[str, Metric] = {
    metric.name: metric for metric in (*METRICS, *DISCLOSED.values(), *MORE_METRICS)
}
MAX_PHRASE = 14
_HARMLESS = frozenset(["total", "consolidated", "the", "company", "group", "reported"])
"""Around a name, they leave it the same concept. Any other word makes another figure of it."""
_UNITS = frozenset(
    ("in", "of", "eur", "euro", "euros", "usd", "gbp", "inr", "chf", "rs", "pence", "cents")
)
"""Behind a name, they say what it is counted in."""
_TAILS = frozenset(["less", "net", "after", "at"])
"""`Accounts receivable, less allowances`; `Long-term debt, net of current maturities`."""
_NOT_IN_TAILS = frozenset(
    ["per", "share", "change", "before", "growth", "rate", "income", "beginning", "end", "fair"]
)
_MOST_OF_TAIL = 12


@dataclass(frozen=True)
class Mention:
    """A concept that a text names, with the words that name it: `words[start:end]`."""

    concept: Metric
    start: int
    end: int


def _names(*, of_labels: bool) -> dict[tuple[str, ...], Metric]:
    found: dict[tuple[str, ...], Metric] = {}
    for metric in CONCEPTS.values():
        own = metric.rows if of_labels else (*metric.asked, *metric.rows)
        for phrase in (*own, *MORE_NAMES.get(metric.name, ())):
            found.setdefault(words_of(phrase), metric)
    return found


_LABELS = _names(of_labels=True)
_PHRASES = _names(of_labels=False)
# What a question calls a concept goes before what a statement calls another one.
_PHRASES |= {words_of(p): metric for metric in CONCEPTS.values() for p in metric.asked}
_LONGEST = max(map(len, _PHRASES))
VOCABULARY = tuple(sorted({word for phrase in _PHRASES for word in phrase}))
"""Every word of a concept's name."""


@lru_cache(maxsize=16384)
def concept_of_label(label: str) -> Metric | None:
    """The concept that a whole label names; None for a label that says more or less."""
    words = tuple(word for word in words_of(label) if not is_date_word(word))
    while words:
        for end in range(min(len(words), MAX_PHRASE), 0, -1):
            concept = _LABELS.get(words[:end])
            if concept is not None and _is_tail(words[end:]):
                return concept
        if words[0] not in _HARMLESS:
            return None
        words = words[1:]
    return None


def _is_tail(words: tuple[str, ...]) -> bool:
    if all(word in _HARMLESS or word in _UNITS for word in words):
        return True
    return (
        words[0] in _TAILS and len(words) <= _MOST_OF_TAIL and not _NOT_IN_TAILS.intersection(words)
    )


@lru_cache(maxsize=4096)
def concepts_in(text: str) -> tuple[Mention, ...]:
    """The concepts that a text names, the longest name at each place, from left to right."""
    words = words_of(text)
    found: list[Mention] = []
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + _LONGEST), at, -1):
            if concept := _PHRASES.get(words[at:end]):
                found.append(Mention(concept, at, end))
                at = end
                break
        else:
            at += 1
    return tuple(found)
