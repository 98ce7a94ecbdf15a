"""Right-to-left text from the order in which it is seen to the order in which it is read."""

import re
from collections.abc import Sequence

from knowledge.pdf.words import Word

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_LETTER = re.compile(r"[^\W\d_]")


def in_reading_order(words: Sequence[Word]) -> Sequence[Word]:
    """Words from left to right, as they are read: backwards where the line runs that way.

    pdfium hands over the letters of a word in logical order already. Figures keep their own.
    """
    text = "".join([word.text for word in words])
    if text.isascii() or not _RIGHT_TO_LEFT.search(text):
        return words
    runs: list[list[Word]] = []
    directions: list[bool] = []
    for word in words:
        leftward = bool(_RIGHT_TO_LEFT.search(word.text)) or (
            bool(directions) and directions[-1] and not _LETTER.search(word.text)
        )
        if directions and directions[-1] == leftward:
            runs[-1].append(word)
        else:
            runs.append([word])
            directions.append(leftward)
    runs = [run[::-1] if leftward else run for run, leftward in zip(runs, directions, strict=True)]
    if sum(directions) * 2 >= len(directions):
        runs.reverse()
    return [word for run in runs for word in run]
