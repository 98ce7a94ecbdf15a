"""How values are spread: bars of counts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from evals.pages.drawing.axis import Axis
from evals.pages.numbers import interval, number

WIDTH, HEIGHT = 300, 112
LEFT, RIGHT, TOP, BOTTOM = 34, 290, 12, 90
LABELS = 106
BINS = 12
GAP = 1.5

_FRAME = Markup(
    '<svg class="histogram" viewBox="0 0 {width} {height}" role="img" aria-label="{label}">'
    "{bars}"
    '<line class="axis" x1="{left}" x2="{right}" y1="{bottom}" y2="{bottom}"/>'
    '<text x="{left}" y="{labels}" text-anchor="start">{low}</text>'
    '<text x="{right}" y="{labels}" text-anchor="end">{high}</text>'
    '<text x="{beside}" y="{top}" text-anchor="end" dy="0.6em">{most}</text>'
    '<text x="{beside}" y="{bottom}" text-anchor="end">0</text></svg>'
)
_BAR = Markup(
    '<rect class="count" x="{x}" y="{y}" width="{width}" height="{height}">'
    "<title>{title}</title></rect>"
)


@dataclass(frozen=True)
class Bin:
    """How many values lie from `low` to `high`."""

    low: float
    high: float
    count: int


def bins(values: Sequence[float], most: int = BINS) -> list[Bin]:
    """Of equal width; whole numbers that are close together get one each."""
    low, high = min(values), max(values)
    if all(value.is_integer() for value in map(float, values)) and high - low < most:
        edges = np.arange(low - 0.5, high + 1)
    else:
        edges = np.linspace(low, high if high > low else low + 1, most + 1)
    counts, edges = np.histogram(np.asarray(values, np.float64), edges)
    return [
        Bin(float(edges[at]), float(edges[at + 1]), int(count)) for at, count in enumerate(counts)
    ]


def histogram(values: Sequence[float], label: str) -> Markup:
    """Args: values: at least one; label: what a reader without graphics is told."""
    counted = bins(values)
    most = max(each.count for each in counted)
    across = Axis(counted[0].low, counted[-1].high, LEFT, RIGHT)
    up = Axis(0, most, BOTTOM, TOP)
    bars = [
        _BAR.format(
            x=round(across.at(each.low) + GAP / 2, 2),
            y=up.at(each.count),
            width=round(across.at(each.high) - across.at(each.low) - GAP, 2),
            height=round(BOTTOM - up.at(each.count), 2),
            title=f"{each.count} at {interval(each.low, each.high)}",
        )
        for each in counted
        if each.count
    ]
    return _FRAME.format(
        width=WIDTH,
        height=HEIGHT,
        label=label,
        bars=Markup("").join(bars),
        left=LEFT,
        right=RIGHT,
        top=TOP,
        bottom=BOTTOM,
        labels=LABELS,
        beside=LEFT - 6,
        low=number(min(values)),
        high=number(max(values)),
        most=most,
    )
