"""A metric over commits: a line with a point for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from evals.pages.drawing.axis import Axis, limits
from evals.pages.numbers import number

WIDTH, HEIGHT = 300, 112
LEFT, RIGHT, TOP, BOTTOM = 48, 290, 10, 86
LABELS = 104
"""Where the commits are written."""

_FRAME = Markup(
    '<svg class="trend" viewBox="0 0 {width} {height}" role="img" aria-label="{label}">'
    '<line class="grid" x1="{left}" x2="{right}" y1="{top}" y2="{top}"/>'
    '<line class="axis" x1="{left}" x2="{right}" y1="{bottom}" y2="{bottom}"/>'
    "{marks}</svg>"
)
_TEXT = Markup('<text x="{x}" y="{y}" text-anchor="{anchor}">{text}</text>')
_LINE = Markup('<line class="{name}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>')
_POINT = Markup('<circle class="{name}" cx="{x}" cy="{y}" r="{r}"><title>{title}</title></circle>')


@dataclass(frozen=True)
class Mark:
    """A point of the line."""

    value: float
    commit: str
    title: str
    """What a tooltip tells."""
    is_accepted: bool = False
    is_comparable: bool = True
    """Whether it is of the questions that are asked now."""


def trend_line(marks: Sequence[Mark], label: str) -> Markup:
    """Args: marks: oldest first, at least one; label: what a reader without graphics is told."""
    low, high = limits([each.value for each in marks])
    across = Axis(0, max(len(marks) - 1, 1), LEFT + 10, RIGHT - 6)
    up = Axis(low, high, BOTTOM - 4, TOP + 4)
    places = [(across.at(at), up.at(each.value)) for at, each in enumerate(marks)]
    drawn = [
        _TEXT.format(x=LEFT - 6, y=up.at(high) + 4, anchor="end", text=number(high)),
        _TEXT.format(x=LEFT - 6, y=up.at(low) + 4, anchor="end", text=number(low)),
        _TEXT.format(x=LEFT, y=LABELS, anchor="start", text=marks[0].commit[:8]),
    ]
    if len(marks) > 1:
        last = _TEXT.format(x=RIGHT, y=LABELS, anchor="end", text=marks[-1].commit[:8])
        drawn.append(last)
    for (mark, (x1, y1)), (following, (x2, y2)) in pairwise(zip(marks, places, strict=True)):
        is_whole = mark.is_comparable and following.is_comparable
        name = "line" if is_whole else "line broken"
        drawn.append(_LINE.format(name=name, x1=x1, y1=y1, x2=x2, y2=y2))
    drawn += [_point(mark, *place) for mark, place in zip(marks, places, strict=True)]
    return _FRAME.format(
        width=WIDTH,
        height=HEIGHT,
        label=label,
        left=LEFT,
        right=RIGHT,
        top=TOP,
        bottom=BOTTOM,
        marks=Markup("").join(drawn),
    )


def _point(mark: Mark, x: float, y: float) -> Markup:
    """Accepted ones are larger, those of other questions hollow."""
    name = "point" if mark.is_comparable else "point hollow"
    return _POINT.format(name=name, x=x, y=y, r=5 if mark.is_accepted else 3.5, title=mark.title)
