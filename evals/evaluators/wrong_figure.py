"""Is a figure stated as the answer that isn't the right one?

Why beside `figure_correct`: an answer without the gold figure may have refused, or may have stated
another one, and only the second does harm. Lower is better.

A figure is wrong if it isn't the gold one or one of a key fact, in any scale and rounding, or if
it is in another currency. Beside the right one, the figures of its line, of the evidence, of the
calculation and of the question are context. Without it they aren't: the level is no answer to a
question about growth, nor is another year's figure of the same row. What is quoted, listed as an
input, or offered after the statement that nothing answers is not stated (`evals.stated`). Where no
page answers, every figure is wrong that the question doesn't name.

Blind spot: a company or a year beside the right number may be wrong; small whole
numbers in prose ("14 plants") count only where the gold is one; golds in prose, which tell figures
by the way, let every figure of the evidence pass; without any figure in the gold nothing is scored.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from evals.evaluators.citation_support import is_source, without_source
from evals.evaluators.figure_correct import gold_figures, same_figure
from evals.examples import Example
from evals.figures import SCALES, Amount, amounts
from evals.stated import stated_figures, statements, without_places

PROSE = 14
"""Words of a gold that is more than a figure with its label."""
CLOSE = Decimal("0.05")
"""Of the gold, that a rounded figure may be off."""
_SCALE = re.compile(
    r"\b(?:thousand|million|milli[oa]r|billion|crore|lakh|mio|mrd|tsd|bn|mn)", re.IGNORECASE
)
_FALLING = re.compile(
    r"\b(?:loss|losses|decline|decrease|decreased|fall|fell|drop|dropped|outflow|used|deficit)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Expected:
    """What an answer may state."""

    question: str
    """Without its periods."""
    golds: tuple[Amount, ...]
    context: tuple[str, ...]
    """Texts whose figures may stand beside the right one."""
    is_answerable: bool
    is_prose: bool

    @classmethod
    def of(cls, example: Example) -> "Expected":
        names_scale = _SCALE.search(example.question) is not None
        ways = [way for fact in example.key_facts for way in fact.any_of]
        golds = [each for text in (example.answer, *ways) for each in gold_figures(text)]
        printed = [each for text in example.evidence_texts for each in amounts(text)]
        expressions = [text for call in example.tool_calls for text in call.arguments.values()]
        return cls(
            without_places(example.question),
            tuple(
                _with_printed_sign(gold if names_scale else _in_ones(gold), printed)
                for gold in golds
                if example.is_answerable
            ),
            (*example.evidence_texts, *expressions, example.answer),
            example.is_answerable,
            len(example.answer.split()) > PROSE,
        )


def wrong_figure(expected: Expected, answer: str, results: Sequence[str] = ()) -> float | None:
    """1 if a wrong figure is stated, 0 if none is, None if the gold answer has no figure.

    Args:
        expected: of the question.
        answer: its text; empty where the run failed.
        results: values of calculations, as decimal strings.
    """
    if expected.is_answerable and not expected.golds:
        return None
    return float(bool(wrong_figures(expected, answer, results)))


def wrong_figures(expected: Expected, answer: str, results: Sequence[str] = ()) -> list[str]:
    """The figures, as printed, that are stated and are wrong."""
    with_counts = any(not each.is_figure for each in expected.golds)
    lines = [stated_figures(line, with_counts=with_counts) for line in statements(answer)]
    others = [line for line in lines if not any(_is_expected(expected, each) for each in line)]
    has_context = expected.is_answerable and (expected.is_prose or len(others) < len(lines))
    sources, known = (expected.context, results) if has_context else ((), ())
    suspects = [each for line in others for each in line if not _is_scale(each)]
    return [each.printed for each in without_source(suspects, sources, known, expected.question)]


def _in_ones(gold: Amount) -> Amount:
    """A dividend of $1.24 is none of $1.24 thousand, unless the question names a scale."""
    return replace(gold, scale=gold.scale or Decimal(1))


def _with_printed_sign(gold: Amount, printed: Sequence[Amount]) -> Amount:
    """An expense of 28.79 may be stated as -28.79 where its row prints `(28,790)`."""
    is_negative = any(-1 in each.signs and is_source(each, gold) for each in printed)
    return replace(gold, signs=gold.signs | {-1}) if is_negative else gold


def _is_expected(expected: Expected, stated: Amount) -> bool:
    if _FALLING.search(expected.question):
        stated = replace(stated, signs=frozenset({1, -1}))
    return any(
        (same_figure(gold, stated) or _rounded(gold, stated))
        and (gold.currency == stated.currency or None in {gold.currency, stated.currency})
        for gold in expected.golds
    )


def _rounded(gold: Amount, stated: Amount) -> bool:
    """Whether an answer shows fewer digits than the gold: "about $37 million" for 36.71."""
    if stated.scale is None and gold.scale is not None:
        return False
    value = gold.magnitude * (gold.scale or 1)
    off = abs(stated.magnitude * (stated.scale or 1) - value)
    return same_figure(stated, gold) and off <= CLOSE * value


def _is_scale(figure: Amount) -> bool:
    """The 1000 of "divided by 1000" is no figure."""
    return figure.is_bare and figure.magnitude in SCALES
