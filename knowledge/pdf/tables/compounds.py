"""Reads a figure that is printed in several words: `EUR 1 234,56`, `12.3 million`, `\u2013 418`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.pdf.tables.currencies import LEADS, currency_of
from knowledge.pdf.tables.figures import CREDIT, DEBIT, Figure, parse_figure
from knowledge.pdf.tables.number_styles import NumberStyle
from knowledge.pdf.words import Word

MAX_WORDS = 4
"""Behind a number: "1,234.5 million euros CR"."""
NEAR = 0.6
"""Of the font's size: blanks within a number, or between a minus and its number, are narrower."""
MAX_CURRENCY = 12
"""Letters of a currency's name."""
_GROUP = re.compile(r"\d{3}(?:[.,]\d++)?[)%\u20ac\u2013\u2212-]*+(?:\([a-z\d]\))?")
_HEAD = re.compile(r"[(+\u2010-\u2013\u2212-]*+[$\u20ac\u00a3\u20b9]?\d{1,3}")
_DASH = re.compile(r"[\u2010-\u2013\u2212-]")
_SPACED_GROUP = re.compile(r"\d{3}")
WORDS = {
    "pts": "points",
    "pt": "points",
    "points": "points",
    "bps": "basis points",
    "x": "times",
    "years": "years",
    "year": "years",
    "jahre": "years",
    "months": "months",
    "days": "days",
    "percent": "percent",
    "prozent": "percent",
    "%": "percent",
    "pence": "pence",
    "p": "pence",
    "cents": "cents",
}
"""Words that may stand behind a figure within its cell."""
SCALES = {
    "thousand": 1000, "tsd": 1000, "k": 1000, "milliers": 1000, "miles": 1000,
    "million": 10**6, "millions": 10**6, "mio": 10**6, "mn": 10**6, "m": 10**6, "millones": 10**6,
    "mill": 10**6, "billion": 10**9, "bn": 10**9, "mrd": 10**9, "milliards": 10**9,
    "lakh": 10**5, "lakhs": 10**5, "lac": 10**5, "lacs": 10**5, "crore": 10**7, "crores": 10**7,
}  # fmt: skip
STANDS_BEFORE = frozenset("$\u00a3\u00a5\u20b9")
"""Behind an amount, they are the next one's."""
CRORE_OR_CREDIT = "Cr may mean crore or credit"


@dataclass(frozen=True, slots=True)
class Compound:
    """A figure with the tokens that print it, marks left out."""

    figure: Figure
    first: int
    last: int
    """Of the tokens, from 0."""


def goes_on(before: Sequence[Word], token: Word, size: float, style: NumberStyle) -> bool:
    """Whether a token is the next group of the number, or the number behind a minus."""
    if token.raised or token.gap > NEAR * size:
        return False
    last = before[-1].text
    if len(before) == 1 and _DASH.fullmatch(last):
        # The dash of a range, "0.5% \u2013 4.1%", stands near to what is before it.
        is_apart = before[0].start == 0 or before[0].gap > NEAR * size
        return is_apart and token.text[:1].isdigit()
    if not style.has_blanks or not _GROUP.fullmatch(token.text):
        return False
    return _SPACED_GROUP.fullmatch(last) is not None or _HEAD.fullmatch(last) is not None


def compound_of(
    tokens: Sequence[Word], style: NumberStyle, is_mark: Sequence[bool]
) -> Compound | None:
    """The figure that several tokens print, if they print one and nothing else."""
    text = tokens[0].text
    if text.isalpha() and text.lower() not in LEADS:
        return None
    first, currency = _lead(tokens)
    if first >= len(tokens):
        return None
    number, last = _number(tokens, first, style)
    if number is None:
        return None
    figure = (
        number if number.unit or not currency else replace(number, unit=currency, is_year=False)
    )
    rest = [tokens[at].text for at in range(last + 1, len(tokens)) if not is_mark[at]]
    if len(rest) > MAX_WORDS:
        return None
    end = last
    for at in range(last + 1, len(tokens)):
        if is_mark[at]:
            continue
        worded = _with_word(figure, tokens[at].text)
        if worded is None:
            return None
        figure, end = worded, at
    return Compound(figure, 0 if first else first, end)


def _lead(tokens: Sequence[Word]) -> tuple[int, str | None]:
    """How many tokens before the number name its currency."""
    text = tokens[0].text
    if len(text) <= MAX_CURRENCY and not text[-1].isdigit() and (code := currency_of(text)):
        return 1, code
    return 0, None


def _number(tokens: Sequence[Word], first: int, style: NumberStyle) -> tuple[Figure | None, int]:
    last = first
    text = tokens[first].text
    if _DASH.fullmatch(text) and first + 1 < len(tokens) and tokens[first + 1].text[:1].isdigit():
        last += 1
        text = f"-{tokens[last].text}"
    if style.has_blanks and _HEAD.fullmatch(text):
        while last + 1 < len(tokens) and _GROUP.fullmatch(tokens[last + 1].text):
            last += 1
            text += tokens[last].text
    return parse_figure(text, style), last


def _with_word(figure: Figure, word: str) -> Figure | None:
    """A figure with a word behind it: its unit, scale, currency or side."""
    small = word.lower().rstrip(".")
    plain = replace(figure, is_year=False, is_nil=False, is_plain=False)
    if small in ("cr", "dr"):
        return _with_side(plain, word)
    if small in SCALES and figure.scale is None:
        return replace(plain, scale=SCALES[small])
    if small in WORDS and figure.unit is None:
        return replace(plain, unit=WORDS[small])
    stands_before = word in STANDS_BEFORE
    if figure.unit is None and not stands_before and (code := currency_of(word[:MAX_CURRENCY])):
        return replace(plain, unit=code)
    return None


def _with_side(figure: Figure, word: str) -> Figure | None:
    if word[:2] in ("Cr", "cr"):
        if figure.unit == "INR":
            return replace(figure, scale=SCALES["crore"])
        return replace(figure, side=CREDIT, doubt=CRORE_OR_CREDIT)
    if figure.side is not None:
        return None
    is_debit = word.upper().startswith(DEBIT)
    value = -figure.value if is_debit and figure.value > 0 else figure.value
    return replace(figure, value=value, side=DEBIT if is_debit else CREDIT)
