"""Sentences of a passage, rejoined over its lines, each with the heading that it stands under."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from graphs.models.extractive.passages import Passage, collapse

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[A-Z“\"•(])|\s(?=•)|(?<=\])\s+(?=[A-Z][a-z]+ [a-z])")
"""A box to tick ends what stands before it: `Yes [X] No [ ] The registrant had ...`."""
_ABBREVIATED = re.compile(r"\b(?:Inc|Corp|Co|Ltd|No|vs?|U\.S|Mr|Ms|Dr|St|[A-Z])\.$")
_BOILERPLATE = re.compile(
    r"^(?:see (?:accompanying )?notes|the accompanying notes|table of contents|refer to|"
    r"for (?:additional|further) information|indicate by check mark)|forward-looking statements|"
    r"check mark|preceding 12 months|see (?:the )?accompanying notes",
    re.IGNORECASE,
)
_LEAST_WORDS, _MOST_WORDS_OF_HEADING = 5, 14
_SHORT_LINE = 60
_FIGURE = re.compile(r"[($\u20ac\u00a3-]{0,3}\d[\d.,]{0,30}[)%]{0,3}|[\u2013\u2014-]")
_LETTER = re.compile(r"[a-z]")


@dataclass(frozen=True)
class Sentence:
    """`text` stands in the passage word for word, whitespace apart."""

    text: str
    heading: str
    paragraph: int
    """Sentences of one paragraph share its number."""


@lru_cache(maxsize=512)
def sentences_of(passage: Passage) -> tuple[Sentence, ...]:
    """Without headings, table rows and boilerplate."""
    found: list[Sentence] = []
    for number, (heading, paragraph) in enumerate(_paragraphs(passage.text)):
        whole = filter(_is_sentence, _split(paragraph))
        found += [Sentence(text, heading, number) for text in whole]
    return tuple(found)


def _split(paragraph: str) -> Iterator[str]:
    """`Acme Inc. Reports` is no end of a sentence."""
    part = ""
    for piece in _SENTENCE_END.split(paragraph):
        part = f"{part} {piece}".strip() if part else piece
        if not _ABBREVIATED.search(part[-8:]):
            yield part.lstrip("•").strip()
            part = ""
    if part:
        yield part.lstrip("•").strip()


def _is_sentence(text: str) -> bool:
    words = text.split(" ")
    figures = sum(_FIGURE.fullmatch(word) is not None for word in words)
    if len(words) < _LEAST_WORDS or figures * 3 >= len(words) or not _LETTER.search(text):
        return False
    if text[:1].islower():  # the end of a sentence that another passage holds
        return False
    return text[-1:] in '.!?;”"' and not _BOILERPLATE.search(text)


def _paragraphs(text: str) -> Iterator[tuple[str, str]]:
    """Runs of prose lines under their headings; tables, blank lines and headings part them."""
    heading, lines = "", list[str]()
    for raw in text.split("\n"):
        line = collapse(raw)
        kind = _kind_of(line, lines)
        if kind != "prose" and lines:
            yield heading, " ".join(lines)
            lines = []
        if kind == "heading":
            heading = line
        elif kind == "prose":
            lines.append(line)
    if lines:
        yield heading, " ".join(lines)


def _kind_of(line: str, before: list[str]) -> str:
    """heading, table or prose."""
    words = line.split(" ") if line else []
    figures = sum(_FIGURE.fullmatch(word) is not None for word in words)
    if not words or (figures and figures * 3 >= len(words)):
        return "table"
    goes_on = bool(before) and before[-1][-1:] not in ".!?:"
    if goes_on and len(before[-1]) >= _SHORT_LINE:
        return "prose"
    short = len(words) <= _MOST_WORDS_OF_HEADING and len(line) < _SHORT_LINE
    titled = line[:1].isupper() or line[:1].isdigit()
    return "heading" if short and titled and line[-1:] not in ".!?;,:•" else "prose"
