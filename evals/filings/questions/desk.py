"""Where an analyst sits: one filing, with the company's others within reach."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from evals.filings.plan import Company
from evals.filings.questions.items import INCOME_STATEMENT, Item
from evals.filings.questions.periods import period_words
from evals.filings.report import Report, long_date
from evals.filings.sheet import Sheet
from evals.filings.statements import report_income_name
from evals.filings.tables import Figure

COLUMNS_WITH_THE_QUARTER = 4


@dataclass(frozen=True)
class Desk:
    sheet: Sheet
    siblings: tuple[Sheet, ...] = ()
    """The other filings of the company."""
    strangers: tuple[Sheet, ...] = ()
    """Other companies' filings of that form and fiscal year."""

    @property
    def report(self) -> Report:
        return self.sheet.report

    @property
    def company(self) -> Company:
        return self.report.company

    @property
    def name(self) -> str:
        return self.company.name

    @property
    def slug(self) -> str:
        return self.report.doc_name.lower()

    @property
    def year(self) -> int:
        return self.report.fiscal_year

    @property
    def is_annual(self) -> bool:
        return self.report.quarter is None

    @property
    def when(self) -> str:
        return f"FY{self.year}" if self.is_annual else self.report.span_name

    @property
    def day(self) -> str:
        return long_date(self.report.end)

    @property
    def filing(self) -> str:
        return f"FY{self.year} 10-K" if self.is_annual else f"10-Q for the quarter ended {self.day}"

    @property
    def unit(self) -> str:
        """What to ask for: a filing in millions holds no decimals."""
        exact = self.company.scale == "millions"
        return "in USD millions" if exact else "in USD millions, to two decimals"

    def row(self, item: Item) -> Sequence[Figure]:
        """The periods of a line, latest first; of a quarterly filing, the year to date."""
        found = self.sheet.row(self._table(item), item.label)
        return found[2:] if self._has_quarter(found) else found

    def quarter_row(self, item: Item) -> Sequence[Figure]:
        """The three months, and those of the year before."""
        return self.sheet.row(self._table(item), item.label)[:2]

    def figure(self, item: Item, back: int = 0) -> Figure:
        return self.row(item)[back]

    def value(self, item: Item, back: int = 0) -> Decimal:
        return item.amount(self.figure(item, back))

    def has(self, item: Item, back: int = 0) -> bool:
        """Whether the filing prints it, other than as a dash."""
        row = self.row(item)
        return len(row) > back and bool(row[back].value)

    def words(self, figure: Figure) -> str:
        """When: `in FY2023`, `at June 30, 2024`."""
        return period_words(self.company, figure.period)

    def search_words(self, question: str) -> str:
        """Those that a search must have: the company and the year that the question names."""
        named = re.findall(r"20\d\d", question)
        own = [str(self.year), str(self.report.end.year)]
        year = next((each for each in (*own, *named) if each in named), own[0])
        return f"{self.company.short} {year}"

    def version(self, figures: Sequence[Figure]) -> str:
        """Which of two versions is meant, where another filing prints another value."""
        if not any(self._differs(sheet, figure) for sheet in self.siblings for figure in figures):
            return ""
        if self.report.restates:
            return ", as restated"
        return f", as first reported in its {self.filing}"

    def other_versions(self, figure: Figure) -> list[Figure]:
        """The figure as other filings print it, where they differ."""
        key = figure.statement, figure.row_label, figure.period
        return [sheet.figure(*key) for sheet in self.siblings if self._differs(sheet, figure)]

    def of_strangers(self, item: Item) -> list[Figure]:
        """The same line, as other companies report it."""
        theirs = (Desk(sheet) for sheet in self.strangers)
        return [desk.figure(item) for desk in theirs if desk.has(item)]

    def _differs(self, sheet: Sheet, figure: Figure) -> bool:
        return any(
            other.period == figure.period and other.value != figure.value
            for other in sheet.row(figure.statement, figure.row_label)
        )

    def _has_quarter(self, found: Sequence[Figure]) -> bool:
        return not self.is_annual and len(found) == COLUMNS_WITH_THE_QUARTER

    def _table(self, item: Item) -> str:
        if item.table == INCOME_STATEMENT:
            return f"Consolidated Statements of {report_income_name(self.report)}"
        return self.sheet.table(item.table)


def desks(sheets: Sequence[Sheet]) -> list[Desk]:
    """One for each filing."""
    return [_desk(sheet, [other for other in sheets if other is not sheet]) for sheet in sheets]


def _desk(sheet: Sheet, others: Sequence[Sheet]) -> Desk:
    report = sheet.report
    siblings = (other for other in others if other.report.company is report.company)
    strangers = (
        other
        for other in others
        if other.report.company is not report.company
        and (other.report.fiscal_year, other.report.quarter) == (report.fiscal_year, report.quarter)
    )
    return Desk(sheet, tuple(siblings), tuple(strangers))
