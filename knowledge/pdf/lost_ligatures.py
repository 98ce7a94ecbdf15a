"""Restores ligatures for which a font tells no letters: "pro?t" can only be "profit".

Fonts of some converters map the glyph of "fi" to nothing. A word is completed where exactly one
ligature makes a known one of it; else the gap stays, in sight.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import product

UNKNOWN = "\ufffd"
LIGATURES = ("ff", "fi", "fl", "ffi", "ffl")
MAX_GAPS = 2
"""Unknown glyphs in one word."""
MAX_LENGTH = 40

_WORD = re.compile(rf"[A-Za-z{UNKNOWN}]++")
_PREFIX = (
    "anti|bene|co|counter|cross|de|dis|ever|hard|in|inter|mis|multi|non|off|on|out|over|photo|pre|"
    "pro|re|retro|self|semi|sub|super|trans|un|under"
)
_STEM = (
    r"affair|affect|affidavit|affiliat|affinit|affirm|affluen|afford|artifici|baffl|"
    r"benefi[ct]|briefl|buffer|coeffici|coffee|confid|configur|confin|confirm|conflict|cutoff|"
    r"defi[cn]|deflat|deflect|differ|difficult|diffus|effect|effici|effluen|effort|fiber|"
    r"fibre|fiction|fidel|fiduciar|field|fierce|fift|fight|figur|"
    r"fil(?:e|ed|es|ing|ings|l|led|ling|m|ter)|final|financ|find|fine|finger|finish|finite|"
    r"fire|firm|first|fiscal|fish|fit|five|fix|flag|flash|flat|flavou?r|flaw|fleet|flex|"
    r"flight|float|flood|floor|flour|flow|fluctuat|fluid|fluor|fly|fulfil|infinit|inflat|"
    r"inflict|inflow|influen|layoff|liquefi|offens|offer|offic|offline|offset|offshore|off\b|"
    r"payoff|proffer|profici|profil|profit|prolific|putrefi|refin|reflect|reflex|sacrific|"
    r"satisfi|scaffold|scientific|sheriff|shuffl|spinoff|staff|stiff|stifl|stuff|suffer|"
    r"suffic|suffix|superfici|tariff|traffic|waffl|writeoff|"
    r"(?:acid|ampl|cert|clar|class|cod|divers|electr|exempl|fals|fort|glor|grat|ident|intens|"
    r"just|magn|mod|mort|not|null|pac|person|prol|qual|quant|ram|rat|rect|sign|simpl|spec|terr|"
    r"test|typ|un|ver)ifi"
)
_KNOWN = re.compile(rf"(?:{_PREFIX})?(?:{_STEM})")


def restored(text: str) -> str:
    """A word with those of its ligatures that are beyond doubt."""
    if UNKNOWN not in text or len(text) > MAX_LENGTH:
        return text
    return _WORD.sub(lambda found: _restored(found[0]), text)


def _restored(word: str) -> str:
    parts = word.split(UNKNOWN)
    if not 1 < len(parts) <= MAX_GAPS + 1:
        return word
    known = list(_completed(parts))
    return known[0] if len(known) == 1 else word


def _completed(parts: Sequence[str]) -> Iterator[str]:
    for ligatures in product(LIGATURES, repeat=len(parts) - 1):
        word = parts[0] + "".join(map("".join, zip(ligatures, parts[1:], strict=True)))
        if found := _KNOWN.match(word.lower()):
            # The part that is known has to hold the ligatures.
            last = len(word) - len(parts[-1])
            if found.end() >= last:
                yield word
