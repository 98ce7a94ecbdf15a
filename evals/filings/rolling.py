"""Rolls a company's books forward, quarter by quarter, from its plans."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from evals.filings.books import (
    DEFERRED_TAX_SHARE,
    NIL,
    PRODUCT_WEIGHTS,
    REGION_WEIGHTS,
    STOCK_COMPENSATION_RATE,
    STOCK_ISSUED_RATE,
    Balance,
    Flows,
    Quarter,
    SaleKey,
    opening_balance,
    split,
    whole,
)
from evals.filings.plan import Company, Correction, YearPlan

DEPRECIATION_OF_GROSS = Decimal("0.018")  # a quarter
AMORTIZATION_OF_INTANGIBLES = Decimal("0.03")  # a quarter
DILUTION = Decimal("1.014")
YEAR_DAYS = 365
ACQUISITION_QUARTER = 2
GOODWILL_SHARE = Decimal("0.7")


@dataclass(frozen=True)
class Step:
    """One quarter about to be closed."""

    company: Company
    plan: YearPlan
    number: int
    sales: Mapping[SaleKey, Decimal]
    opening: Balance
    correction: Correction | None

    @property
    def revenue(self) -> Decimal:
        """Revenue before any correction; the other drivers follow it."""
        return sum(self.sales.values(), NIL)

    def part(self, yearly: Decimal) -> Decimal:
        return split(yearly, (1, 1, 1, 1))[self.number - 1]

    def of_revenue(self, rate: Decimal) -> Decimal:
        return whole(self.revenue * rate)

    def outstanding(self, name: str, yearly: Decimal) -> Decimal:
        return whole(yearly * self.company.days[name] / YEAR_DAYS)


def roll_books(company: Company, *, restated: bool) -> tuple[Quarter, ...]:
    """Every planned quarter of the company, with its correction applied or not."""
    quarters: list[Quarter] = []
    balance = opening_balance(company)
    for plan in company.plans:
        for number, sales in enumerate(_yearly_sales(company, plan), 1):
            due = company.correction if restated and number == len(company.seasons) else None
            due = due if due and due.fiscal_year == plan.fiscal_year else None
            quarter = _close(Step(company, plan, number, sales, balance, due))
            quarters.append(quarter)
            balance = quarter.closing
    return tuple(quarters)


def _yearly_sales(company: Company, plan: YearPlan) -> list[dict[SaleKey, Decimal]]:
    """Revenue of each quarter by segment, product and region."""
    sales: list[dict[SaleKey, Decimal]] = [{} for _ in company.seasons]
    for segment, total in zip(company.segments, plan.segment_revenue, strict=True):
        weights = [
            a * b for a, b in product(PRODUCT_WEIGHTS, REGION_WEIGHTS[: len(company.regions)])
        ]
        for quarter, quarterly in zip(sales, split(total, company.seasons), strict=True):
            keys = [(segment.name, *pair) for pair in product(segment.products, company.regions)]
            quarter.update(zip(keys, split(quarterly, weights), strict=True))
    return sales


def _close(step: Step) -> Quarter:
    income = _income(step)
    balance = _working_capital(step, income)
    flows = replace(income, **_cash_effects(step.opening, balance), **_capital(step))
    if step.correction:
        flows, balance = _correct(flows, balance, step.correction, step.plan.tax_rate)
    sales = dict(step.sales)
    if step.correction:
        first = next(iter(sales))
        sales[first] -= step.correction.revenue
    shares = step.plan.shares
    closing = _roll_forward(step.opening, balance, flows)
    plan, diluted = step.plan, whole(shares * DILUTION)
    diluted = shares if flows.net_income < 0 else diluted
    return Quarter(
        plan.fiscal_year, step.number, flows, sales, step.opening, closing, shares, diluted
    )


def _income(step: Step) -> Flows:
    plan, opening = step.plan, step.opening
    flows = Flows(
        revenue=step.revenue,
        cost=step.of_revenue(plan.cost_rate),
        selling=step.of_revenue(plan.selling_rate),
        research=step.of_revenue(plan.research_rate),
        amortization=whole(opening.intangibles * AMORTIZATION_OF_INTANGIBLES),
        restructuring=step.part(plan.restructuring),
        interest=whole(opening.debt * step.company.interest_rate / 4),
        other_income=whole(opening.cash * Decimal("0.004")),
        depreciation=whole(opening.property_gross * DEPRECIATION_OF_GROSS),
        stock_compensation=step.of_revenue(STOCK_COMPENSATION_RATE),
    )
    tax = whole(flows.pretax * plan.tax_rate)
    deferred = whole(tax * DEFERRED_TAX_SHARE)
    return replace(flows, tax_current=tax - deferred, tax_deferred=deferred)


def _working_capital(step: Step, income: Flows) -> Balance:
    """The opening balance with the items that follow the quarter's trade replaced."""
    sales, cost = income.revenue * 4, income.cost * 4
    return replace(
        step.opening,
        receivables=step.outstanding("receivables", sales),
        inventory=step.outstanding("inventory", cost),
        prepaid=step.outstanding("prepaid", sales),
        payables=step.outstanding("payables", cost),
        accrued=step.outstanding("accrued", sales),
        deferred_revenue=step.outstanding("deferred_revenue", sales),
    )


