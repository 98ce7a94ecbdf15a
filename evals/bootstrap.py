"""Whether a difference between two configurations is more than luck, and how sure a mean is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 10_000
TAIL = 0.025
"""On either side: a 95 % interval."""


@dataclass(frozen=True)
class Estimate:
    """A mean with its 95 % interval."""

    mean: float
    low: float
    high: float
    n: int


def bootstrap(scores: Sequence[float], *, resamples: int = RESAMPLES, seed: int = 0) -> Estimate:
    """The mean over examples; its interval tells how far other examples might have moved it.

    Percentile interval after Efron & Tibshirani, "An Introduction to the Bootstrap" (1993), ch. 13.

    Args:
        scores: one an example.
        resamples: how often.
        seed: the same gives the same interval.

    Raises:
        ValueError: there is none.
    """
    if not scores:
        raise ValueError("no example to compare on")
    values = np.asarray(scores, np.float64)
    means = np.sort(_means(values, resamples, np.random.default_rng(seed)))
    low, high = (float(means[round(share * (resamples - 1))]) for share in (TAIL, 1 - TAIL))
    return Estimate(float(values.mean()), low, high, len(values))


def paired_bootstrap(
    ours: Sequence[float], theirs: Sequence[float], *, resamples: int = RESAMPLES, seed: int = 0
) -> Estimate:
    """Of the mean of ours minus theirs; beyond chance where 0 lies outside of the interval.

    Examples are resampled, not scores: both configurations saw the same ones, so pairs stay
    together.

    Args:
        ours: one score an example.
        theirs: the other configuration's, of the same examples in the same order.
        resamples: how often.
        seed: the same gives the same interval.

    Raises:
        ValueError: the lists are empty or differ in length.
    """
    differences = [a - b for a, b in zip(ours, theirs, strict=True)]
    return bootstrap(differences, resamples=resamples, seed=seed)


def _means(
    values: NDArray[np.float64], resamples: int, generator: np.random.Generator
) -> NDArray[np.float64]:
    """`(resamples,)`: of values drawn with replacement."""
    drawn = generator.integers(0, len(values), size=(resamples, len(values)), dtype=np.int32)
    means: NDArray[np.float64] = values[drawn].mean(axis=1)
    return means
