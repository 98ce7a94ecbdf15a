"""How surely the label of a row names a metric."""

from functools import lru_cache

from graphs.models.extractive.rows import words_of
from knowledge.finance.metrics import Metric

SURE = 60
_FULL = 100
_HARMLESS = frozenset(["total", "consolidated", "the", "company", "s"])
"""Words around a label that leave it the same figure. Any other makes another figure of it."""
_TAILS = frozenset(["less", "net", "after", "at"])
"""`Accounts receivable, less allowances`; `Long-term debt, net of current maturities`."""
_NOT_IN_TAILS = frozenset(
    ["per", "share", "change", "before", "growth", "rate", "income", "beginning", "end", "fair"]
)
_MOST_OF_TAIL = 12


@lru_cache(maxsize=8192)
def label_score(label: str, metric: Metric) -> int:
    """100 for a label that is one of the metric's own, 60 and more for a near one, else 0."""
    words = words_of(label).split()
    best = 0
    for at, phrase in enumerate(metric.rows):
        around = _around(words, phrase.split())
        if around is not None:
            best = max(best, _FULL - min(at, 20) - 3 * min(len(around), 6))
    return best


def _around(words: list[str], phrase: list[str]) -> list[str] | None:
    """The other words of a label that begins or ends like a phrase; None for another figure."""
    while words and words[0] in _HARMLESS and words[: len(phrase)] != phrase:
        words = words[1:]
    if words[: len(phrase)] != phrase:
        return None
    tail = words[len(phrase) :]
    if not tail or all(word in _HARMLESS for word in tail):
        return tail
    is_tail = tail[0] in _TAILS and len(tail) <= _MOST_OF_TAIL
    return tail if is_tail and not _NOT_IN_TAILS.intersection(tail) else None
