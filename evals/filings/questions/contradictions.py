"""Typical wrong answers that can't be taken for a right one."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from evals.examples import KeyFact
from evals.figures import Amount, amounts, within_half

POWERS = [Decimal(10) ** power for power in (-9, -6, -3, 0, 3, 6, 9)]


def contradicting(
    candidates: Iterable[str], facts: Sequence[KeyFact], inputs: Iterable[str] = ()
) -> tuple[str, ...]:
    """Those that differ from every way to say a key fact, whatever the scale; each once.

    Args:
        candidates: wrong answers.
        facts: what a right one says.
        inputs: what it is computed from, and therefore may state.
    """
    ways = [*(way for fact in facts for way in fact.any_of), *inputs]
    differing = (each for each in candidates if not any(alike(each, way) for way in ways))
    return tuple(dict.fromkeys(differing))


def alike(wrong: str, right: str) -> bool:
    """Whether a right answer may contain the wrong one: its words, or a figure in some scale."""
    figures, wanted = amounts(wrong), amounts(right)
    if not figures or not wanted:
        return wrong.lower() in right.lower() or right.lower() in wrong.lower()
    return any(_same(one, other) for one in figures for other in wanted)


def _same(one: Amount, other: Amount) -> bool:
    # A right answer may tell a fall by its size: "a $3.78 million decrease".
    may_lack_sign = other.signs == {-1}
    if one.percent != other.percent or not (one.signs & other.signs or may_lack_sign):
        return False
    value, quantum = _sized(one)
    wanted, shown = _sized(other)
    powers = [Decimal(1)] if one.percent else POWERS
    return any(within_half(value * power, wanted, max(shown, quantum * power)) for power in powers)


def _sized(amount: Amount) -> tuple[Decimal, Decimal]:
    scale = amount.scale or Decimal(1)
    return amount.magnitude * scale, amount.quantum * scale
