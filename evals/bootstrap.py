"""Whether one configuration beats another on the same examples, or only by luck."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

RESAMPLES = 10_000
TAIL = 0.025
"""On either side: a 95 % interval."""


@dataclass(frozen=True)
class Difference:
    """The mean of ours minus theirs, with its 95 % interval; beyond chance where 0 lies outside."""

    mean: float
    low: float
    high: float
    n: int


def paired_bootstrap(
    ours: Sequence[float], theirs: Sequence[float], *, resamples: int = RESAMPLES, seed: int = 0
) -> Difference:
    """Resample examples, not scores: both configurations saw the same ones, so pairs stay together.

    Percentile interval after Efron & Tibshirani, "An Introduction to the Bootstrap" (1993), ch. 13.

    Args:
        ours: one score an example.
        theirs: the other configuration's, of the same examples in the same order.
        resamples: how often.
        seed: the same gives the same interval.

    Raises:
        ValueError: the lists are empty or differ in length.
    """
    differences = [a - b for a, b in zip(ours, theirs, strict=True)]
    if not differences:
        raise ValueError("no example to compare on")
    generator = random.Random(seed)  # noqa: S311  # a simulation, no secret
    n = len(differences)
    means = sorted(fmean(generator.choices(differences, k=n)) for _ in range(resamples))
    low, high = (means[round(share * (resamples - 1))] for share in (TAIL, 1 - TAIL))
    return Difference(fmean(differences), low, high, n)
