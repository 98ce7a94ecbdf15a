"""Questions about a built filing, answered from its books with Decimals."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from evals.filings.report import Report, long_date, ratio
from evals.filings.sheet import Evidence, Sheet, in_millions
from evals.filings.statements import report_income_name
from evals.filings.tables import Figure

QuestionType = Literal["metrics-generated", "domain-relevant", "novel-generated"]
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Question:
    question_type: QuestionType
    reasoning: str
    question: str
    answer: str
    justification: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Desk:
    """Where an analyst sits: one filing, its current period and the one before."""

    sheet: Sheet

    @property
    def report(self) -> Report:
        return self.sheet.report

    @property
    def name(self) -> str:
        return self.report.company.name

    @property
    def when(self) -> str:
        return self.report.span_name if self.report.quarter else f"FY{self.report.fiscal_year}"

    def flow(self, statement: str, label: str, back: int = 0) -> Figure:
        spans = self.report.cash_spans
        return self.sheet.figure(self.sheet.table(statement), label, spans[back].column.period)

    def income(self, label: str, back: int = 0) -> Figure:
        name = report_income_name(self.report)
        return self.flow(f"Consolidated Statements of {name}", label, back)

    def cash(self, label: str, back: int = 0) -> Figure:
        return self.flow("Consolidated Statements of Cash", label, back)

    def balance(self, label: str, back: int = 0) -> Figure:
        period = self.report.instants[back].column.period
        return self.sheet.figure("Consolidated Balance Sheets", label, period)

    def looked_up(self, question: str, figure: Figure, answer: str | None = None) -> Question:
        cited = self.sheet.cite([figure])
        why = f"{figure.row_label}, {figure.period}: {figure.printed} ({figure.scale})."
        answer = answer or dollars(figure)
        return Question("metrics-generated", "Information extraction", question, answer, why, cited)

    def computed(self, question: str, answer: str, how: str, *figures: Figure) -> Question:
        cited = self.sheet.cite(figures)
        values = "; ".join(f"{f.row_label} {f.period} = {f.printed}" for f in figures)
        why = f"{how}. {values}."
        return Question("metrics-generated", "Numerical reasoning", question, answer, why, cited)

    def told(self, question: str, key: str) -> Question:
        """An answer in prose: the paragraph itself."""
        found = self.sheet.prose(key)
        kind = "Information extraction"
        return Question("novel-generated", kind, question, found.text, None, (found,))


def dollars(figure: Figure) -> str:
    """USD millions, as an analyst would write it."""
    amount = in_millions(figure).quantize(HUNDREDTH, ROUND_HALF_UP)
    return f"${amount:,} million" if amount >= 0 else f"-${-amount:,} million"


def two_places(value: Decimal) -> str:
    return str(value.quantize(HUNDREDTH, ROUND_HALF_UP))


def ask(sheet: Sheet) -> list[Question]:
    desk = Desk(sheet)
    period = _quarterly(desk) if desk.report.quarter else _annual(desk)
    return [*_common(desk), *period]


def _common(desk: Desk) -> Iterator[Question]:
    when, name = desk.when, desk.name
    day = long_date(desk.report.end)
    now, before = desk.income("Net revenue"), desk.income("Net revenue", 1)
    yield desk.computed(
        f"By what percentage did {name}'s net revenue grow in {when} over the comparable prior "
        "period? Round to one decimal.",
        f"{ratio(now.value - before.value, before.value)}%",
        "(current - prior) / prior",
        now,
        before,
    )
    profit = desk.income("Gross profit")
    yield desk.computed(
        f"What gross margin did {name} earn in {when}, in percent to one decimal?",
        f"{ratio(profit.value, now.value)}%",
        "gross profit / net revenue",
        profit,
        now,
    )
    yield desk.looked_up(
        f"How much did {name} spend on capital expenditures in {when}? Answer in USD millions, "
        "using the cash flow statement.",
        spent := desk.cash("Purchases of property, plant and equipment"),
        f"${in_millions(spent).copy_abs().quantize(HUNDREDTH)} million",
    )
    operating = desk.cash("Net cash provided by (used in) operating activities")
    free = in_millions(operating) + in_millions(spent)
    yield desk.computed(
        f"Taking free cash flow as operating cash flow less capital expenditures, what was "
        f"{name}'s free cash flow in {when}, in USD millions?",
        f"{'-' if free < 0 else ''}${abs(free).quantize(HUNDREDTH)} million",
        "operating cash flow - capital expenditures",
        operating,
        spent,
    )
    assets = desk.balance("Total current assets")
    owed = desk.balance("Total current liabilities")
    yield desk.computed(
        f"What was {name}'s working capital ratio (current assets over current liabilities) at "
        f"{day}? Round to two decimals.",
        two_places(assets.value / owed.value),
        "total current assets / total current liabilities",
        assets,
        owed,
    )
    yield desk.told(f"What explains the change of {name}'s gross margin in {when}?", "margin")
    yield desk.told(f"Which lawsuits does {name} report in its filing for {when}?", "legal")


def _annual(desk: Desk) -> Iterator[Question]:
    report, name, year = desk.report, desk.name, desk.report.fiscal_year
    yield desk.told(f"Who are {name}'s main customers according to its FY{year} 10-K?", "customers")
    now, first = desk.income("Net revenue"), desk.income("Net revenue", 2)
    growth = ((now.value / first.value).sqrt() - 1) * 100
    yield desk.computed(
        f"What was the two-year compound annual growth rate of {name}'s net revenue from "
        f"FY{year - 2} to FY{year}? Percent, one decimal.",
        f"{growth.quantize(Decimal('0.1'), ROUND_HALF_UP)}%",
        "(last / first) ** (1/2) - 1",
        now,
        first,
    )
    table, due = desk.sheet.table("Maturities of Long-Term"), str(year + 4)
    yield desk.looked_up(
        f"How much of {name}'s long-term debt falls due in {due}, as scheduled at "
        f"{long_date(report.end)}? Answer in USD millions.",
        desk.sheet.figure(table, due, report.end.isoformat()),
    )
    rate = desk.flow("Reconciliation of Tax", "Effective tax rate")
    yield desk.looked_up(
        f"What effective tax rate does {name} disclose for FY{year}?", rate, rate.printed
    )
    if report.restates:
        yield _restated(desk)
    else:
        yield _bigger_segment(desk)


def _restated(desk: Desk) -> Question:
    report, year = desk.report, desk.report.fiscal_year - 1
    table = desk.sheet.table("Effects of the Restatement")
    columns = ("As previously reported", "Adjustment", "As restated")
    before, change, after = (
        desk.sheet.figure(table, f"Net income (loss): {column}", f"FY{year}") for column in columns
    )
    note = desk.sheet.prose("restatement")
    word = "fell" if change.value < 0 else "rose"
    return Question(
        "domain-relevant",
        "Comparison across periods",
        f"How did the restatement change {report.company.name}'s FY{year} net income, and why?",
        f"Net income {word} from {dollars(before)} to {dollars(after)}. {note.text}",
        f"Adjustment of {change.printed}.",
        (*desk.sheet.cite([before, change, after]), note),
    )


def _bigger_segment(desk: Desk) -> Question:
    names = [segment.name for segment in desk.report.company.segments]
    sold = [desk.flow("Segment Information", name) for name in names]
    total = desk.flow("Segment Information", "Total segment revenue")
    biggest = max(sold, key=lambda figure: figure.value)
    return Question(
        "domain-relevant",
        "Comparison within a table",
        f"Which segment of {desk.name} brought in most revenue in {desk.when}, and what share of "
        "the total was that?",
        f"{biggest.row_label}, with {ratio(biggest.value, total.value)}% of net revenue.",
        f"{biggest.printed} / {total.printed}",
        desk.sheet.cite([*sold, total]),
    )


def _quarterly(desk: Desk) -> Iterator[Question]:
    report, name = desk.report, desk.name
    quarter = report.income_spans[0].column.period
    statement = desk.sheet.table("Consolidated Statements of " + report_income_name(report))
    ended = long_date(report.end)
    yield desk.looked_up(
        f"What net income or loss did {name} report for the three months ended {ended}, in USD "
        "millions?",
        desk.sheet.figure(statement, "Net income (loss)", quarter),
    )
    region = report.company.regions[1]
    yield desk.looked_up(
        f"How much revenue did {name} attribute to {region} in the three months ended {ended}? "
        "Answer in USD millions.",
        desk.sheet.figure(desk.sheet.table("Revenue by Geography"), region, quarter),
    )
    yield _bigger_segment(desk)
    cash = desk.balance("Cash and cash equivalents")
    past = desk.balance("Cash and cash equivalents", 1)
    yield desk.computed(
        f"By how much did {name}'s cash and cash equivalents change between its last fiscal year "
        f"end and {ended}, in USD millions?",
        two_places(in_millions(cash) - in_millions(past)),
        "cash at the end - cash at the start",
        cash,
        past,
    )
