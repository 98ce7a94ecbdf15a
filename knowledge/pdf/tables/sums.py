"""Finds the rows that are sums of rows above them, and figures that disagree with such a sum.

A row counts as a sum if some of the rows right above it add up to it, or if the first of them less
the others does: gross profit is sales less their cost. Rows that went into a sum are then replaced
by it, so that totals of totals are found too. A figure is doubted only where other columns of its
row say of which rows it is the sum: rows that are no sum at all say nothing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

MAX_ROWS = 400
"""Of one table; a longer one is not checked."""
MAX_PARTS = 48
"""Rows of a sum that is called a total; others are of fewer."""
MAX_PARTS_UNNAMED = 8
MAX_SUBTRACTED = 12
MIN_SIZE = 100
"""In units of the last printed place: smaller figures add up by chance."""
_TOTAL = re.compile(
    r"\b(?:sub-?total|totals?|total(?:es|e)|summe|gesamt\w{0,20}|somme|net\s+(?:cash|assets))\b",
    re.IGNORECASE,
)


class Sum(NamedTuple):
    """One row as the sum of others."""

    row: int
    parts: tuple[int, ...]
    """The rows that are added, from the top; in a difference, all but the first are taken off."""
    is_difference: bool
    agrees: tuple[int, ...]
    """Columns in which it adds up."""
    differs: tuple[int, ...]
    """Columns in which it doesn't."""


@dataclass(slots=True)
class Amounts:
    """A row's figures by column, in units of the table's last printed place."""

    label: str
    values: Mapping[int, int]
    at: int


def sums_of(rows: Sequence[Amounts]) -> list[Sum]:
    """The rows that add up, from top to bottom."""
    if len(rows) > MAX_ROWS:
        return []
    found: list[Sum] = []
    pending: list[Amounts] = []
    for row in rows:
        total = _sum(row, pending)
        if total is not None:
            found.append(total)
            del pending[-len(total.parts) :]
        pending.append(row)
    return found


def is_total(label: str) -> bool:
    """Whether a label calls its row a total."""
    return _TOTAL.search(label) is not None


def _sum(row: Amounts, pending: Sequence[Amounts]) -> Sum | None:
    named = is_total(row.label)
    most = MAX_PARTS if named else MAX_PARTS_UNNAMED
    best: Sum | None = None
    for column in list(row.values)[: 3 if named else 1]:
        for count, is_difference in _counts(row, pending, column, most):
            total = _over_columns(row, pending[-count:], is_difference=is_difference)
            if best is None or len(total.differs) < len(best.differs):
                best = total
        if best and not best.differs:
            break
    return best if best and (named or not best.differs) else None


def _counts(
    row: Amounts, pending: Sequence[Amounts], column: int, most: int
) -> list[tuple[int, bool]]:
    """How many rows above add up in one column, or the first less the others do."""
    wanted = row.values[column]
    if abs(wanted) < MIN_SIZE:
        return []
    found: list[tuple[int, bool]] = []
    added = filled = 0
    for count, part in enumerate(pending[: -most - 1 : -1], start=1):
        value = part.values.get(column, 0)
        added += value
        filled += value != 0
        if filled < 2 or value == 0:  # noqa: PLR2004  # one row is no sum
            continue
        slack = _slack(filled)
        if abs(added - wanted) <= slack:
            found.append((count, False))
        elif count <= MAX_SUBTRACTED and abs(2 * value - added - wanted) <= slack:
            found.append((count, True))
    return found


def _over_columns(row: Amounts, parts: Sequence[Amounts], *, is_difference: bool) -> Sum:
    agrees: list[int] = []
    differs: list[int] = []
    for column in row.values:
        values = [part.values[column] for part in parts if column in part.values]
        if len([value for value in values if value]) < 2:  # noqa: PLR2004
            continue
        miss = abs(missing(row, parts, column, is_difference=is_difference))
        if miss <= _slack(len(values)):
            agrees.append(column)
        elif miss > len(values):  # more than what rounding makes
            differs.append(column)
    places = tuple(part.at for part in parts)
    return Sum(row.at, places, is_difference, tuple(agrees), tuple(differs))


def missing(row: Amounts, parts: Sequence[Amounts], column: int, *, is_difference: bool) -> int:
    """By how much a row's figure is more than its parts' sum."""
    added = sum(part.values.get(column, 0) for part in parts)
    if is_difference:
        added = 2 * parts[0].values.get(column, 0) - added
    return row.values[column] - added


def _slack(count: int) -> int:
    """By which rounded figures may miss their rounded sum, in units of the last place."""
    return 1 if count < 8 else 2  # noqa: PLR2004
