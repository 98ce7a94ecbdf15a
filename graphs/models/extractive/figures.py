"""The figure for a need: the row whose label, table, document and column fit best."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from graphs.models.extractive.cells import Cell
from graphs.models.extractive.formulas import Need
from graphs.models.extractive.headers import Column
from graphs.models.extractive.labels import SURE, label_score
from graphs.models.extractive.periods import fits
from graphs.models.extractive.rows import Row, words_of
from knowledge.finance.metrics import Metric
from knowledge.statements import Statement

_OTHER_TABLE = re.compile(
    r"restat|adjust|effects? of|segment|quarter|geograph|by region|by product|pro forma|\bparent\b|"
    r"guarantor|maturit|non-gaap|reconcil|percent(?:age)?s? of|supplement|subsidiar(?:y|ies) only|"
    r"acquir|discontinued|unaudited pro",
    re.IGNORECASE,
)
"""Titles of tables whose rows are not the company's figure of the period."""
_WHOLE_COMPANY = re.compile(
    r"\b(?:consolidated|results|operations|selected|highlights|summary|financial data|performance|"
    r"key figures|cash flows?|liquidity|statements?|overview)\b"
)
_OWN_SECTION = re.compile(
    r"^(?:(?:net )?(?:revenues?|sales)|operating|costs?|expenses?|(?:current |total )?assets|"
    r"(?:current )?liabilities|.*equity|cash flows?|balance sheet|income|earnings)",
    re.IGNORECASE,
)
_TAX_AS_DEDUCTION = re.compile(r"\((?:expense|provision)\)", re.IGNORECASE)
_POWERS = {"": 0, "thousand": 3, "million": 6, "billion": 9}
_PRIMARY, _OTHER_STATEMENT = 40, 20


@dataclass(frozen=True)
class Figure:
    """`value` is in units of the row's scale, with the sign that the expression needs."""

    need: Need
    value: Decimal
    cell: Cell
    column: Column
    row: Row
    earlier: "Figure | None" = None
    """What the annual report of the year itself said, where a newer document restates it."""

    @property
    def scale(self) -> str:
        return "" if self.need.metric.per_share or self.cell.percent else self.row.scale

    @property
    def amount(self) -> Decimal:
        return self.value.scaleb(_POWERS[self.scale])


def find_figure(need: Need, rows: Sequence[Row], asked: str = "") -> Figure | None:
    """Args: asked: `2022` where the question wants the report of that year, whatever came later.

    None where no row has the figure, or rows outside of the statements contradict each other.
    """
    scored = sorted(_candidates(need, rows), key=lambda each: -each[0])
    if not scored:
        return None
    best_score, best = scored[0]
    primary = best.row.above.statement is not None
    equals = [
        f for score, f in scored if score >= best_score - _PRIMARY / 2 and _same_place(f, best)
    ]
    others = [f for f in equals if f.amount != best.amount]
    if not others:
        return best
    if not primary:
        return None
    return best if asked else _newest([best, *others])


def _same_place(figure: Figure, best: Figure) -> bool:
    return (figure.row.above.statement is None) == (best.row.above.statement is None)


def _newest(figures: list[Figure]) -> Figure | None:
    """What the newest document says, and what the oldest one said first.

    None where one document contradicts itself.
    """
    ordered = sorted(figures, key=lambda f: (f.row.passage.year or 0, f.row.passage.quarter or 5))
    first, newest = ordered[0], ordered[-1]
    if first.row.passage.document == newest.row.passage.document:
        return None
    return replace(newest, earlier=first) if newest.amount != first.amount else newest


def _candidates(need: Need, rows: Sequence[Row]) -> list[tuple[float, Figure]]:
    found = []
    for rank, row in enumerate(rows):
        label = label_score(row.label, need.metric)
        if label < SURE or not _may_hold(need, row):
            continue
        figure = _figure_of(need, row)
        if figure:
            score = label / 5 + _place_score(need, row) - rank / 1000
            found.append((score, figure))
    return found


def _may_hold(need: Need, row: Row) -> bool:
    """A row of a primary statement, or of a table that is about the company as a whole."""
    if row.above.statement:
        return True
    if need.metric.percent:
        return True
    title = " ".join(row.above.title)
    if _OTHER_TABLE.search(title) and not (need.period.quarter and "uarter" in title):
        return False
    if row.above.section and not _OWN_SECTION.search(row.above.section):
        return False
    return _is_about(need.metric, row.above.name)


def _is_about(metric: Metric, title: str) -> bool:
    """A note breaks one figure down; of any other it holds a part: pay in `Cost of revenue`."""
    words = words_of(title)
    return not words or bool(_WHOLE_COMPANY.search(words)) or any(r in words for r in metric.rows)


def _place_score(need: Need, row: Row) -> int:
    statement, passage = row.above.statement, row.passage
    score = _PRIMARY if statement == need.metric.statement else _OTHER_STATEMENT
    if statement is None:
        score = 0
    if passage.year:
        score += {0: 6, 1: 3}.get(passage.year - need.period.year, 0)
    return score


def _figure_of(need: Need, row: Row) -> Figure | None:
    at = _column_of(need, row)
    if at is None or row.cells[at].percent != need.metric.percent:
        return None
    cell, column = row.cells[at], row.columns[at]
    return Figure(need, _signed(cell.value, need.metric, row.label), cell, column, row)


def _column_of(need: Need, row: Row) -> int | None:
    """The one column of the period; two that claim to be it can't be told apart."""
    instant = need.metric.statement == Statement.BALANCE
    found = [
        at
        for at, column in enumerate(row.columns)
        if fits(need.period, column, row.columns, row.passage, instant=instant)
    ]
    return found[0] if len(found) == 1 else None


def _signed(value: Decimal, metric: Metric, label: str) -> Decimal:
    if metric.outlay:
        return abs(value)
    return -value if _TAX_AS_DEDUCTION.search(label) else value


def unread_rows(needs: Sequence[Need], rows: Sequence[Row]) -> tuple[Row, ...]:
    """The row that would tell, had it a heading: it may be quoted, its figures not be used."""
    for need in needs:
        for row in rows:
            sure = label_score(row.label, need.metric) >= SURE
            if sure and not row.columns and _may_hold(need, row):
                return (row,)
    return ()


def common_scale(figures: Sequence[Figure]) -> str:
    """The largest among them, so that one expression holds one unit."""
    return max((figure.scale for figure in figures), key=_POWERS.__getitem__, default="")


def are_comparable(figures: Sequence[Figure]) -> bool:
    """Amounts whose scale no caption tells go only with others of the same page."""
    amounts = [f for f in figures if not f.need.metric.per_share and not f.cell.percent]
    if all(f.scale for f in amounts):
        return True
    places = {(f.row.passage.document, f.row.passage.page) for f in amounts}
    return len(places) == 1 and len({f.scale for f in amounts}) == 1


def shift(scale: str, wanted: str) -> int:
    """Powers of ten from one scale to another: million to billion is -3."""
    return _POWERS[scale] - _POWERS[wanted]
