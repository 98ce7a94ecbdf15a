"""One filing of one company: its periods, its columns and the wording that depends on them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from evals.filings.books import NIL, Balance, Flows, Quarter, total_flows
from evals.filings.plan import JANUARY, Company
from evals.filings.rolling import roll_books
from evals.filings.tables import Column

YEARS_OF_INCOME = 3
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Span:
    """Successive quarters reported as one column."""

    column: Column
    quarters: tuple[Quarter, ...]

    @cached_property
    def flows(self) -> Flows:
        return total_flows(self.quarters)

    @property
    def opening(self) -> Balance:
        return self.quarters[0].opening

    @property
    def closing(self) -> Balance:
        return self.quarters[-1].closing

    def average(self, count: Callable[[Quarter], Decimal]) -> Decimal:
        total = sum((count(quarter) for quarter in self.quarters), NIL)
        return (total / len(self.quarters)).quantize(Decimal(1), ROUND_HALF_UP)

    def per_share(self, count: Callable[[Quarter], Decimal]) -> Decimal:
        return (self.flows.net_income / self.average(count)).quantize(
            Decimal("0.01"), ROUND_HALF_UP
        )


@dataclass(frozen=True)
class Instant:
    column: Column
    balance: Balance


@dataclass(frozen=True)
class Report:
    company: Company
    fiscal_year: int
    quarter: int | None

    @property
    def doc_type(self) -> str:
        return "10q" if self.quarter else "10k"

    @property
    def period(self) -> str:
        return f"{self.fiscal_year}Q{self.quarter}" if self.quarter else str(self.fiscal_year)

    @property
    def doc_name(self) -> str:
        return f"{self.company.code}_{self.period}_{'10Q' if self.quarter else '10K'}"

    @property
    def end(self) -> date:
        return self.company.period_end(self.fiscal_year, self.quarter or 4)

    @property
    def restates(self) -> bool:
        """Whether this filing presents the corrected year."""
        fix = self.company.correction
        return bool(fix and not self.quarter and self.fiscal_year == fix.fiscal_year + 1)

    @cached_property
    def quarters(self) -> tuple[Quarter, ...]:
        fix = self.company.correction
        restated = bool(fix and self.fiscal_year > fix.fiscal_year)
        return roll_books(self.company, restated=restated)

    @cached_property
    def unrestated(self) -> tuple[Quarter, ...]:
        return roll_books(self.company, restated=False)

    def span(self, year: int, first: int = 1, last: int = 4) -> Span:
        chosen = tuple(q for q in self.quarters if q.fiscal_year == year)[first - 1 : last]
        name = {(1, 4): "FY", (1, 2): "H1 "}.get((first, last), f"Q{last} ")
        shown = self.company.period_end(year, last).year if self.quarter else year
        header = f"{year} (as restated)" if self._restated_year(year) else str(shown)
        return Span(Column(header, f"{name}{year}"), chosen)

    @cached_property
    def income_spans(self) -> tuple[Span, ...]:
        """Three years; or the quarter and the year to date, each with the year before."""
        year = self.fiscal_year
        if not self.quarter:
            return tuple(self.span(year - back) for back in range(YEARS_OF_INCOME))
        pairs = ((self.quarter, self.quarter), (1, self.quarter))
        return tuple(self.span(y, *pair) for pair in pairs for y in (year, year - 1))

    @cached_property
    def cash_spans(self) -> tuple[Span, ...]:
        return self.income_spans[2:] if self.quarter else self.income_spans

    @cached_property
    def instants(self) -> tuple[Instant, Instant]:
        """The balance sheet date and the end of the fiscal year before."""
        current = self.cash_spans[0].closing
        before = self.cash_spans[0].opening
        year = self.fiscal_year - 1
        past = self.company.period_end(year)
        suffix = " (as restated)" if self._restated_year(year) else ""
        return (
            Instant(Column(long_date(self.end), self.end.isoformat()), current),
            Instant(Column(long_date(past) + suffix, past.isoformat()), before),
        )

    def _restated_year(self, year: int) -> bool:
        return bool(
            self.restates
            and self.company.correction
            and year == self.company.correction.fiscal_year
        )

    @property
    def scale_note(self) -> str:
        return f"(in {self.company.scale})"

    @property
    def year_name(self) -> str:
        return f"fiscal {self.fiscal_year}" if self.fiscal_calendar else str(self.fiscal_year)

    @property
    def fiscal_calendar(self) -> bool:
        return self.company.year_end_month in {JANUARY, 6}

    @property
    def span_name(self) -> str:
        if self.quarter:
            return f"the six months ended {long_date(self.end)}"
        return self.year_name

    @property
    def group(self) -> str:
        if self.quarter:
            ended = f"{self.end:%B} {self.end.day},"
            return f"Three Months Ended {ended}|Six Months Ended {ended}"
        return "Fiscal Year" if self.fiscal_calendar else "Year Ended December 31,"

    def in_millions(self, value: Decimal) -> Decimal:
        """USD millions."""
        return value / 1000 if self.company.scale == "thousands" else value

    def money(self, value: Decimal) -> str:
        """As prose says it: "$412.3 million", whatever the statements' scale."""
        amount = self.in_millions(abs(value))
        places = 1 if self.company.scale == "thousands" else 0
        return f"${amount:,.{places}f} million"


def long_date(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def ratio(part: Decimal, of: Decimal) -> Decimal:
    return (part / of * 100).quantize(TENTH, ROUND_HALF_UP)
