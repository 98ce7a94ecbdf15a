"""The sentences and rows of passages that share the most telling words with a question."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from graphs.models.extractive.cells import read_cell
from graphs.models.extractive.passages import Passage, collapse
from graphs.models.extractive.question import Question
from graphs.models.extractive.rows import read_rows

MOST_QUOTES = 4
_LONGEST_QUOTE = 420
_SHORT_LINE = 50
_LEAST_COVERAGE = 0.3
_NEAR_THE_BEST = 0.7
_LEAST_WORDS = 2
_STEM = 7
_LEAST_ALONE, _MOST_OF_PASSAGE = 0.25, 0.6
"""One telling word is enough in a passage that has most of the question's words."""
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[A-Z“\"•(])|\s(?=•)")
_WORD = re.compile(r"[a-z0-9][a-z0-9&'-]*")
_STOPS = (
    "a about an and any are as at be been by can did do does for from has have how if in into is "
    "it its made many much of on or our that the their them there these this those to was we were "
    "what when where which who why will with you your year fiscal company state explain tell give "
    "please between than then also per such not no fy q1 q2 q3 q4 s most roughly approximately"
)
_STOP = frozenset(_STOPS.split())
_DATES = (
    "january february march april may june july august september october november december quarter"
)
_BOILERPLATE = re.compile(
    r"^(?:see (?:accompanying )?notes|the accompanying notes|table of contents|refer to|"
    r"for (?:additional|further) information)|forward-looking statements",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Quote:
    """`text` stands in the passage word for word, whitespace apart."""

    text: str
    passage: Passage
    stems: frozenset[str]
    is_row: bool = False


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Endings off and long words cut, so that `cyclicality` meets `cyclical`."""
    for ending in ("ings", "ing", "ies", "ied", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) > len("ab"):
            word = word[: -len(ending)]
            break
    bare = word[:-1] if word.endswith(("e", "y")) and len(word) > len("abc") else word
    return bare[:_STEM]


def stems_of(text: str) -> frozenset[str]:
    words = _WORD.findall(text.lower().replace("\u2019", "'"))
    return frozenset(stem(w.removesuffix("'s").strip("'-")) for w in words if w not in _STOP)


def best_quotes(question: Question, passages: Sequence[Passage]) -> list[Quote]:
    """Up to four, best first; none where the best has too little of the question in it."""
    wanted = _content(question, passages)
    candidates = [quote for passage in passages for quote in _quotes_of(passage)]
    if not wanted or not candidates:
        return []
    counts = Counter(s for quote in candidates for s in quote.stems & wanted)
    weights = {s: _weight(counts[s], len(candidates)) for s in wanted}
    around = {passage: _share(_stems_in(passage), weights) for passage in passages}
    scored = []
    for rank, quote in enumerate(candidates):
        share = _share(quote.stems, weights)
        if _is_enough(share, around[quote.passage], len(quote.stems & wanted), len(wanted)):
            score = share + around[quote.passage] / 4 + _year_bonus(question, quote)
            scored.append((score, -rank, quote))
    return _choose(sorted(scored, key=lambda entry: entry[:2], reverse=True))


def _share(stems: frozenset[str], weights: dict[str, float]) -> float:
    """0 to 1: how much of the question's weight is among the stems."""
    return sum(weight for s, weight in weights.items() if s in stems) / sum(weights.values())


def _is_enough(share: float, around: float, shared: int, wanted: int) -> bool:
    if wanted > _LEAST_WORDS and around >= _MOST_OF_PASSAGE and share >= _LEAST_ALONE:
        return True
    return share >= _LEAST_COVERAGE and shared >= min(_LEAST_WORDS, wanted)


def _choose(scored: list[tuple[float, int, Quote]]) -> list[Quote]:
    chosen: dict[str, Quote] = {}
    for score, _, quote in scored:
        if score < scored[0][0] * _NEAR_THE_BEST or len(chosen) == MOST_QUOTES:
            break
        chosen.setdefault(quote.text, quote)
    return list(chosen.values())


def _weight(count: int, candidates: int) -> float:
    """Rare words tell most; one that no candidate has still counts against all of them."""
    return math.log(1 + candidates / (count + 0.5)) if count else math.log(1 + candidates) / 2


def _content(question: Question, passages: Sequence[Passage]) -> frozenset[str]:
    """The question's stems without dates and the company's own name."""
    owners = {"".join(passage.owner) for passage in passages}
    names = stems_of(" ".join(question.names))
    return frozenset(
        s
        for s in stems_of(question.lower) - names - stems_of(_DATES)
        if not s.removeprefix("fy").isdigit() and not _in_owner(s, owners)
    )


def _in_owner(word: str, owners: set[str]) -> bool:
    return len(word) > len("of") and any(word in owner for owner in owners)


def _year_bonus(question: Question, quote: Quote) -> float:
    if not question.years:
        return 0.0
    if any(str(year) in quote.stems for year in question.years):
        return 0.08
    return 0.04 if quote.passage.year in question.years else 0.0


@lru_cache(maxsize=256)
def _quotes_of(passage: Passage) -> tuple[Quote, ...]:
    quotes = []
    for sentence in _sentences(passage.text):
        text = _shorten(sentence)
        stems = stems_of(text)
        if len(stems) > _LEAST_WORDS and not _BOILERPLATE.search(text):
            quotes.append(Quote(text, passage, stems))
    for row in read_rows(passage):
        if len(row.cells) > 1 and len(row.quote) <= _LONGEST_QUOTE:
            years = {str(column.year) for column in row.columns}
            quotes.append(Quote(row.quote, passage, stems_of(row.label) | years, is_row=True))
    return tuple(quotes)


@lru_cache(maxsize=256)
def _stems_in(passage: Passage) -> frozenset[str]:
    return frozenset().union(*(quote.stems for quote in _quotes_of(passage)))


def _sentences(text: str) -> Iterator[str]:
    for paragraph in _paragraphs(text):
        yield from _SENTENCE_END.split(paragraph)


def _paragraphs(text: str) -> Iterator[str]:
    """Runs of prose lines; tables, blank lines and short headings part them."""
    lines: list[str] = []
    for raw in text.split("\n"):
        line = collapse(raw)
        figures = sum(read_cell(token) is not None for token in line.split(" ")) if line else 0
        is_table = figures > 1 and figures * 3 >= len(line.split(" "))
        after_heading = lines and len(lines[-1]) < _SHORT_LINE and line[:1].isupper()
        if (not line or is_table or after_heading) and lines:
            yield " ".join(lines)
            lines = []
        if line and not is_table:
            lines.append(line)
    if lines:
        yield " ".join(lines)


def _shorten(sentence: str) -> str:
    text = sentence.strip().lstrip("•").strip()
    if len(text) <= _LONGEST_QUOTE:
        return text
    return text[:_LONGEST_QUOTE].rsplit(" ", 1)[0]