def _cash_effects(opening: Balance, closing: Balance) -> dict[str, Decimal]:
    return {
        "change_receivables": opening.receivables - closing.receivables,
        "change_inventory": opening.inventory - closing.inventory,
        "change_prepaid": opening.prepaid - closing.prepaid,
        "change_payables": closing.payables - opening.payables,
        "change_accrued": closing.accrued - opening.accrued,
        "change_deferred_revenue": closing.deferred_revenue - opening.deferred_revenue,
    }


def _capital(step: Step) -> dict[str, Decimal]:
    """Investing and financing; an acquisition falls in the second quarter."""
    plan = step.plan
    parted = ("debt_issued", "debt_repaid", "dividends", "repurchases", "translation")
    return {name: step.part(getattr(plan, name)) for name in parted} | {
        "capex": step.of_revenue(plan.capex_rate),
        "stock_issued": step.of_revenue(STOCK_ISSUED_RATE),
        "acquisition": plan.acquisition if step.number == ACQUISITION_QUARTER else NIL,
    }


def _correct(
    flows: Flows, balance: Balance, correction: Correction, tax_rate: Decimal
) -> tuple[Flows, Balance]:
    """Books the error; no cash moves, so the balance sheet items take it."""
    revenue, cost = correction.revenue, correction.cost
    corrected = replace(
        flows,
        revenue=flows.revenue - revenue,
        cost=flows.cost + cost,
        tax_deferred=flows.tax_deferred - whole((revenue + cost) * tax_rate),
        change_deferred_revenue=flows.change_deferred_revenue + revenue,
        change_inventory=flows.change_inventory + cost,
    )
    return corrected, replace(
        balance,
        deferred_revenue=balance.deferred_revenue + revenue,
        inventory=balance.inventory - cost,
    )


def _roll_forward(opening: Balance, draft: Balance, flows: Flows) -> Balance:
    goodwill = whole(flows.acquisition * GOODWILL_SHARE)
    return replace(
        draft,
        cash=opening.cash + flows.change_in_cash,
        property_gross=opening.property_gross + flows.capex,
        accumulated_depreciation=opening.accumulated_depreciation + flows.depreciation,
        goodwill=opening.goodwill + goodwill,
        intangibles=opening.intangibles + flows.acquisition - goodwill - flows.amortization,
        long_debt=opening.long_debt + flows.debt_issued - flows.debt_repaid,
        deferred_tax=opening.deferred_tax + flows.tax_deferred,
        paid_in_capital=opening.paid_in_capital + flows.stock_compensation + flows.stock_issued,
        retained=opening.retained + flows.net_income - flows.dividends,
        treasury=opening.treasury - flows.repurchases,
        other_comprehensive=opening.other_comprehensive + flows.translation,
    )
