"""A row that a question names by its own label: a region, a segment, a product line."""

from collections.abc import Sequence

from graphs.models.extractive.figures import Figure
from graphs.models.extractive.formulas import METRIC, Need, is_term
from graphs.models.extractive.parts import is_part_of_company
from graphs.models.extractive.periods import Period, fits
from graphs.models.extractive.question import Question
from graphs.models.extractive.rows import Row, words_of
from graphs.models.extractive.stems import stems_of
from knowledge.finance.metrics import Metric

_LEAST_LETTERS = 4
_NO_NAMES = frozenset(
    ["total", "other", "amount", "change", "basic", "diluted", "cash", "operations"]
)


def find_named(question: Question, rows: Sequence[Row]) -> dict[Need, Figure]:
    """Its figure in the table of what is asked; empty where rows of that name disagree."""
    if not is_part_of_company(question.lower) or len(question.periods) != 1:
        return {}
    period = question.periods[0]
    asked = f" {words_of(question.lower)} "
    topic = stems_of(" ".join(METRIC.findall(question.lower)))
    named = [row for row in rows if _is_named(row, asked) and topic & _about(row)]
    longest = max((len(words_of(row.label)) for row in named), default=0)
    figures = [_figure(row, period) for row in named if len(words_of(row.label)) == longest]
    found = [figure for figure in figures if figure]
    if not found or len({figure.amount for figure in found}) > 1:
        return {}
    return {found[0].need: found[0]}


def _is_named(row: Row, asked: str) -> bool:
    label = words_of(row.label)
    if len(label) < _LEAST_LETTERS or label in _NO_NAMES or is_term(label):
        return False
    return not row.above.statement and f" {label} " in asked


def _about(row: Row) -> frozenset[str]:
    return stems_of(" ".join([*row.above.title, row.above.section]))


def _figure(row: Row, period: Period) -> Figure | None:
    at = [
        at
        for at, column in enumerate(row.columns)
        if fits(period, column, row.columns, row.passage, instant=False)
    ]
    if len(at) != 1 or row.cells[at[0]].percent:
        return None
    cell = row.cells[at[0]]
    table = row.above.section or row.above.name
    metric = Metric(f"{table}, {row.label}".removeprefix(", "), (), (), None)
    return Figure(Need(metric, period), cell.value, cell, row.columns[at[0]], row)
