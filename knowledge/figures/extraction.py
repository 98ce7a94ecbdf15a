"""Turns the tables of a page into figures."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from knowledge.basis import Entity, entity_within
from knowledge.chunking.wording import section_name
from knowledge.figures.glossary import CONCEPTS, concept_of_label
from knowledge.figures.words import is_adjusted, stems_of_all
from knowledge.finance.metrics import Metric
from knowledge.pages import Cell, Page, Row, Section, Table
from knowledge.pdf.tables.calendar import dates_in
from knowledge.statements import Statement, StatementRegion, statement_regions
from storage.figures.figure import Basis, Figure, FigureBox, Version

PER_SHARE = "per share"
"""The unit of a rate per share whose currency nothing says."""
MAX_WORDS = 60
"""Stems that are kept of a figure; a longer caption is cut."""
_AS_REPORTED = re.compile(
    r"\b(?:as )?(?:previously|originally|initially) reported\b|\bas reported\b|\bbefore "
    r"restatement\b",
    re.IGNORECASE,
)
_RESTATED = re.compile(r"\b(?:as )?(?:restated|revised|recast)\b|\bangepasst", re.IGNORECASE)
_ADJUSTMENT = re.compile(
    r"^(?:effects? of )?(?:the )?(?:restatement )?adjustments?\b|\brestatement (?:impact|"
    r"effects?)\b|"
    r"\beffects? of (?:the )?(?:restatement|adoption)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"\bsegments?\b|\bby (?:\w+ ){0,2}(?:region|geograph\w*|countr\w+|category|product|type|"
    r"channel|"
    r"business|division|customer|market|brand|sector)\b|\bgeograph\w+\b|\bdisaggregat\w+\b|"
    r"\bsubsidiar\w+\b|\bguarantors?\b|\bdiscontinued\b|\bacquire[ed]\b|\bjoint venture",
    re.IGNORECASE,
)
_SHARES = {
    "basic": "Weighted average shares, basic",
    "diluted": "Weighted average shares, diluted",
}
"""What a row counts that its label names like earnings per share."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TOTAL = re.compile(
    r"^(?:(?:grand |sub)?totals?|summe|gesamt|ensemble)\b|\btotal$|^net\b", re.IGNORECASE
)


def figures_of(page: Page) -> list[Figure]:
    """Every cell of every table of a page, from top to bottom."""
    regions = statement_regions(page)
    return [
        figure
        for number, table in enumerate(page.tables)
        for figure in _of_table(page, number, table, _statement_at(regions, table))
    ]


def _statement_at(regions: Sequence[StatementRegion], table: Table) -> Statement | None:
    middle = (table.start + table.end) // 2
    return next((each.statement for each in regions if each.start <= middle < each.end), None)


def _of_table(
    page: Page, number: int, table: Table, statement: Statement | None
) -> Iterator[Figure]:
    table = _without_lone_header(table)
    around = _Around(page, table, _section_at(page.sections, table.start), statement)
    for at, row in enumerate(table.rows):
        for place, cell in enumerate(row.cells):
            yield _figure((number, at, place), row, cell, around)


def _without_lone_header(table: Table) -> Table:
    """A table of one column without a period: its header tells nothing apart, as in a form."""
    cells = [row.cells for row in table.rows]
    columns = {cell.column for each in cells for cell in each}
    if len(columns) != 1 or any(len(each) > 1 or each[0].period for each in cells if each):
        return table
    header = columns.pop()
    rows = (
        replace(row, cells=tuple(replace(cell, column="") for cell in row.cells))
        for row in table.rows
    )
    return replace(table, caption=f"{table.caption} {header}".strip(), rows=tuple(rows))


class _Around(NamedTuple):
    """What all figures of a table share."""

    page: Page
    table: Table
    section: str
    statement: Statement | None


def _section_at(sections: Sequence[Section], at: int) -> str:
    path = next((each.path for each in sections if each.start <= at < each.end), ())
    return section_name(path)


def _figure(place: tuple[int, int, int], row: Row, cell: Cell, around: _Around) -> Figure:
    page, table, section, statement = around
    concept = _concept(row, cell)
    said = " ".join((row.label, *row.group, cell.column, table.caption))
    words = stems_of_all((row.label, *row.group, cell.column, table.caption, section))
    return Figure(
        page.number,
        *place,
        row.label,
        row.group,
        cell.column,
        table.caption,
        section,
        statement.value if statement else None,
        concept.name if concept else None,
        _basis(cell.column, table.caption, section, statement),
        is_adjusted(said),
        _version(cell.column, row.label),
        _TOTAL.search(row.label) is not None,
        *_period(cell, statement),
        cell.value,
        cell.text,
        cell.unit,
        cell.scale,
        cell.start,
        cell.end,
        FigureBox(*cell.box),
        cell.doubts,
        tuple(sorted(words)[:MAX_WORDS]),
    )


def _period(cell: Cell, statement: Statement | None) -> tuple[str | None, date | None, date | None]:
    """The fiscal label, the first and the last day; a balance's day is that of its column."""
    days = dates_in(cell.column)
    is_day = cell.ends_on in days and cell.starts_on is None
    if statement is Statement.BALANCE and days and not is_day:
        years = {int(year) for year in _YEAR.findall(cell.column)}
        if years == {day.year for day in days}:  # no other year stands below the day
            return days[-1].isoformat(), None, days[-1]
    return cell.period, cell.starts_on, cell.ends_on


def _concept(row: Row, cell: Cell) -> Metric | None:
    """What a row measures by its label, else by its label and the heading above it."""
    group = row.group[-1] if row.group else ""
    if cell.unit == "shares" and (counted := _SHARES.get(row.label.strip(" :").lower())):
        return CONCEPTS[counted]
    for label in (row.label, f"{row.label} {group}", f"{group} {row.label}"):
        concept = concept_of_label(label)
        if concept is not None and _is_counted_like(concept, cell):
            return concept
    return None


def _is_counted_like(concept: Metric, cell: Cell) -> bool:
    """Whether the unit can be the concept's: "Basic" below a count of shares is no EPS."""
    unit = cell.unit or ""
    is_rate = unit.endswith(("/share", PER_SHARE))
    if concept.per_share:
        return is_rate or (not unit and cell.scale == 1)
    if concept.percent:
        return unit == "percent"
    return not is_rate and unit != "percent"


def _basis(column: str, caption: str, section: str, statement: Statement | None) -> Basis:
    if entity_within(column, caption) is Entity.PARENT:
        return Basis.PARENT
    if statement is None and (_PARTS.search(caption) or _PARTS.search(section)):
        return Basis.PART
    return Basis.GROUP


def _version(column: str, label: str) -> Version | None:
    for words in (column, label):
        if _AS_REPORTED.search(words):
            return Version.AS_REPORTED
        if _ADJUSTMENT.search(words):
            return Version.ADJUSTMENT
        if _RESTATED.search(words):
            return Version.RESTATED
    return None
