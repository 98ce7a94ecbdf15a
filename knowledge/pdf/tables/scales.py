"""Finds the scale, and the currency with it, that a note prints: `in Mio. EUR`, `\u00a3'000`."""

import re
from typing import NamedTuple

from knowledge.pdf.tables.currencies import CODES, CURRENCY, currency_of

_SCALES = {
    r"miles\s+de\s+millones|milliards|milliarden|milliarder|billions?|mrd\.?|bn": 10**9,
    (
        r"millions?|millionen|millones|miljoner|millioner|milh\u00f5es|milioni|mio\.?|mill\.|"
        r"mln\.?|mn"
    ): 10**6,
    r"thousands?|tausend|milliers|miles|mila|tusen|tusental|milhares|tsd\.?|thsd\.?": 1000,
    r"lakhs?|lacs?": 10**5,
    r"crores?|crs?\.": 10**7,
}
_LETTERS = {"m": 10**6, "mm": 10**6, "k": 1000, "t": 1000, "b": 10**9, "cr": 10**7, "md": 10**9}
WORD = "|".join(_SCALES)
_BY_WORD = tuple((re.compile(words, re.IGNORECASE), scale) for words, scale in _SCALES.items())
_OF = r"(?:of\s+|d['\u2019]\s?|de\s+|von\s+|av\s+|di\s+|i\s+)?"
_GLUED = rf"\u20ac|\u00a3|kr|{'|'.join(CODES)}"
_PATTERNS = (
    re.compile(
        rf"(?P<currency>{CURRENCY})\s?(?:and\s+shares\s+)?(?:,\s?)?(?:(?:in|i)\s+)?"
        rf"(?P<word>{WORD}|mm?|k|b|cr)(?![a-z'\u2019])",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![a-z])(?P<currency>{'|'.join(CODES)}|rmb)(?P<word>mm?|mn|bn|k)(?![a-z])",
        re.IGNORECASE,
    ),
    re.compile(rf"(?<![a-z])(?P<word>{WORD})\s?{_OF}(?P<currency>{CURRENCY})", re.IGNORECASE),
    re.compile(rf"(?<![a-z])(?P<word>[tkm])\s?(?P<currency>{_GLUED})(?![a-z])", re.IGNORECASE),
    re.compile(
        rf"(?P<currency>{CURRENCY})?\s?(?<![\d,.])['\u2018\u2019]?(?P<word>000)(?:['\u2019]?s)?(?![\d\w])",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?:in|en|i)\s+(?:\w{{1,20}}\s+)?(?P<word>{WORD})(?![a-z])", re.IGNORECASE),
    re.compile(rf"\(\s{{0,4}}(?:\$\s?)?(?P<word>{WORD})(?![a-z])", re.IGNORECASE),
    re.compile(r"(?P<word>thousands?|millions?|billions?)\s+of\s+(?:shares|units)", re.IGNORECASE),
)
_HINT = re.compile(
    r"000|[mk\u20ac]|tsd|thousand|tausend|billion|mrd|lakh|lac|cr|bn|tusen|teur|t\s?\u20ac|\bt[a-z]{3}\b",
    re.IGNORECASE,
)


class Scaled(NamedTuple):
    """A scale that a text prints, and where."""

    start: int
    scale: int
    currency: str | None


def scales_in(text: str) -> list[Scaled]:
    """Every scale that a text names, in its order; of those that overlap, the fullest."""
    if not _HINT.search(text):
        return []
    found: list[tuple[int, int, Scaled]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end, _ in found):
                found.append((match.start(), match.end(), _scaled(match)))
    return [scaled for _, _, scaled in sorted(found)]


def _scaled(match: re.Match[str]) -> Scaled:
    printed = match.groupdict().get("currency")
    return Scaled(match.start(), scale_of(match["word"]), currency_of(printed) if printed else None)


def scale_of(word: str) -> int:
    """What a word that `WORD` matches, or a letter, multiplies by."""
    small = word.lower()
    if small in _LETTERS:
        return _LETTERS[small]
    return next((scale for words, scale in _BY_WORD if words.fullmatch(word)), 1000)
