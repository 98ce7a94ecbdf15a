"""A mean with its interval, the threshold and the accepted mean on one scale."""

from markupsafe import Markup

from evals.bootstrap import Estimate
from evals.pages.drawing.axis import Axis
from evals.pages.numbers import interval, number

WIDTH, HEIGHT = 168, 22
EDGE = 8
MIDDLE = HEIGHT / 2

_FRAME = Markup(
    '<svg class="bar" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img"'
    ' aria-label="{label}"><title>{label}</title>'
    '<line class="rail" x1="{start}" x2="{end}" y1="{middle}" y2="{middle}"/>'
    "{marks}</svg>"
)
_INTERVAL = Markup('<line class="interval" x1="{low}" x2="{high}" y1="{y}" y2="{y}"/>')
_MEAN = Markup('<circle class="mean" cx="{x}" cy="{y}" r="4"/>')
_THRESHOLD = Markup('<line class="threshold" x1="{x}" x2="{x}" y1="2" y2="{bottom}"/>')
_ACCEPTED = Markup('<circle class="accepted" cx="{x}" cy="{y}" r="6.5"/>')


def interval_bar(
    estimate: Estimate,
    scale: tuple[float, float],
    threshold: float | None = None,
    accepted: float | None = None,
) -> Markup:
    """Args: scale: the values at the two ends; threshold, accepted: left out where None."""
    axis = Axis(*scale, EDGE, WIDTH - EDGE)
    marks = [_INTERVAL.format(low=axis.at(estimate.low), high=axis.at(estimate.high), y=MIDDLE)]
    label = f"{number(estimate.mean)}, 95 % interval {interval(estimate.low, estimate.high)}"
    if threshold is not None:
        marks.append(_THRESHOLD.format(x=axis.at(threshold), bottom=HEIGHT - 2))
        label += f", threshold {number(threshold)}"
    if accepted is not None:
        marks.append(_ACCEPTED.format(x=axis.at(accepted), y=MIDDLE))
        label += f", accepted {number(accepted)}"
    marks.append(_MEAN.format(x=axis.at(estimate.mean), y=MIDDLE))
    return _FRAME.format(
        width=WIDTH,
        height=HEIGHT,
        label=label,
        start=EDGE,
        end=WIDTH - EDGE,
        middle=MIDDLE,
        marks=Markup("").join(marks),
    )
