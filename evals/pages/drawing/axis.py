"""From values to places on a drawing."""

from collections.abc import Sequence
from dataclasses import dataclass

PADDING = 0.12
"""Of the range, on either side."""
LEAST_RANGE = 0.02
"""Of the largest value, on either side: a smaller change is drawn as the small one it is."""


@dataclass(frozen=True)
class Axis:
    """Values from `low` to `high` over the pixels from `start` to `end`, which may run upwards."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The pixel; values beyond an end are drawn at it."""
        inside = min(max(value, self.low), self.high)
        share = (inside - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 2)


def limits(values: Sequence[float]) -> tuple[float, float]:
    """Around values, for a line: padded, and within 0 to 1 where they are."""
    least, most = min(values), max(values)
    middle = (least + most) / 2
    half = max((most - least) / 2 * (1 + 2 * PADDING), abs(most) * LEAST_RANGE, 0.001)
    low, high = middle - half, middle + half
    if least >= 0:
        low = max(low, 0.0)
    if least >= 0 and most <= 1:
        high = min(high, 1.0)
    return low, high


def from_zero(values: Sequence[float]) -> tuple[float, float]:
    """For bars and intervals: 0 to 1 where they are within, else to a little over the largest."""
    most = max(values)
    return min(0.0, *values), 1.0 if most <= 1 else most * 1.05
