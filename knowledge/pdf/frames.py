"""Turns boxes from a PDF page's own coordinates into those of a viewer or of turned text."""

from typing import NamedTuple

from knowledge.pages import Box

QUARTERS = 4


class Bounds(NamedTuple):
    """The visible part of a page, in the PDF's coordinates: y grows upwards."""

    left: float
    bottom: float
    right: float
    top: float


def turn(bounds: Bounds, quarter: int, box: tuple[float, float, float, float]) -> Box:
    """(left, bottom, right, top) of the PDF as seen after `quarter` clockwise quarter turns."""
    left, bottom, right, top = box
    if quarter == 0:
        return Box(left - bounds.left, bounds.top - top, right - bounds.left, bounds.top - bottom)
    if quarter == 1:
        return Box(
            bottom - bounds.bottom, left - bounds.left, top - bounds.bottom, right - bounds.left
        )
    if quarter == 2:  # noqa: PLR2004  # half a turn
        return Box(
            bounds.right - right, bottom - bounds.bottom, bounds.right - left, top - bounds.bottom
        )
    return Box(bounds.top - top, bounds.right - right, bounds.top - bottom, bounds.right - left)


def turn_back(bounds: Bounds, quarter: int, box: Box) -> tuple[float, float, float, float]:
    """The inverse of `turn`: (left, bottom, right, top) of the PDF."""
    left, top, right, bottom = box
    if quarter == 0:
        return (
            left + bounds.left,
            bounds.top - bottom,
            right + bounds.left,
            bounds.top - top,
        )
    if quarter == 1:
        return (
            top + bounds.left,
            left + bounds.bottom,
            bottom + bounds.left,
            right + bounds.bottom,
        )
    if quarter == 2:  # noqa: PLR2004  # half a turn
        return (
            bounds.right - right,
            top + bounds.bottom,
            bounds.right - left,
            bottom + bounds.bottom,
        )
    return (
        bounds.right - bottom,
        bounds.top - right,
        bounds.right - top,
        bounds.top - left,
    )


def between(bounds: Bounds, source: int, target: int, box: Box) -> Box:
    """A box seen after `source` quarter turns as it is seen after `target`."""
    if source == target:
        return box
    return turn(bounds, target, turn_back(bounds, source, box))


def size(bounds: Bounds, quarter: int) -> tuple[float, float]:
    """Width and height in points, as seen after `quarter` turns."""
    width, height = bounds.right - bounds.left, bounds.top - bounds.bottom
    return (height, width) if quarter % 2 else (width, height)
