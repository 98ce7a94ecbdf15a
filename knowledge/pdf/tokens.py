"""Puts a line's words together to text, and to tokens: figures painted in parts are one."""

import re
from collections.abc import Sequence

from knowledge.pdf.bidi import in_reading_order
from knowledge.pdf.characters import clean
from knowledge.pdf.words import TextLine, Token, Word

SPACE = 0.14
"""Of the font's size. A narrower gap holds no space unless the file paints one."""
WIDE_GAP = 1.1
RAISED_SIZE = 0.85
MOSTLY = 0.8
MAX_FIGURE = 40
MAX_MARK = 8

_CURRENCY = re.compile(r"(?:US|C|A|NT|HK|R)?[$€£¥]\(?|\(|-|\u2212")
_OPENING = frozenset("$€£¥(-\u2212")
_FIGURE_START = re.compile(r"[\d(.\u2014\u2013$€£¥-]")
_FIGURE = re.compile(r"(?:US)?[$€£¥]?[(\u2212-]*[$€£¥]?(?:[\d,]*\.?\d+|[\u2014\u2013-]+)")
_CLOSING = re.compile(r"\)?%?\)?|%?\)?|\)?x")
_MARK = re.compile(r"[(\[]?(?:\d{1,2}|[a-z]|\*{1,3}|[†‡])[)\]]?(?:,[(\[]?(?:\d{1,2}|[a-z])[)\]]?)*")


def text_line(words: Sequence[Word]) -> TextLine:
    """One line's words, left to right, as text with its parts."""
    words = in_reading_order(words)
    size = _size(words)
    tokens: list[Token] = []
    right = 0.0
    for word in words:
        token = _token(word, right, size, words)
        right = word.right
        if not token.text:
            continue
        if tokens:
            before = tokens[-1]
            if _joins(before, token, size, is_spaced=word.spaced):
                _extend(before, token)
                continue
            blank = 2 if token.gap > WIDE_GAP * size else 1
            token.start = before.start + len(before.text) + blank
        tokens.append(token)
    return _line(tokens, size)


def _token(word: Word, right: float, size: float, words: Sequence[Word]) -> Token:
    """A word by itself, with the gap to the one before, which ends at `right`."""
    text = clean(word.text)
    return Token(
        text,
        0,
        word.left,
        word.top,
        word.right,
        word.bottom,
        word.left - right,
        word.bold,
        word.size <= RAISED_SIZE * size and _is_raised(word, text, size, words),
    )


def _joins(before: Token, token: Token, size: float, *, is_spaced: bool) -> bool:
    """Whether a word goes on with the token before it."""
    text, gap = token.text, token.gap
    # Words, which are no parts of figures, are the usual case, told quickly.
    if is_spaced and len(text) > 1 and text.isalpha() and before.text[-1] not in _OPENING:
        return before.raised and token.raised and gap < SPACE * size
    touches = not is_spaced and abs(gap) < SPACE * size
    if before.raised or token.raised:
        return before.raised and token.raised and gap < SPACE * size
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


def _is_raised(word: Word, text: str, size: float, words: Sequence[Word]) -> bool:
    """Whether it is a footnote mark: small, above the base line, a number or a sign."""
    if len(text) > MAX_MARK or not _MARK.fullmatch(text):
        return False
    base = max(other.bottom for other in words if other.size > RAISED_SIZE * size)
    return word.bottom < base - 0.15 * size


def _extend(token: Token, more: Token) -> None:
    token.text += more.text
    token.right = max(token.right, more.right)
    token.left = min(token.left, more.left)
    token.top = min(token.top, more.top)
    token.bottom = max(token.bottom, more.bottom)


def _line(tokens: list[Token], size: float) -> TextLine:
    parts: list[str] = []
    at = bold = 0
    for token in tokens:
        parts.append("  "[: token.start - at])
        parts.append(token.text)
        length = len(token.text)
        at = token.start + length
        bold += length if token.bold else 0
        if token.gap < 0:
            token.gap = 0.0
    text = "".join(parts)
    if tokens:
        tokens[0].gap = 0.0
    return TextLine(
        text,
        tokens,
        min((token.left for token in tokens), default=0.0),
        min((token.top for token in tokens), default=0.0),
        max((token.right for token in tokens), default=0.0),
        max((token.bottom for token in tokens), default=0.0),
        size,
        bold >= MOSTLY * max(1, len(text) - text.count(" ")),
    )


def _size(words: Sequence[Word]) -> float:
    """The size in which most of a line is set."""
    sizes: dict[float, int] = {}
    for word in words:
        sizes[word.size] = sizes.get(word.size, 0) + len(word.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)
