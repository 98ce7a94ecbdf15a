"""Does the answer say what a right answer says, and nothing that makes it wrong?

Why atomic: "Which lawsuits are there, and what is accrued?" has several things to get right, and a
single verdict hides which of them is missing. Each fact counts for itself, and a single
contradiction makes the answer worthless, as it does to a reader (after FActScore, Min et al. 2023,
with facts of the gold answer instead of the answer's).

Facts are found without a model: a figure by its value, scale and unit (`evals.figures`), words by
themselves, whatever their case and punctuation. A quoted row states nothing. A contradiction in a
line that states a fact too ("$31 million, previously reported as $38 million") contradicts nothing.

Blind spot: words for the same thing that nobody listed count as missing; a fact beside the wrong
label counts. `evals.judging` asks a model instead, where there is one.
"""

import re
from collections.abc import Iterable

from evals.evaluators.figure_correct import gold_figures, missing_figures
from evals.examples import KeyFact

_NOT_WORDS = re.compile(r"[\W_]+")
_QUOTATION = re.compile(r'"[^"\n]*"')


def key_facts(
    answer: str, facts: Iterable[KeyFact], contradictions: Iterable[str] = ()
) -> float | None:
    """The share of facts that are stated, 0 with a contradiction, None if no fact is known."""
    known = list(facts)
    if not known:
        return None
    if contradicted(answer, known, contradictions):
        return 0.0
    return 1 - len(missing_facts(answer, known)) / len(known)


def missing_facts(answer: str, facts: Iterable[KeyFact]) -> list[str]:
    """The facts that the answer doesn't state."""
    return [each.fact for each in facts if not any(_says(answer, way) for way in each.any_of)]


def contradicted(answer: str, facts: Iterable[KeyFact], contradictions: Iterable[str]) -> list[str]:
    """The contradictions in lines that state no fact."""
    ways = [way for fact in facts for way in fact.any_of]
    lines = [_QUOTATION.sub(" ", line) for line in answer.split("\n")]
    wrong = [line for line in lines if not any(_says(line, way) for way in ways)]
    return [each for each in contradictions if any(_says(line, each) for line in wrong)]


def _says(text: str, way: str) -> bool:
    """A way's figures are compared by value, and its other words have to be there too."""
    stated = gold_figures(way)
    for each in stated:
        way = way.replace(each.printed, " ")
    has_figures = all(not missing_figures(each.printed, text) for each in stated)
    return has_figures and f" {_words(way)} ".replace("  ", " ") in f" {_words(text)} "


def _words(text: str) -> str:
    return _NOT_WORDS.sub(" ", text.casefold()).strip()
