"""What a question or a model asks for: a concept, and the words that narrow it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.figures.glossary import CONCEPTS, concepts_in
from knowledge.figures.neutral import IN_QUESTIONS
from knowledge.figures.words import STOP_WORDS, is_adjusted, stems_in, words_of
from knowledge.finance.metrics import Metric
from knowledge.query.stems import stem

EQUIVALENTS = {"EBIT": "Operating income", "Total expenses": "Operating expenses"}
"""What a concept may be called instead, where no row has its own name."""
_IN_BRACKETS = re.compile(r"\(([^()]{3,80})\)")
_BARE = frozenset(["balance", "amount", "total", "value", "saldo", "solde"])
"""Words that name something only where nothing else is asked: "the balance on 14 March"."""
_PARENT = re.compile(
    r"\bparent(?: company)?\b|\bcompany[- ]only\b|\bstandalone\b|\bcompany alone\b|"
    r"\beinzelabschluss\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    r"%|\bpercent|\bpercentages?\b|\brates?\b|\bmargins?\b|\byields?\b|\bquote\b|\bmarge\b|"
    r"marge\b|\bmargen\b|\bprozent|\bporcentaje|\bpourcentage|\bbasis "
    r"points?\b|\bbps\b",
    re.IGNORECASE,
)
_PER_SHARE = re.compile(
    r"\bper (?!cent\b|annum\b|year\b|quarter\b|month\b|day\b|the\b|its\b|their\b|\d)[a-z]|"
    r"\bper (?:\w+ )?(?:share|unit|ads)\b|\beps\b|\bje aktie\b|\bpar action\b|\bpor acción\b",
    re.IGNORECASE,
)
_SHARES = re.compile(
    r"\bshares (?:outstanding|issued|in issue|repurchased)|\bnumber of (?:\w+ ){0,3}shares|"
    r"\bweighted[- ]average (?:\w+ ){0,3}shares|\b(?:diluted|basic|ordinary|common) shares\b|"
    r"\bhow many (?:\w+ ){0,2}shares|\bshare count\b",
    re.IGNORECASE,
)
_RESTATED = re.compile(
    r"\b(?:as |after )?(?:restate\w*|revised|recast)\b|\bafter the correction\b",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\b(?:first|originally|initially|previously) report(?:ed)?\b|\bbefore (?:\w+ ){0,3}restate\w*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Reading:
    """One way to read an item: a concept with the stems beside it, or stems alone."""

    concept: Metric | None
    stems: frozenset[str]
    """Each has to be accounted for by what stands around a figure."""
    narrowing: frozenset[str] = frozenset()
    """Those beside the concepts that the item names: of a part, an adjusted figure, ...."""


@dataclass(frozen=True)
class Item:
    """What is looked up, without company and period."""

    text: str
    is_adjusted: bool
    is_of_parent: bool
    is_percent: bool
    is_per_share: bool
    counts_shares: bool
    wants_restated: bool
    wants_first_reported: bool
    asks_total: bool
    to_date: bool = False
    """Whether the fiscal year until the report's end is asked for."""
    row: str | None = None
    """The row of a schedule by year, `2026` or `Thereafter`."""

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The likeliest first: a longest concept with the rest, then the words themselves."""
        return tuple(dict.fromkeys(_readings(self.text)))


def read_item(text: str, row: str | None = None) -> Item:
    """Read the words of an item: `Services gross margin percentage`.

    Args:
        text: without company and period.
        row: of a schedule by year.
    """
    return Item(
        text,
        is_adjusted=is_adjusted(text),
        is_of_parent=_PARENT.search(text) is not None,
        is_percent=_PERCENT.search(text) is not None,
        is_per_share=_PER_SHARE.search(text) is not None,
        counts_shares=_SHARES.search(text) is not None,
        wants_restated=_RESTATED.search(text) is not None and _FIRST.search(text) is None,
        wants_first_reported=_FIRST.search(text) is not None,
        asks_total=re.search(r"\btotal\b|\boverall\b", text, re.IGNORECASE) is not None,
        to_date=re.search(r"\byear[- ]to[- ]date\b|\bytd\b", text, re.IGNORECASE) is not None,
        row=row.strip().lower() if row else None,
    )


def _readings(text: str) -> Iterator[Reading]:
    words = words_of(text)
    mentions = concepts_in(text)
    for mention in mentions:
        rest = words[: mention.start] + words[mention.end :]
        stems = telling_stems(rest)
        yield Reading(mention.concept, stems, stems)
        if equivalent := EQUIVALENTS.get(mention.concept.name):
            yield Reading(CONCEPTS[equivalent], stems, stems)
    for aside in _IN_BRACKETS.findall(text):
        if len(telling_stems(words_of(aside))) > 1:  # another name for the same, not "(loss)"
            yield from _readings(aside)
    stems = telling_stems(words)
    bare = frozenset(stem(word) for word in words if word in _BARE)
    named = {at for mention in mentions for at in range(mention.start, mention.end)}
    beside = telling_stems(tuple(word for at, word in enumerate(words) if at not in named))
    yield Reading(None, stems if stems or mentions else bare, beside)


def telling_stems(words: tuple[str, ...]) -> frozenset[str]:
    """The stems of words that name something."""
    return frozenset(stem(word) for word in words if is_telling(word))


def is_telling(word: str) -> bool:
    """Whether a word of a question, lower case, narrows what is asked."""
    passes = word in STOP_WORDS or word in IN_QUESTIONS or word == "%"
    return not passes and bool(stems_in(word))
