"""The words of labels, headers and questions, in a form in which they can be compared."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from knowledge.query.stems import stem

MAX_CHARACTERS = 600
_BRACKETED = re.compile(r"\([^()]{0,80}\)")
_WORD = re.compile(r"(?<![a-z0-9&%])(?:[a-z0-9&][a-z0-9&-]*|%)")
_PLAIN = {
    "\u2019": "'",
    "\u2013": "-",
    "\u2014": " ",
    "\u00df": "ss",
    "\u0153": "oe",
    "\u00e6": "ae",
}
_ORDINAL = re.compile(r"[\d-]+(?:st|nd|rd|th|er)?")
_APOSTROPHE = re.compile(r"'s\b|'|\bl'|\bd'")
_TO_PLAIN = str.maketrans(_PLAIN)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


_COUNTRIES = (
    (re.compile(r"\bUS\$"), "usd "),
    (
        re.compile(
            r"\bUnited\s+States(?:\s+of\s+America)?\b|\bU\.S\.A?\.?(?!\s*+(?:\$|dollar|GAAP))|"
            r"\bUSA?\b(?!\s*+(?:\$|dollar|GAAP|cents))"
        ),
        "unitedstates",
    ),
    (re.compile(r"\bUnited\s+Kingdom\b|\bU\.K\.|\bUK\b"), "unitedkingdom"),
)
"""Names of which a part would be taken for another word: "us", "unit", "state"."""


@lru_cache(maxsize=16384)
def plain(text: str) -> str:
    """Lower case, in the letters a to z: `Umsatzerlöse` -> `umsatzerloese`."""
    text = text[:MAX_CHARACTERS]
    for pattern, name in _COUNTRIES:
        text = pattern.sub(name, text)
    lowered = text.lower().translate(_TO_PLAIN).translate(_UMLAUTS)
    return unicodedata.normalize("NFKD", lowered).encode("ascii", "ignore").decode()


@lru_cache(maxsize=16384)
def words_of(text: str) -> tuple[str, ...]:
    """Words without brackets and marks: `Net sales (Note 2):` -> `("net", "sales")`."""
    unbracketed = _BRACKETED.sub(" ", text[:MAX_CHARACTERS])
    bare = _APOSTROPHE.sub("", plain(unbracketed))
    return tuple(word for found in _WORD.findall(bare) if (word := found.strip("-&")))


@lru_cache(maxsize=16384)
def stems_in(text: str) -> frozenset[str]:
    """The stems of a text's words, stop words and figures left out."""
    return frozenset(
        stem(word)
        for word in words_of(text)
        if word not in STOP_WORDS and not _ORDINAL.fullmatch(word)
    )


def stems_of_all(texts: Iterable[str]) -> frozenset[str]:
    return frozenset[str]().union(*map(stems_in, texts))


_STOP = (
    # English
    "a an and any are as at be been being by can could did do does for from had has have how "
    "i if in "
    "into is it its me much many of on or our per so that the their there these they this those to "
    "was we were what when where which who will with would you your s "
    # German
    "der die das den dem des ein eine einer und oder war waren ist sind wie hoch viel was welche "
    "welcher welches im in am an auf aus bei fuer mit nach von vom zum zur "
    # French
    "le la les un une des du de et ou est etait sont quel quelle quels quelles combien au aux en "
    "pour par sur dans qu est-ce "
    # Spanish
    "el los las una del y o es fue era son cual cuanto cuanta cuales que al con por para su"
)
STOP_WORDS = frozenset(_STOP.split())
"""Words that name nothing, in the languages that questions come in."""

_MONTHS = (
    "january february march april june july august september october november december jan feb mar "
    "apr jun jul aug sep sept oct nov dec januar februar maerz mai juni juli oktober dezember "
    "janvier "
    "fevrier mars avril juin juillet aout septembre octobre novembre decembre enero febrero "
    "marzo abril "
    "mayo junio julio agosto septiembre octubre noviembre diciembre"
)
_MONTH_WORDS = frozenset(_MONTHS.split())


def is_date_word(word: str) -> bool:
    """Whether a word is a part of a date: `31`, `mar`, `2024`."""
    return word.isdigit() or word in _MONTH_WORDS


_ADJUSTED = re.compile(
    r"\badjusted\b|\bunderlying\b|\bpro[ -]forma\b|\bnon-?gaap\b|\bnormali[sz]ed\b|\borganic\b|"
    r"\bcomparable\b|\bbereinigt|\bajust\xe9|\bajustad",
    re.IGNORECASE,
)


def is_adjusted(text: str) -> bool:
    """Whether a figure is said to be adjusted, underlying, pro forma or the like."""
    return _ADJUSTED.search(text) is not None
