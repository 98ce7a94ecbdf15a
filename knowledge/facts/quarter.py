"""Finds the quarter that a document reports on."""

import re
from collections import Counter

from knowledge.facts.found import TITLE_CHARACTERS, Found

_ORDINALS = {
    name: at
    for at, names in enumerate(("first 1st", "second 2nd", "third 3rd", "fourth 4th"), start=1)
    for name in names.split()
}
QUARTER = re.compile(
    r"\b(?:(?P<word>first|second|third|fourth|1st|2nd|3rd|4th)[\s-]+(?:fiscal\s+)?quarter|q(?P<q>[1-4])\b|"
    r"(?P<q2>[1-4])\.\s?quartal|(?P<half>half[\s-]year|first\s+half|six[\s-]months?\s+(?:ended|to)|halbjahr))"
    r"(?:(?:\s+of)?(?:\s+fiscal)?(?:\s+year)?\s+(?P<year>(?:19|20)\d\d))?",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"\b(?P<span>six|nine|twenty-six|thirty-nine|26|39|24|36|40)\s+(?:months|weeks)\s+ended\b",
    re.IGNORECASE,
)
_QUARTERS = dict.fromkeys(("six", "twenty-six", "26", "24"), 2)
_QUARTERS |= dict.fromkeys(("nine", "thirty-nine", "39", "36", "40"), 3)
_NAME_QUARTER = re.compile(r"(?<![a-z])q([1-4])(?!\d)", re.IGNORECASE)


def find_quarter(name: str, text: str, *, is_form: bool) -> Found[int] | None:
    """The quarter of an interim report; a half-year's is the second.

    Args:
        name: the file's, the last resort.
        text: of the first pages.
        is_form: whether it is a 10-Q: one without a longer span is of the first quarter.
    """
    for found in QUARTER.finditer(text[:TITLE_CHARACTERS]):
        if found["half"] and is_form:
            continue
        return Found(_quarter(found), found.span())
    spans = [(_QUARTERS[found["span"].lower()], found.span()) for found in _SPAN.finditer(text)]
    if spans:
        quarter, place = max(spans, key=lambda each: each[0])
        return Found(quarter, place)
    words = [found for found in QUARTER.finditer(text) if not found["half"]]
    if words and not is_form:
        common = Counter(map(_quarter, words)).most_common(1)[0][0]
        return next(Found(common, found.span()) for found in words if _quarter(found) == common)
    named = _NAME_QUARTER.search(name)
    if named:
        return Found(int(named[1]), None)
    three = re.search(r"\bthree\s+months\s+ended\b", text, re.IGNORECASE)
    return Found(1, three.span()) if is_form and three else None


def _quarter(found: re.Match[str]) -> int:
    if found["half"]:
        return 2
    digit = found["q"] or found["q2"]
    return int(digit) if digit else _ORDINALS[found["word"].lower()]
