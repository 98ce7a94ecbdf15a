"""Mends words that are almost a word of the glossary: `reveune` is `revenue`."""

import re
from difflib import get_close_matches

from knowledge.figures.glossary import VOCABULARY
from knowledge.figures.item import is_telling

LEAST_LETTERS = 5
LIKENESS = 0.84
MAX_WORDS = 40
_WORD = re.compile(r"\b[a-z]{5,30}\b")
"""In lower case: a word with a capital is a name, however it is spelled."""


def without_typos(text: str) -> str:
    """A text whose misspelled words of finance are mended; at most its first 40 words."""
    return _WORD.sub(lambda found: _mended(found[0]), text, count=MAX_WORDS)


def _mended(word: str) -> str:
    if word in VOCABULARY or not is_telling(word):
        return word
    return next(iter(get_close_matches(word, VOCABULARY, n=1, cutoff=LIKENESS)), word)
