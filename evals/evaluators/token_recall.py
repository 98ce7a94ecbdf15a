"""How much of the evidence do the best passages hold?

Why by tokens: pages are coarse. A page may be found by a passage that ends just above the row that
was asked for; this counts the words and figures of the annotated evidence that a model is really
shown (as in Chroma's "Evaluating Chunking Strategies for Retrieval", 2024, on tokens instead of
characters).

Blind spot: frequent words are found anywhere, so the score is never near 0; and evidence that
stands elsewhere in other words counts as missing.
"""

import re
from collections.abc import Iterable

_TOKEN = re.compile(r"\w+(?:[.,]\d+)*")


def token_recall(evidence: Iterable[str], passages: Iterable[str]) -> float | None:
    """The share of distinct tokens of the evidence in the passages; None without evidence."""
    wanted = _tokens(evidence)
    return len(wanted & _tokens(passages)) / len(wanted) if wanted else None


def _tokens(texts: Iterable[str]) -> set[str]:
    return {token.casefold() for text in texts for token in _TOKEN.findall(text)}
