"""Recognizes headings by what they say and how they are set."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from knowledge.pdf.layout import PageLayout
from knowledge.pdf.words import TextLine

MAX_CHARACTERS = 160
MAX_SUB_WORDS = 16
MAX_TITLE_WORDS, MIN_CAPTION_WORDS = 8, 6
SMALL_WORD = 4
"""Letters: shorter ones, such as "and", go without a capital."""
LARGER = 1.15
"""Times the text's size."""
MUCH_BOLD = 0.4
"""Share of a page's lines beyond which bold doesn't set headings apart."""
ITEMS_OF_CONTENTS = 3
MANY_ITEMS = 8


class Level(IntEnum):
    """How far out a heading stands."""

    PART = 0
    ITEM = 1
    NOTE = 2
    """A note, or a statement."""
    SUB = 3
    """Bold or larger than the text."""


@dataclass(frozen=True)
class Heading:
    """One or more lines of a page."""

    level: Level
    text: str
    start: int
    end: int
    number: str = ""
    """Of an item or a note."""
    rank: tuple[float, bool] = (0.0, False)
    """How it is set, larger and capitals first."""


_DASH = r"[-\u2013\u2014:.]"
PART = re.compile(
    rf"PART\s+(?P<number>I{{1,3}}V?|IV)\b\s*{_DASH}*\s*(?P<title>[A-Z].{{0,60}})?", re.IGNORECASE
)
ITEM = re.compile(
    rf"(?:PART\s+I+V?\s*+[,/.:\u2013\u2014-]*+\s*+)?ITEMS?\s+(?P<number>\d{{1,2}}(?:\.\d\d)?\s?[A-C]?)"
    rf"(?P<mark>\s*{_DASH}+)?\s*(?P<title>[A-Z\u201c\"(\[].*)?",
    re.IGNORECASE,
)
NOTE = re.compile(
    rf"NOTE\s+(?P<number>\d{{1,2}}[A-Z]?)(?P<mark>\s*{_DASH}+)?\s*(?P<title>[A-Z\u201c\"(].*)?",
    re.IGNORECASE,
)
NUMBERED = re.compile(
    r"\(?(?P<number>\d{1,2})(?:[.)]|\s*[-\u2013\u2014])\s+(?P<title>[A-Z][^.]{2,100})\.?"
)
NOTES_TITLE = re.compile(
    r"(?:condensed\s+)?notes\s+to\s+(?:the\s+)?(?:unaudited\s+)?(?:condensed\s+)?(?:consolidated\s+)?"
    r"(?:condensed\s+)?(?:interim\s+)?financial\s+statements\b",
    re.IGNORECASE,
)
_STARTS = frozenset("PpIiNn")
_CONTINUED = re.compile(
    r"(?:(?<!\s)\s++[-\u2013\u2014(]*+\s*+|(?<![-\u2013\u2014(\s])[-\u2013\u2014(]++\s*+)?"
    r"\bcont(?:inued|['\u2019]d|\.)\)?\s*+$",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(r"(?:\s|\.)(?:[A-Z]-)?\d{1,3}$")
_CONTENTS = re.compile(r"\btable\s+of\s+contents\b|^index\b", re.IGNORECASE)
_REFERENCE = re.compile(
    r"\b(?:of|in|to|under|see|and)\s+(?:this|our|the|part|item|note)\b", re.IGNORECASE
)
_POINTER = re.compile(r"(?:see|refer|the)\b.*\b(?:accompanying|notes)\b", re.IGNORECASE)
_NO_START = frozenset("(*\u2022\u25aa\u2610\u2611\u2612\ufffd")
_LEADERS = "...."
_WORD = re.compile(r"\w")


def is_named(text: str) -> bool:
    """Whether a line begins like an item or a note."""
    return text[:1] in _STARTS and bool(ITEM.match(text) or NOTE.match(text))


def is_contents(page: PageLayout) -> bool:
    """Whether a page lists the filing's parts rather than being one of them."""
    entries = [line.text for line in page.lines if is_named(line.text)]
    paged = sum(_PAGE_NUMBER.search(text) is not None for text in entries)
    titled = any(_CONTENTS.search(line.text) for line in page.lines[:4])
    return paged >= ITEMS_OF_CONTENTS or len(entries) >= (
        ITEMS_OF_CONTENTS if titled else MANY_ITEMS
    )


def is_entry(line: TextLine) -> bool:
    """Whether a page number stands behind a line of a list of contents."""
    return _PAGE_NUMBER.search(line.text) is not None


@dataclass(frozen=True)
class TextStyle:
    """What a page's text looks like, so that headings stand out."""

    size: float
    is_bold_rare: bool
    left: float
    """Where lines begin."""
    right: float
    """Where full lines end."""


def text_style(lines: Sequence[TextLine]) -> TextStyle:
    """Of a page, by what most of its characters are set in."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    bold = sum(line.bold for line in lines)
    return TextStyle(
        sizes.most_common(1)[0][0] if sizes else 0.0,
        bold <= MUCH_BOLD * len(lines),
        min((line.left for line in lines), default=0.0),
        max((line.right for line in lines), default=0.0),
    )


def plain(text: str) -> str:
    """A heading without "(continued)", its blanks single."""
    return _CONTINUED.sub("", " ".join(text.split())).strip(" \u2014\u2013-")


def stands_out(line: TextLine, style: TextStyle) -> bool:
    """Whether a line is bold or larger where most of the text is not."""
    return (line.bold and style.is_bold_rare) or line.size > LARGER * style.size


def may_head(line: TextLine) -> bool:
    """Whether a line's words could be a heading at all."""
    text = line.text
    return (
        len(text) <= MAX_CHARACTERS
        and text[:1] not in _NO_START
        and not text.endswith((",", ";"))
        and _LEADERS not in text
        and _WORD.search(text) is not None
    )


def is_reference(text: str) -> bool:
    """Whether a line only mentions an item or a note: "Item 7 of this report."."""
    return text.endswith((".", ",", ";")) and _REFERENCE.search(text) is not None


def is_sub_heading(line: TextLine, style: TextStyle) -> bool:
    """A short line that stands out and isn't a sentence or a row."""
    text = line.text
    return (
        stands_out(line, style)
        and len(line.tokens) <= MAX_SUB_WORDS
        and (text[:1].isupper() or text[:1].isdigit())
        and sum(map(str.isalpha, text)) > len(text) // 2
        and "  " not in text
        and not _POINTER.match(text)
    )


def is_title(line: TextLine) -> bool:
    """A few words, all but the small ones with a capital."""
    words = line.text.split()
    return len(words) <= MAX_TITLE_WORDS and all(
        word.isalpha() and (word[0].isupper() or len(word) < SMALL_WORD) for word in words
    )


def is_caption(line: TextLine) -> bool:
    """A sentence that leads to a table: many words, most in small letters, no columns."""
    words = line.text.split()
    small = sum(word.islower() for word in words)
    return len(words) >= MIN_CAPTION_WORDS and small > len(words) // 2 and "  " not in line.text


def rank(line: TextLine) -> tuple[float, bool]:
    """How a sub-heading is set: what is larger, or in capitals, stands further out."""
    return -round(line.size), not line.text.isupper()
