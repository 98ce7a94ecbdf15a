"""What a schedule of payments tells to fall due in a year: a line each, `2026 81,320`."""

import re
from collections.abc import Iterator, Sequence

from graphs.models.extractive.cells import read_cell
from graphs.models.extractive.figures import Figure
from graphs.models.extractive.formulas import Need
from graphs.models.extractive.headers import Column
from graphs.models.extractive.pages import lines_of
from graphs.models.extractive.passages import Passage, collapse
from graphs.models.extractive.periods import Period
from graphs.models.extractive.question import Question
from graphs.models.extractive.rows import Row
from graphs.models.extractive.tables import Above
from knowledge.finance.metrics import Metric
from knowledge.query.stems import stems_of

_DUE = re.compile(
    r"\b(?:due|matur(?:e|es|ing)|payable) in (?:fy ?|fiscal (?:year )?)?(?P<year>20\d\d)\b|"
    r"\b(?P<later>due (?:there)?after)\b"
)
_ENTRY = re.compile(r"(?P<due>20\d\d|Thereafter)[ :]{1,3}(?P<amount>\$? ?[\d,]{1,20}(?:\.\d+)?)")
_TITLE = re.compile(r"\bmaturit|\bpayments\b|\bscheduled\b|\bfall(?:s|ing)? due\b", re.IGNORECASE)
_OF_TITLES = stems_of("maturities maturity payments scheduled future minimum aggregate the")
_EARLY = 2
"""A fiscal year that ends in January or February is called by the year before."""


def find_due(question: Question, passages: Sequence[Passage]) -> dict[Need, Figure]:
    """The entry of the year in the schedule of what is asked; empty where schedules disagree.

    A later report schedules the same year anew: the report of the date that is named decides.
    """
    found = _DUE.search(question.lower)
    if not found:
        return {}
    due = found["year"] or "Thereafter"
    reports = _reports(question, due)
    topic = stems_of(question.lower) - _OF_TITLES
    figures = [
        figure
        for passage in passages
        if passage.quarter is None and passage.year in reports
        for figure in _entries(passage, passages, due, topic)
    ]
    if not figures or len({figure.amount for figure in figures}) > 1:
        return {}
    return {figures[0].need: figures[0]}


def _reports(question: Question, due: str) -> frozenset[int]:
    """Fiscal years of the reports that the question can mean."""
    if question.report_year:
        return frozenset([int(question.report_year)])
    years = {date.year - ((date.month or _EARLY + 1) <= _EARLY) for date in question.dates}
    return frozenset(years or {year for year in question.years if str(year) != due})


def _entries(
    passage: Passage, passages: Sequence[Passage], due: str, topic: frozenset[str]
) -> Iterator[Figure]:
    for line, above in lines_of(passage, passages):
        entry = _ENTRY.fullmatch(collapse(line))
        title = _title(above)
        if entry and entry["due"] == due and topic & (stems_of(title) - _OF_TITLES):
            cell = read_cell(entry["amount"].replace("$ ", "$"))
            if cell:
                column = Column(passage.year or 0)
                row = Row(title, (cell,), (column,), above, passage, collapse(line))
                when = f"due in {due}" if due.isdigit() else due.lower()
                name = Metric(f"{title}, {when}", (), (), None)
                period = Period(passage.year or 0)
                yield Figure(Need(name, period), cell.value, cell, column, row)


def _title(above: Above) -> str:
    """The nearest line above that names a schedule."""
    lines = [*above.title, *above.pending]
    return next((line for line in reversed(lines) if _TITLE.search(line)), "")
