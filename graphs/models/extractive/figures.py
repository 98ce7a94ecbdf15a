"""The figure for a need: the row whose label, document and column fit best."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from graphs.models.extractive.cells import Cell
from graphs.models.extractive.formulas import Need
from graphs.models.extractive.glossary import Metric, Statement
from graphs.models.extractive.headers import Column
from graphs.models.extractive.passages import Passage
from graphs.models.extractive.rows import Row, read_rows, words_of

_FULL, _LEAST = 100, 50
_MONTHS_OF_QUARTER, _MONTHS_OF_YEAR = 3, 12
_OTHER = (
    "per share change changes percent % as deferred before noncontrolling other adjusted non-gaap "
    "online segment domestic international unrealized discontinued held from payable growth rate "
    "margin turnover gain loss decrease increase of to"
)
_OTHER_MEANING = frozenset(_OTHER.split())
"""Words around a label that make another figure of it."""
_SHOWS = {
    Statement.CASH: re.compile(
        r"statements? of cash flows|(?:operating|investing) activities", re.IGNORECASE
    ),
    Statement.BALANCE: re.compile(
        r"balance sheets?|statements? of financial position|"
        r"total (?:current )?(?:assets|liabilities)",
        re.IGNORECASE,
    ),
    Statement.INCOME: re.compile(
        r"statements? of (?:operations|earnings|income)|earnings per (?:common )?share|"
        r"operating income",
        re.IGNORECASE,
    ),
}
_TAX_AS_DEDUCTION = re.compile(r"\((?:expense|provision)\)", re.IGNORECASE)
_POWERS = {"": 0, "thousand": 3, "million": 6, "billion": 9}


@dataclass(frozen=True)
class Figure:
    """`value` is in units of the row's scale, with the sign that the expression needs."""

    need: Need
    value: Decimal
    cell: Cell
    row: Row
    by_position: bool
    """No heading named the year: it is the first column of the document of that year."""

    @property
    def scale(self) -> str:
        return "" if self.need.metric.per_share or self.cell.percent else self.row.scale


def find_figure(need: Need, passages: Sequence[Passage]) -> Figure | None:
    best: tuple[float, Figure] | None = None
    for rank, passage in enumerate(passages):
        for row in read_rows(passage):
            label = label_score(words_of(row.label), need.metric)
            if label < _LEAST:
                continue
            figure = _figure_of(need, _under_heading(row, passages))
            score = label + _place_score(need, passage) - rank / 2
            if figure and (best is None or score > best[0]):
                best = score - (10 if figure.by_position else 0), figure
    return best[1] if best else None


@lru_cache(maxsize=4096)
def label_score(label: str, metric: Metric) -> int:
    """100 for a label that is one of the metric's own, less for words around it, 0 for another."""
    best = 0
    for at, phrase in enumerate(metric.rows):
        before, found, after = f" {label} ".partition(f" {phrase} ")
        around = before.split() + after.split()
        if not found or len(around) > len("wide") or _OTHER_MEANING.intersection(around):
            continue
        best = max(best, _FULL - at - 8 * len(around) - 7 * len(before.split()))
    return best


def _place_score(need: Need, passage: Passage) -> int:
    shown = {statement for statement, pattern in _SHOWS.items() if pattern.search(passage.text)}
    score = 0
    if need.metric.statement in shown:
        score += 15
    elif shown:
        score -= 25
    if passage.year:
        score += {0: 12, 1: 6}.get(passage.year - need.year, 0)
    return score + (6 if "consolidated" in passage.text[:400].lower() else 0)


def _under_heading(row: Row, passages: Sequence[Passage]) -> Row:
    """A page split in two leaves the heading in its first passage."""
    if row.columns:
        return row
    for passage in passages:
        if (passage.document, passage.page) == (row.passage.document, row.passage.page):
            for other in read_rows(passage):
                if len(other.columns) == len(row.cells):
                    return replace(row, columns=other.columns, scale=row.scale or other.scale)
    return row


def _figure_of(need: Need, row: Row) -> Figure | None:
    at = _column_of(need, row)
    by_position = at is None and not row.columns and _is_first_column(need, row)
    if by_position:
        at = 0
    if at is None or row.cells[at].percent:
        return None
    cell = row.cells[at]
    return Figure(need, _signed(cell.value, need.metric, row.label), cell, row, by_position)


def _is_first_column(need: Need, row: Row) -> bool:
    document = row.passage
    return len(row.cells) > 1 and (document.year, document.quarter) == (need.year, need.quarter)


def _column_of(need: Need, row: Row) -> int | None:
    if need.quarter is None and row.passage.quarter in (1, 2, 3) and row.passage.year == need.year:
        return None
    fits = [at for at, column in enumerate(row.columns) if _fits(need, column, row.passage)]
    return fits[0] if fits else None


def _fits(need: Need, column: Column, passage: Passage) -> bool:
    if column.year != need.year:
        return False
    if need.quarter is None:
        return column.months in (None, _MONTHS_OF_YEAR)
    if passage.quarter not in (None, need.quarter):
        return False
    at_a_date = column.months is None and need.metric.statement == Statement.BALANCE
    return column.months == _MONTHS_OF_QUARTER or (at_a_date and passage.quarter is not None)


def _signed(value: Decimal, metric: Metric, label: str) -> Decimal:
    if metric.outlay:
        return abs(value)
    return -value if _TAX_AS_DEDUCTION.search(label) else value


def in_scale(figure: Figure, scale: str) -> Decimal:
    """The value in units of another scale, exactly."""
    return figure.value.scaleb(_POWERS[figure.scale] - _POWERS[scale])


def common_scale(figures: Sequence[Figure]) -> str:
    """The largest among them, so that one expression holds one unit."""
    return max((figure.scale for figure in figures), key=_POWERS.__getitem__, default="")


def shift(scale: str, wanted: str) -> int:
    """Powers of ten from one scale to another: million to billion is -3."""
    return _POWERS[scale] - _POWERS[wanted]
