"""Does the answer state the gold answer's figures?

Why by figure: in finance an answer is right or wrong by its number, and a number can be compared
without asking a model to judge. Formatting is allowed for: currency signs, separators, parentheses
or "a loss of" for negatives, percent signs, scale words, and more digits than the gold shows. A
figure must round to the gold's last shown digit; a scale that one side leaves out (a gold answer of
45.61 to a question "in USD millions") is taken from the other. All figures of a gold answer must be
there; gold answers without any (names, yes or no) are not counted.

A row quoted as evidence is not yet a statement: where a line has figures outside of its quotation
marks, the quotation is left out.

Blind spot: the figure may stand beside the wrong label or year and still count; a right answer that
a prose gold tells by other figures counts as wrong; whole numbers in prose golds ("982 stores") are
not looked for; the sign of `(1,404)` is taken either way.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from evals.figures import SCALES, Amount, amounts, figures, within_half

_QUOTATION = re.compile(r'"[^"\n]*"')


def gold_figures(gold: str) -> list[Amount]:
    """What the answer has to state: the amounts, or the only number if that is all there is."""
    found = figures(gold)
    if found:
        return found
    numbers = amounts(gold)
    is_number_alone = len(numbers) == 1 and gold.strip(" .") == numbers[0].printed.strip(" .")
    return numbers if is_number_alone else []


def figure_correct(gold: str, answer: str) -> float | None:
    """1 if every figure of the gold answer is stated, 0 if one is not, None if it has none."""
    return None if not gold_figures(gold) else float(not missing_figures(gold, answer))


def missing_figures(gold: str, answer: str) -> list[str]:
    """The gold figures, as printed, that the answer doesn't state."""
    stated = amounts(_statements(answer))
    return [wanted.printed for wanted in gold_figures(gold) if not _is_stated(wanted, stated)]


def _is_stated(wanted: Amount, stated: Sequence[Amount]) -> bool:
    return any(same_figure(wanted, each) for each in stated)


def same_figure(gold: Amount, stated: Amount) -> bool:
    """Whether one rounds to the other's last shown digit, with the same sign and kind of unit."""
    if gold.percent != stated.percent or not gold.signs & stated.signs:
        return False
    return any(
        within_half(value, gold.magnitude * scale, gold.quantum * scale)
        for value, scale in _readings(gold, stated)
    )


def _readings(gold: Amount, stated: Amount) -> list[tuple[Decimal, Decimal]]:
    """Pairs of what is stated and the scale to read the gold in."""
    if gold.scale is None and stated.scale is None:
        return [(stated.magnitude, Decimal(1))]
    if gold.scale is None:
        assert stated.scale is not None  # noqa: S101  # by the test above
        return [(stated.magnitude * stated.scale, scale) for scale in SCALES]
    if stated.scale is None:
        return [(stated.magnitude * gold.scale, gold.scale), (stated.magnitude, gold.scale)]
    return [(stated.magnitude * stated.scale, gold.scale)]


def _statements(answer: str) -> str:
    return "\n".join(_statement(line) for line in answer.split("\n"))


def _statement(line: str) -> str:
    told = _QUOTATION.sub(" ", line)
    return told if figures(told) else line
