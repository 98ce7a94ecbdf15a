"""Puts a line's words together to text, and to tokens: figures painted in parts are one."""

import re
from collections.abc import Sequence
from itertools import pairwise

from knowledge.pdf.bidi import in_reading_order
from knowledge.pdf.characters import clean, is_clean
from knowledge.pdf.words import TextLine, Word

SPACE = 0.14
"""Of the font's size. A narrower gap holds no space unless the file paints one."""
WIDE_GAP = 1.1
RAISED_SIZE = 0.85
NEAR = 0.6
"""Blanks between words are narrower."""
SMALL_MARK = 0.75
MOSTLY = 0.8
MAX_FIGURE = 40
MAX_MARK = 8

_SIGNS = "$€£¥₹₩₽₺₪"
_CURRENCY = re.compile(rf"(?:US|CA|C|AU|A|NZ|NT|HK|S|R)?[{_SIGNS}]\(?|\(|-|\u2212")
_OPENING = frozenset(f"{_SIGNS}(-\u2212")
_BEHIND = frozenset("€₽₺")
"""Signs that many countries print behind an amount."""
_FIGURE_START = re.compile(rf"[\d(.\u2014\u2013{_SIGNS}-]")
_FIGURE = re.compile(
    rf"(?:US)?[{_SIGNS}]?[(\u2013\u2212-]*+(?:[{_SIGNS}]?[\d.,'\u2019]*+(?<=\d)|"
    rf"[{_SIGNS}][\u2014\u2013-]++|[\u2014\u2013][\u2014\u2013-]*+|(?<=-)|(?<=\u2013))"
)
_CLOSING = re.compile(r"\)?%?\)?|%?\)?|\)?x")
_CLOSING_START = frozenset(")%x")
_MARK = re.compile(r"[(\[]?(?:\d{1,2}|[a-z]|\*{1,3}|[†‡])[)\]]?(?:,[(\[]?(?:\d{1,2}|[a-z])[)\]]?)*")


def text_line(words: Sequence[Word]) -> TextLine:
    """One line's words, left to right, as text with its parts.

    The words become the line's tokens: those that are parts of another are added to it.
    """
    size = _size(words)
    # A look at the whole line spares most lines one at each of their words.
    if not is_clean("".join([word.text for word in words])):
        words = in_reading_order(words)
        for word in words:
            word.text = clean(word.text)
    _tell_raised(words, size)
    tokens: list[Word] = []
    before: Word | None = None
    right = 0.0
    for word in words:
        word.gap, right = word.left - right, word.right
        if not word.text:
            continue
        if before is not None:
            if _joins(before, word, size) and not _is_behind(tokens, word, size):
                _extend(before, word)
                continue
            blank = 2 if word.gap > WIDE_GAP * size else 1
            word.start = before.start + len(before.text) + blank
            if word.gap < 0:
                word.gap = 0.0
        tokens.append(word)
        before = word
    return _line(tokens, size)


def _tell_raised(words: Sequence[Word], size: float) -> None:
    """Marks footnote marks: small, above the base line, a number or a sign."""
    small = [word for word in words if word.size <= RAISED_SIZE * size]
    if not small:
        return
    base = max([word.bottom for word in words if word.size > RAISED_SIZE * size], default=0.0)
    behind_figure = {
        id(word)
        for before, word in pairwise(words)
        if before.text[-1:].isdigit() and abs(word.left - before.right) < SPACE * size
    }
    for word in small:
        is_above = word.bottom < base - 0.15 * size or (
            id(word) in behind_figure
            and word.size <= SMALL_MARK * size
            and word.bottom <= base
            and word.text.isdigit()
        )
        word.raised = (
            is_above and len(word.text) <= MAX_MARK and _MARK.fullmatch(word.text) is not None
        )


def _is_behind(tokens: Sequence[Word], word: Word, size: float) -> bool:
    """Whether the last token is the currency of the amount before it: "5,0 \u20ac   6,0 \u20ac"."""
    if tokens[-1].text not in _BEHIND or len(tokens) == 1:
        return False
    sign, amount = tokens[-1], tokens[-2].text
    return sign.gap < min(word.gap, NEAR * size) and amount[-1].isdigit()


def _joins(before: Word, token: Word, size: float) -> bool:
    """Whether a word goes on with the token before it."""
    if before.raised or token.raised:
        return before.raised and token.raised and token.gap < SPACE * size
    touches = not token.spaced and abs(token.gap) < SPACE * size
    ends, text = before.text[-1], token.text
    # Most words are no parts of figures, which their first and last letters tell quickly.
    if ends not in _OPENING and text[-1] not in _OPENING and text[0] not in _CLOSING_START:
        return touches
    return _join_to_a_figure(before, token, size, touches=touches)


def _join_to_a_figure(before: Word, token: Word, size: float, *, touches: bool) -> bool:
    """Whether two parts make a figure; whether they touch, where they are no such parts."""
    text, gap = token.text, token.gap
    opens = _CURRENCY.fullmatch(before.text)
    if not opens and _CURRENCY.fullmatch(text) and gap > -size:
        return touches and text == "-"
    if opens and _FIGURE_START.match(text):
        return before.text not in "(-\u2212" or gap < size
    if (
        len(before.text) < MAX_FIGURE
        and _CLOSING.fullmatch(text)
        and _FIGURE.fullmatch(before.text.rstrip("%)"))
    ):
        return gap < 2 * size
    return touches


def _extend(token: Word, more: Word) -> None:
    token.text += more.text
    token.right = max(token.right, more.right)
    token.left = min(token.left, more.left)
    token.top = min(token.top, more.top)
    token.bottom = max(token.bottom, more.bottom)


def _line(tokens: list[Word], size: float) -> TextLine:
    if not tokens:
        return TextLine("", tokens, 0.0, 0.0, 0.0, 0.0, size, bold=False)
    tokens[0].gap = 0.0
    text = _text(tokens)
    bold = sum([len(token.text) for token in tokens if token.bold])
    return TextLine(
        text,
        tokens,
        min([token.left for token in tokens]),
        min([token.top for token in tokens]),
        max([token.right for token in tokens]),
        max([token.bottom for token in tokens]),
        size,
        bold >= MOSTLY * max(1, len(text) - text.count(" ")),
    )


def _text(tokens: Sequence[Word]) -> str:
    text = " ".join([token.text for token in tokens])
    if len(text) == tokens[-1].end:
        return text
    text = ""  # there are wide blanks too
    for token in tokens:
        text += "  "[: token.start - len(text)] + token.text
    return text


def _size(words: Sequence[Word]) -> float:
    """The size in which most of a line is set."""
    sizes = dict.fromkeys([word.size for word in words], 0)
    if len(sizes) == 1:
        return words[0].size
    for word in words:
        sizes[word.size] += len(word.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)
