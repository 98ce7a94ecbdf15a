"""A row that a question names by its own label: a region, a segment, a line of a note."""

from collections.abc import Sequence

from graphs.models.extractive.figures import Figure
from graphs.models.extractive.formulas import METRIC, Need, is_term
from graphs.models.extractive.parts import is_part_of_company
from graphs.models.extractive.periods import Period, fits
from graphs.models.extractive.question import Question
from graphs.models.extractive.rows import Row, words_of
from knowledge.finance.metrics import Metric
from knowledge.query.stems import stem, stems_of

_LEAST_LETTERS = 4
_LEAST_WORDS = 2
"""Of a label that no metric of the question's comes near: `Other` names nothing."""
_NO_NAMES = frozenset(
    ["total", "other", "amount", "change", "basic", "diluted", "cash", "operations"]
)
_HARMLESS = stems_of(
    "note notes statement statements small print table show shows record recorded carry carried "
    "outstanding balance balances amount amounts total net asset assets line item digit digits "
    "written full whole decimal decimals place places two three one dollar dollars in express set "
    "out find extract how high large big january february march april may june july august "
    "september october november december quarter six nine twelve months month ended end ending "
    "date day as first reported restated originally round rounded its under used using"
)
"""Around a label, they leave it what is asked."""
_SIGNS = frozenset(["less", "plus", "add", "deduct"])


def find_named(question: Question, rows: Sequence[Row]) -> dict[Need, Figure]:
    """Its figure; empty where rows of that name disagree.

    Of a part of the company, in the table of what is asked. Else the label says more than any
    metric that the question speaks of (`construction in progress` of `assets under construction`),
    and nothing else is asked about it: no rate, no share, no reason.
    """
    if len(question.periods) != 1:
        return {}
    period = question.periods[0]
    part = is_part_of_company(question.lower)
    named = (part and _part_rows(question, rows)) or _rows(question, rows)
    longest = max((len(words_of(row.label)) for row in named), default=0)
    figures = [_figure(row, period) for row in named if len(words_of(row.label)) == longest]
    found = [figure for figure in figures if figure]
    if not found or len({figure.amount for figure in found}) > 1:
        return {}
    return {found[0].need: found[0]}


def _part_rows(question: Question, rows: Sequence[Row]) -> list[Row]:
    asked = f" {words_of(question.lower)} "
    topic = stems_of(" ".join(METRIC.findall(question.lower)))
    return [row for row in rows if _is_part(row, asked) and topic & _about(row)]


def _is_part(row: Row, asked: str) -> bool:
    label = words_of(row.label)
    if len(label) < _LEAST_LETTERS or label in _NO_NAMES or is_term(label):
        return False
    return not row.above.statement and f" {label} " in asked


def _rows(question: Question, rows: Sequence[Row]) -> list[Row]:
    asked = f" {_stemmed(words_of(question.lower))} {_stemmed(question.lower)} "
    metrics = METRIC.findall(question.lower)
    least = max([_LEAST_WORDS, *(len(words_of(metric).split()) + 1 for metric in metrics)])
    rest = stems_of(question.lower) - stems_of(" ".join(question.names)) - _HARMLESS
    rest = frozenset(word for word in rest if not word.removeprefix("fy").isdigit())
    named = (row for row in rows if _says_more(row, asked, least))
    return [row for row in named if rest <= _about(row) | stems_of(row.label)]


def _says_more(row: Row, asked: str, least: int) -> bool:
    label = _stemmed(words_of(row.label))
    return len(label.split()) >= least and f" {label} " in asked


def _stemmed(words: str) -> str:
    """Without `less` before a deduction; `expenses` meets `expense`."""
    plain = words_of(words.replace("(", " ").replace(")", " ")).split()
    while plain and plain[0] in _SIGNS:
        plain.pop(0)
    return " ".join(stem(word) for word in plain)


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
    name = f"{table}, {row.label}".removeprefix(", ") if not row.above.statement else row.label
    metric = Metric(name, (), (), None)
    return Figure(Need(metric, period), cell.value, cell, row.columns[at[0]], row)
