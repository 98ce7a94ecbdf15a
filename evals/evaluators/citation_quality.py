"""Do citations stand where they are needed, and do they hold what they are cited for?

Why two: recall asks whether each figure of the answer can be checked at a citation in its own line
(or was calculated; said twice, it needs one once), precision whether each citation is worth
opening. An answer that cites everything it was shown has recall without precision, one that cites
once at its end the reverse (Gao et al., "Enabling Large Language Models to Generate Text with
Citations", 2023).

A citation holds a line if its passage has one of the line's figures, in any scale, or, for a line
without figures, half of its longer words.

Blind spot: the figure may stand in another row of the passage; a line that sums up three passages
and repeats none of their words has no precise citation.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from evals.evaluators.citation_support import unsupported_figures
from evals.figures import Amount, figures

Digits = tuple[int, ...]
_MARKER = re.compile(r"\[\d{1,4}\]")
_LONGER_WORD = re.compile(r"[^\W\d_]{5,}")


def citation_recall(
    answer: str, cited: Mapping[int, str], results: Sequence[str], question: str = ""
) -> float | None:
    """The share of stated figures that have a source in a line they stand in; None without any.

    Args:
        answer: its text.
        cited: the passages' texts by their number in the answer.
        results: values of calculations, as decimal strings.
        question: what was asked; its figures need no source.
    """
    stated: set[Digits] = set()
    sourced: set[Digits] = set()
    for line in answer.split("\n"):
        sources = [cited[number] for number in _numbers(line) if number in cited]
        said = _MARKER.sub(" ", line)
        without = set(unsupported_figures(said, sources, results, question))
        stated |= {_digits(each) for each in figures(said)}
        sourced |= {_digits(each) for each in figures(said) if each.printed not in without}
    return len(sourced) / len(stated) if stated else None


def citation_precision(citations: Iterable[tuple[str, Sequence[str]]]) -> float | None:
    """The share of citations that hold one of the lines they stand in; None without any.

    Args:
        citations: each a passage's text and the lines of the answer that cite it.
    """
    holds = [any(_holds(text, line) for line in lines) for text, lines in citations]
    return sum(holds) / len(holds) if holds else None


def _digits(figure: Amount) -> Digits:
    """What a figure keeps in any scale."""
    return figure.magnitude.normalize().as_tuple().digits


def _holds(text: str, line: str) -> bool:
    said = _MARKER.sub(" ", line)
    stated = figures(said)
    if stated:
        return len(unsupported_figures(said, [text], [])) < len(stated)
    words = set(_LONGER_WORD.findall(said.casefold()))
    there = words & set(_LONGER_WORD.findall(text.casefold()))
    return 2 * len(there) >= len(words)


def _numbers(line: str) -> list[int]:
    return [int(marker[1:-1]) for marker in _MARKER.findall(line)]
