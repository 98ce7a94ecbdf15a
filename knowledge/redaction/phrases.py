"""Finds many known texts at once."""

from collections.abc import Iterable, Iterator
from typing import Any

_END = ""
"""A key that is no character: a text ends here."""


class Phrases:
    """Known texts, found wherever they are written, whatever blanks stand within.

    What a search takes grows with the text that is searched, not with the number of phrases, as an
    alternation of them all would.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._root: dict[str, Any] = {}
        for text in texts:
            node = self._root
            for character in "".join(text.split()):
                node = node.setdefault(character, {})
            node[_END] = {}

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end of each, from left to right; of two that begin together, the longer."""
        at = 0
        while at < len(text):
            end = self._end(text, at)
            if end is None:
                at += 1
            else:
                yield at, end
                at = end

    def _end(self, text: str, start: int) -> int | None:
        node, end = self._root, None
        for at in range(start, len(text)):
            if text[at].isspace():
                if at == start:
                    return None
                continue
            if text[at] not in node:
                break
            node = node[text[at]]
            if _END in node:
                end = at + 1
        return end
