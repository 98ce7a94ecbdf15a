"""Typical wrong answers that can't be taken for a right one."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from evals.examples import KeyFact
from evals.figures import Amount, amounts, within_half

POWERS = [Decimal(10) ** power for power in (-9, -6, -3, 0, 3, 6, 9)]


def contradicting(candidates: Iterable[str], facts: Sequence[KeyFact]) -> tuple[str, ...]:
    """Those that differ from every way to say a key fact, whatever the scale; each once."""
    ways = [way for fact in facts for way in fact.any_of]
    differing = (each for each in candidates if not any(alike(each, way) for way in ways))
    return tuple(dict.fromkeys(differing))


def alike(wrong: str, right: str) -> bool:
    """Whether one could be read as the other: they share words, or a figure under 10^3."""
    if wrong.lower() in right.lower() or right.lower() in wrong.lower():
        return True
    return any(_same(one, other) for one in amounts(wrong) for other in amounts(right))


def _same(one: Amount, other: Amount) -> bool:
    if one.percent != other.percent or not one.signs & other.signs:
        return False
    value, quantum = _sized(one)
    wanted, shown = _sized(other)
    powers = [Decimal(1)] if one.percent else POWERS
    return any(within_half(value * power, wanted, max(shown, quantum * power)) for power in powers)


def _sized(amount: Amount) -> tuple[Decimal, Decimal]:
    scale = amount.scale or Decimal(1)
    return amount.magnitude * scale, amount.quantum * scale
