"""Learns from a document's own figures whether a comma or a point parts decimals."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from knowledge.pdf.tables.languages import is_english

POINT, COMMA = ".", ","
ENOUGH = 3.0
"""Weight of evidence from which figures decide."""
CLEARLY = 4.0
"""How many times the evidence for one format must outweigh that for the other."""
MIN_CONTRARY = 3
MIN_BLANKS = 3
"""Numbers grouped by blanks, from which on a blank may group."""


class NumberStyle(NamedTuple):
    """How figures are printed."""

    decimal: str = POINT
    """What parts decimals: a point or a comma."""
    is_sure: bool = True
    """Whether unambiguous figures say so, rather than the language of the text."""
    has_blanks: bool = False
    """Whether blanks group thousands: `1 234,56`."""


US_STYLE = NumberStyle()

_EVIDENCE = re.compile(
    # The first digit stands first, since the engine looks for a set of characters fast.
    r"\d(?<![\d.,/'\u2019-]\d)(?:"
    r"(?P<comma>\d{0,2}(?:\.\d{3})++,\d|\d{0,2}(?:\.\d{3}){2,}+(?![\d.,]))|"
    r"(?P<point>\d{0,2}(?:,\d{2,3})++\.\d|\d{0,2}(?:['\u2019]\d{3})++\.\d|"
    r"\d{0,2}(?:,\d{3}){2,}+(?![\d.,]))|"
    r"(?P<some_comma>\d{2,8},\d{1,2}+(?![\d.,])|\d?,\d{1,2}\s?%)|"
    r"(?P<some_point>\d{2,8}\.\d{1,2}+(?![\d.,])|\d?\.\d{1,2}\s?%)|"
    r"(?P<hint_comma>\d?,\d{1,2}+(?![\d.,]))|(?P<hint_point>\d?\.\d{1,2}+(?![\d.,])))"
)
_WEIGHTS = {"point": 3.0, "some_point": 1.0, "hint_point": 0.25}
_WEIGHTS |= {name.replace("point", "comma"): weight for name, weight in _WEIGHTS.items()}
"""A short number may be a section's, "2.3", or a list of notes, "5,6"."""
_BLANKS = re.compile(r"\d(?<![\d.,]\d)\d{0,2}(?:[ \u00a0\u2009\u202f]\d{3})++(?!\d)")
_COMMAS = re.compile(r"\d(?:\.\d{3},\d|,\d{1,2}(?![\d.,]))")
_POINTS = re.compile(r"\d(?:,\d{3}\.\d|\.\d{1,2}(?![\d.,]))")
_GROUPS = re.compile(r"\d[.,'\u2019]\d{3}(?!\d)")


@dataclass
class NumberEvidence:
    """What the figures of some pages say."""

    decimals: Counter[str] = field(default_factory=Counter)
    blanks: int = 0
    groups: int = 0
    english: int = 0
    """Pages in English, less those in another language."""

    def add(self, other: "NumberEvidence") -> None:
        self.decimals.update(other.decimals)
        self.blanks += other.blanks
        self.groups += other.groups
        self.english += other.english

    def decimal(self) -> str | None:
        """The mark of decimals, if unambiguous figures agree on it."""
        point = sum(_WEIGHTS[name] * self.decimals[name] for name in _WEIGHTS if "point" in name)
        comma = sum(_WEIGHTS[name] * self.decimals[name] for name in _WEIGHTS) - point
        if max(point, comma) < ENOUGH or max(point, comma) < CLEARLY * min(point, comma):
            return None
        return POINT if point > comma else COMMA

    def has_blanks(self) -> bool | None:
        """Whether blanks group thousands; None without a number that is grouped."""
        if self.blanks + self.groups < MIN_BLANKS:
            return None
        return self.blanks > 2 * self.groups


POINT_NAME = "point"


def evidence_of(text: str) -> NumberEvidence:
    """What one page says about its number format."""
    found = NumberEvidence(Counter([match.lastgroup or "" for match in _EVIDENCE.finditer(text)]))
    found.blanks = sum(1 for _ in _BLANKS.finditer(text))
    if found.blanks:
        found.groups = sum(1 for _ in _GROUPS.finditer(text))
    english = is_english(text)
    found.english = 0 if english is None else 1 if english else -1
    return found


def may_differ(text: str, style: NumberStyle) -> bool:
    """Whether a page may print figures otherwise than its document clearly does."""
    contrary = _COMMAS if style.decimal == POINT else _POINTS
    return len(contrary.findall(text)) >= MIN_CONTRARY or (
        not style.has_blanks and len(_BLANKS.findall(text)) >= MIN_CONTRARY
    )


def style_of(page: NumberEvidence, document: NumberEvidence) -> NumberStyle:
    """The format of a page's figures: its own if they are clear, else the document's."""
    decimal = page.decimal() or document.decimal()
    own = page.has_blanks()
    blanks = own if own is not None else bool(document.has_blanks())
    if decimal is not None:
        return NumberStyle(decimal, has_blanks=blanks)
    english = page.english or document.english
    return NumberStyle(COMMA if english < 0 else POINT, is_sure=False, has_blanks=blanks)
